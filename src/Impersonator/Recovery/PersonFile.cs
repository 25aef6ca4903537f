using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>A person as JSON: keypoints, shape, pose and camera, for other programs and for keeping.</summary>
/// <remarks>Metres, pixels, quaternions (x, y, z, w); left out rotations are the identity's. The keypoints are those of <see cref="JointsFile"/>, so the file is one too.</remarks>
public static class PersonFile
{
    /// <summary>Writes a person.</summary>
    /// <param name="stream">Receives UTF-8 JSON.</param>
    /// <param name="result">The fitted person and its error.</param>
    public static void Write(Stream stream, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Person person = result.Person;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1 });
        json.WriteStartObject();
        json.WriteString("format", "impersonator-person-1");
        json.WriteNumber("reprojection_error", result.ReprojectionError);
        JointsFile.WriteKeypoints(json, person.Keypoints);

        json.WriteStartObject("camera");
        json.WriteNumber("width", person.Camera.Width);
        json.WriteNumber("height", person.Camera.Height);
        json.WriteNumber("focal_length", person.Camera.FocalLength);
        Row(json, "principal_point", person.Camera.PrincipalPoint.X, person.Camera.PrincipalPoint.Y);
        Row(json, "camera_from_world_rotation", person.Camera.Rotation);
        Row(json, "camera_from_world_translation", person.Camera.Translation);
        json.WriteEndObject();

        Row(json, "shape", [.. person.Shape.Coefficients]);
        Row(json, "root", person.Pose.Root);
        json.WriteStartObject("rotations");
        for (int j = 0; j < person.Pose.Rotations.Length; j++)
            if (person.Pose.Rotations[j] != Quaternion.Identity) Row(json, Skeleton.SmplH.JointNames[j], person.Pose.Rotations[j]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, string name, Vector3 v) => Row(json, name, v.X, v.Y, v.Z);

    private static void Row(Utf8JsonWriter json, string name, Quaternion q) => Row(json, name, q.X, q.Y, q.Z, q.W);

    /// <summary>One line, however many numbers; the shortest digits that read back as the same number.</summary>
    private static void Row(Utf8JsonWriter json, string name, params float[] values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]");
    }
}
