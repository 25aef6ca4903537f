using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Benchmarks;

/// <summary>How bodies meet labelled photos: one row per photo, and sheets to look at.</summary>
/// <remarks>
/// Labels are a joints file for many photos, each with a <c>box</c> [x0, y0, x1, y1] of the person; the third number of a keypoint is 2 where it is
/// seen and 1 where it is guessed. Only what is seen counts, in percent of the box's height. Angles are in degrees.
/// </remarks>
internal static class FitFigures
{
    private const float Degree = MathF.PI / 180;

    public static void Run(string[] args)
    {
        string photos = args.ValueOf("--photos") ?? throw new InputException("fit: --photos DIR is needed.");
        string labels = args.ValueOf("--labels") ?? Path.Combine(photos, "labels.json");
        string? sheets = args.ValueOf("--sheets");
        PosePrior prior = args.ValueOf("--prior") == "hand" ? PosePrior.Anatomical : PosePrior.Learned;
        Console.Write(Table(photos, labels, sheets, prior));
    }

    private static string Table(string photos, string labels, string? sheets, PosePrior prior)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(labels));
        var studio = Studio.Open();
        var table = new StringBuilder();
        table.AppendLine("| photo | reprojection | height | torso leans | body leans | left knee | right knee | camera pitch | focal length | time |");
        table.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        var errors = new List<float>();
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            Photo photo = PhotoReader.Read(Path.Combine(photos, entry.Name));
            float boxHeight = entry.Value.GetProperty("box")[3].GetSingle() - entry.Value.GetProperty("box")[1].GetSingle();
            Person person;
            long start = Stopwatch.GetTimestamp();
            try
            {
                person = BodyFit.Fit(studio.Model, JointsFile.Read(labels, photo), [], photo.Width, photo.Height, photo.FocalLength, new BodyFitOptions(), prior, CancellationToken.None).Person;
            }
            catch (InputException e)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"| {entry.Name} | refused: {e.Message} |||||||||");
                continue;
            }
            double time = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Body body = studio.Model.Create(person.Shape);
            var turns = new Quaternion[Joint.Count];
            var places = new Vector3[Joint.Count];
            Kinematics.Forward(studio.Model.Skeleton, body.RestJoints, person.Pose, turns, places);
            float error = Reprojection(studio.Model, body, person, turns, places) / boxHeight;
            errors.Add(error);
            Vector3 ankles = (places[Joint.LeftAnkle] + places[Joint.RightAnkle]) / 2;
            table.AppendLine(CultureInfo.InvariantCulture, $"| {entry.Name} | {100 * error:F2} % | {body.Mesh.RestPositions.Max(p => p.Y):F2} m | {Lean(turns[0], places[Joint.Neck] - places[Joint.Pelvis])} | {Lean(turns[0], places[Joint.Neck] - ankles)} | {Bend(places, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle):F0} | {Bend(places, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle):F0} | {Pitch(person):F0} | {person.Camera.FocalLength / Math.Max(photo.Width, photo.Height):F2} | {time:F2} s |");
            if (sheets is null) continue;
            Directory.CreateDirectory(sheets);
            ImageWriter.Write(Path.Combine(sheets, Path.ChangeExtension(entry.Name, ".png")), FitSheet.Draw(studio.Model, photo, person));
        }
        table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Mean {100 * errors.Average():F2} %, worst {100 * errors.Max():F2} % of the height of the person's box; {errors.Count} photos.");
        return table.ToString();
    }

    /// <summary>Mean distance of the seen keypoints from the body's, pixels.</summary>
    private static float Reprojection(BodyModel model, Body body, Person person, Quaternion[] turns, Vector3[] places)
    {
        var distances = new List<float>();
        for (int k = 0; k < Keypoints.Count; k++)
        {
            KeypointObservation seen = person.Keypoints.Observations[k];
            if (seen.Confidence < 1) continue;
            Landmark point = model.Keypoints[k];
            Vector3 at = places[point.Joint] + Vector3.Transform(point.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[point.Joint], turns[point.Joint]);
            distances.Add(Vector2.Distance(person.Camera.Project(at), seen.Position));
        }
        return distances.Average();
    }

    /// <summary>Degrees from the vertical to the person's front (+) and to the person's left (+).</summary>
    private static string Lean(Quaternion pelvis, Vector3 up)
    {
        Vector3 ahead = Vector3.Transform(Vector3.UnitZ, pelvis), left = Vector3.Transform(Vector3.UnitX, pelvis);
        (ahead.Y, left.Y) = (0, 0);
        float Along(Vector3 direction) => MathF.Atan2(Vector3.Dot(up, Vector3.Normalize(direction)), up.Y) / Degree;
        return string.Create(CultureInfo.InvariantCulture, $"{Along(ahead):F0} front, {Along(left):F0} left");
    }

    /// <summary>How far a knee is bent, degrees; 0 = straight.</summary>
    private static float Bend(Vector3[] places, int hip, int knee, int ankle)
    {
        Vector3 thigh = Vector3.Normalize(places[knee] - places[hip]), shin = Vector3.Normalize(places[ankle] - places[knee]);
        return MathF.Acos(Math.Clamp(Vector3.Dot(thigh, shin), -1, 1)) / Degree;
    }

    /// <summary>How far the camera looks down, degrees; negative = up.</summary>
    private static float Pitch(Person person)
    {
        Vector3 ahead = Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(person.Camera.Rotation));
        return -MathF.Asin(Math.Clamp(ahead.Y, -1, 1)) / Degree;
    }
}
