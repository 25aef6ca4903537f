using System.Numerics;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Recovery;

/// <summary>Keypoints from a JSON file: our own layout, COCO's 17 or OpenPose's 25 or 18 points.</summary>
/// <remarks>
/// Own: <c>{"keypoints": {"nose": [x, y, confidence], …}}</c>, or one such object per photo's file name. COCO: an annotation,
/// or a list of them, with <c>keypoints</c> of 51 numbers (visibility 2 seen, 1 hidden). OpenPose: <c>people[].pose_keypoints_2d</c>.
/// </remarks>
public static class JointsFile
{
    private const string HowTo = "write {\"keypoints\": {\"nose\": [x, y, 1], …}} with names from docs/joints.md";

    /// <summary>File names of the keypoints, in the order of <see cref="Keypoint"/>.</summary>
    internal static readonly string[] Names =
    [
        "nose", "head_top", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
        "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_toe", "left_toe",
    ];

    // Index in the foreign layout of each of our 17; −1 = it has none.
    private static readonly int[] Coco = [0, -1, -1, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, -1, -1];
    private static readonly int[] Body25 = [0, -1, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 22, 19];
    private static readonly int[] Body18 = [0, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, -1, -1];

    /// <summary>Reads one person's keypoints.</summary>
    /// <param name="path">The file.</param>
    /// <param name="photo">The photo they belong to; its name chooses among several, its size bounds them.</param>
    /// <param name="person">Which person of a file with several, from 0; null takes the tallest.</param>
    /// <exception cref="JointsFileException">Missing, unreadable, outside the picture, or fewer than eight keypoints.</exception>
    public static Keypoints Read(string path, Photo photo, int? person = null)
    {
        ArgumentNullException.ThrowIfNull(photo);
        string name = Path.GetFileName(path);
        if (!File.Exists(path)) throw new JointsFileException($"{path}: no such joints file; {HowTo}.");
        if (new FileInfo(path).Length > InputLimits.Default.MaxFileBytes) throw new JointsFileException($"{name}: too large for a joints file.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            List<KeypointObservation[]> people = [.. People(json.RootElement, photo, name).Take(1000)];
            if (people.Count == 0) throw new JointsFileException($"{name}: no keypoints in a layout that is known (own, COCO, OpenPose); {HowTo}.");
            if (person is { } wanted && (uint)wanted >= (uint)people.Count) throw new JointsFileException($"{name}: has {people.Count} people, numbered from 0; there is no person {wanted}.");
            Keypoints found = person is { } one ? new Keypoints([.. people[one]]) : people.Select(p => new Keypoints([.. p])).MaxBy(k => k.PersonHeight)!;
            Check(found, photo, name);
            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new JointsFileException($"{name}: not a joints file that can be read ({FirstLine(e.Message)}); {HowTo}.");
        }
    }

    /// <summary>Writes keypoints in our own layout.</summary>
    public static void Write(Stream stream, Keypoints keypoints)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        WriteKeypoints(json, "keypoints", keypoints);
        json.WriteEndObject();
    }

    /// <summary>Writes a property of our own layout, such as <c>keypoints</c>.</summary>
    internal static void WriteKeypoints(Utf8JsonWriter json, string property, Keypoints keypoints)
    {
        json.WriteStartObject(property);
        for (int k = 0; k < Names.Length; k++)
        {
            KeypointObservation o = keypoints.Observations[k];
            json.WritePropertyName(Names[k]);
            json.WriteRawValue(FormattableString.Invariant($"[{o.Position.X:0.##}, {o.Position.Y:0.##}, {o.Confidence:0.###}]"));
        }
        json.WriteEndObject();
    }

    private static IEnumerable<KeypointObservation[]> People(JsonElement root, Photo photo, string name)
    {
        if (root.ValueKind == JsonValueKind.Array) return root.EnumerateArray().SelectMany(e => People(e, photo, name));
        if (root.ValueKind != JsonValueKind.Object) return [];
        if (root.TryGetProperty("people", out JsonElement people)) return people.EnumerateArray().Select(p => Foreign(p.GetProperty("pose_keypoints_2d"), name));
        if (root.TryGetProperty("annotations", out JsonElement annotations)) return People(annotations, photo, name);
        if (root.TryGetProperty("keypoints", out JsonElement keypoints))
            return [keypoints.ValueKind == JsonValueKind.Array ? Foreign(keypoints, name) : Own(keypoints, root.TryGetProperty("width", out _), name)];
        if (root.TryGetProperty(photo.Name, out JsonElement own)) return People(own, photo, name);
        return root.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.Object && p.Value.TryGetProperty("keypoints", out _))
            ? throw new JointsFileException($"{name}: holds keypoints of other photos, none of {photo.Name}; add an entry of that name.") : [];
    }

    /// <param name="keypoints">Name → [x, y, confidence].</param>
    /// <param name="labelled">A label's third number is 2 seen, 1 guessed, 0 outside.</param>
    /// <param name="name">File, for messages.</param>
    private static KeypointObservation[] Own(JsonElement keypoints, bool labelled, string name)
    {
        var found = new KeypointObservation[Keypoints.Count];
        foreach (JsonProperty point in keypoints.EnumerateObject())
        {
            int k = Array.IndexOf(Names, point.Name);
            if (k < 0) throw new JointsFileException($"{name}: unknown keypoint \"{point.Name}\"; the names are {string.Join(", ", Names)}.");
            float confidence = point.Value.GetArrayLength() > 2 ? point.Value[2].GetSingle() : 1;
            found[k] = Observation(point.Value[0].GetSingle(), point.Value[1].GetSingle(), labelled ? confidence / 2 : confidence);
        }
        return found;
    }

    private static KeypointObservation[] Foreign(JsonElement numbers, string name)
    {
        float[] values = [.. numbers.EnumerateArray().Select(v => v.GetSingle())];
        (int[] map, bool coco) = values.Length switch
        {
            17 * 3 => (Coco, true),
            25 * 3 => (Body25, false),
            18 * 3 => (Body18, false),
            _ => throw new JointsFileException($"{name}: {values.Length / 3} points are neither COCO's 17 nor OpenPose's 25 or 18; {HowTo}."),
        };
        KeypointObservation At(int i) => i < 0 ? default : Observation(values[3 * i], values[(3 * i) + 1], coco ? values[(3 * i) + 2] / 2 : values[(3 * i) + 2]);
        KeypointObservation[] found = [.. map.Select(At)];
        // COCO has no neck: it lies between the shoulders, a little above their line.
        KeypointObservation left = found[(int)Keypoint.LeftShoulder], right = found[(int)Keypoint.RightShoulder];
        if (found[(int)Keypoint.Neck].Confidence == 0 && left.Confidence > 0 && right.Confidence > 0)
            found[(int)Keypoint.Neck] = new KeypointObservation((left.Position + right.Position) / 2, 0.5f * MathF.Min(left.Confidence, right.Confidence));
        return found;
    }

    private static KeypointObservation Observation(float x, float y, float confidence)
        => float.IsFinite(x) && float.IsFinite(y) && float.IsFinite(confidence) ? new KeypointObservation(new Vector2(x, y), Math.Clamp(confidence, 0, 1))
            : throw new FormatException("a number is not finite");

    private static void Check(Keypoints keypoints, Photo photo, string name)
    {
        for (int k = 0; k < Names.Length; k++)
        {
            KeypointObservation o = keypoints.Observations[k];
            // A joint may hang a little out of the picture; a file for another picture is far off.
            float slack = 0.1f * Math.Max(photo.Width, photo.Height);
            if (o.Confidence > 0 && (o.Position.X < -slack || o.Position.Y < -slack || o.Position.X > photo.Width + slack || o.Position.Y > photo.Height + slack))
                throw new JointsFileException($"{name}: {Names[k]} at ({o.Position.X:F0}, {o.Position.Y:F0}) lies outside {photo.Name} ({photo.Width}x{photo.Height}); give pixels of the upright photo.");
        }
        int known = keypoints.Observations.Count(o => o.Confidence > 0);
        if (known < BodyFit.MinKeypoints) throw new JointsFileException($"{name}: {known} keypoints are known, at least {BodyFit.MinKeypoints} are needed; mark more joints of the person.");
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('.', '\r');
}
