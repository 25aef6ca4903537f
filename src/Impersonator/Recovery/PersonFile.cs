using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>A person as JSON: keypoints, shape, pose and camera, for other programs and for keeping.</summary>
/// <remarks>
/// Metres, pixels of the upright photo, quaternions (x, y, z, w). <c>keypoints</c> are what was seen, with confidences; <c>mesh_keypoints</c> the fitted
/// body's. <c>joints3d</c> are SMPL's 24 in the camera's space: x right, y down, z forward. Left out rotations are the identity's. The keypoints are those of <see cref="JointsFile"/>, so the file is one too.
/// </remarks>
public static class PersonFile
{
    /// <summary>SMPL's joints: our 22 of the body, then a hand each, which is where the middle finger begins.</summary>
    private const int SmplJointCount = 24;

    /// <summary>Writes a person.</summary>
    /// <param name="stream">Receives UTF-8 JSON.</param>
    /// <param name="result">The fitted person and its error.</param>
    /// <param name="model">The model that it was fitted with.</param>
    public static void Write(Stream stream, FitResult result, BodyModel model)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(model);
        Person person = result.Person;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1 });
        json.WriteStartObject();
        json.WriteString("format", "impersonator-person-1");
        json.WriteNumber("reprojection_error", result.ReprojectionError);
        json.WriteStartObject("image");
        json.WriteNumber("width", person.Camera.Width);
        json.WriteNumber("height", person.Camera.Height);
        json.WriteEndObject();
        (Vector2 low, Vector2 high) = Box(person);
        Row(json, "box", low.X, low.Y, high.X, high.Y);
        Vector2[] mesh = FittedPoints.Keypoints(model, person);
        JointsFile.WriteKeypoints(json, "keypoints", Seen(person));
        JointsFile.WriteKeypoints(json, "mesh_keypoints", new Keypoints([.. mesh.Select(p => new KeypointObservation(p, 1))]));
        Vector3[] joints = FittedPoints.Joints(model, person);
        json.WriteStartArray("joints3d");
        for (int j = 0; j < SmplJointCount; j++)
        {
            Vector3 place = joints[j < Joint.BodyCount ? j : Skeleton.SmplH.IndexOf(j == Joint.BodyCount ? "left_middle1" : "right_middle1")];
            json.WriteRawValue(Numbers(place.X, place.Y, place.Z));
        }
        json.WriteEndArray();

        json.WriteStartObject("camera");
        json.WriteNumber("width", person.Camera.Width);
        json.WriteNumber("height", person.Camera.Height);
        json.WriteNumber("focal_length", person.Camera.FocalLength);
        Row(json, "principal_point", person.Camera.PrincipalPoint.X, person.Camera.PrincipalPoint.Y);
        Row(json, "camera_from_world_rotation", person.Camera.Rotation);
        Row(json, "camera_from_world_translation", person.Camera.Translation);
        json.WriteEndObject();

        Row(json, "shape", [.. person.Shape.Coefficients]);
        json.WriteStartObject("pose");
        Row(json, "root", person.Pose.Root);
        json.WriteStartObject("rotations");
        for (int j = 0; j < person.Pose.Rotations.Length; j++)
            if (person.Pose.Rotations[j] != Quaternion.Identity) Row(json, Skeleton.SmplH.JointNames[j], person.Pose.Rotations[j]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The keypoints as they were found; how sure they are is what the network says.</summary>
    private static Keypoints Seen(Person person) => person.Look is not { } look ? person.Keypoints
        : new Keypoints([.. person.Keypoints.Observations.Select((o, k) => o with { Confidence = look.Confidence(k) })]);

    /// <summary>Of the person with hair and clothes where the network saw it, else of the keypoints; within the picture.</summary>
    private static (Vector2 Low, Vector2 High) Box(Person person)
    {
        (Vector2 low, Vector2 high) = person.Look?.Box ?? (new(float.PositiveInfinity), new(float.NegativeInfinity));
        foreach (KeypointObservation o in person.Keypoints.Observations)
            if (o.Confidence > 0) (low, high) = (Vector2.Min(low, o.Position), Vector2.Max(high, o.Position));
        var size = new Vector2(person.Camera.Width, person.Camera.Height);
        return (Vector2.Clamp(low, Vector2.Zero, size), Vector2.Clamp(high, Vector2.Zero, size));
    }

    private static void Row(Utf8JsonWriter json, string name, Vector3 v) => Row(json, name, v.X, v.Y, v.Z);

    private static void Row(Utf8JsonWriter json, string name, Quaternion q) => Row(json, name, q.X, q.Y, q.Z, q.W);

    /// <summary>One line, however many numbers; the shortest digits that read back as the same number.</summary>
    private static void Row(Utf8JsonWriter json, string name, params float[] values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Numbers(values));
    }

    private static string Numbers(params float[] values) => $"[{string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]";
}
