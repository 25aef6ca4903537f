using System.Numerics;
using System.Text.Json;
using Impersonator.Files;
using Impersonator.Recovery;

namespace Impersonator.Training.Evaluation;

/// <summary>Where the 17 keypoints of a photo are by eye.</summary>
/// <param name="Places">[17] pixels.</param>
/// <param name="States">[17] 2 = seen, 1 = guessed, 0 = outside or not labelled.</param>
internal sealed record PhotoLabel(Vector2[] Places, int[] States)
{
    /// <summary>Longer side of the labelled keypoints' box, seen and guessed ones: the unit of errors. Pixels.</summary>
    public float Height
    {
        get
        {
            Vector2 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
            for (int k = 0; k < Places.Length; k++)
                if (States[k] > 0) (low, high) = (Vector2.Min(low, Places[k]), Vector2.Max(high, Places[k]));
            return low.X > high.X ? 0 : MathF.Max(high.X - low.X, high.Y - low.Y);
        }
    }

    /// <summary>Reads <c>{"photo.jpg": {"keypoints": {"nose": [x, y, 2], …}}, …}</c>.</summary>
    /// <exception cref="InputException">Not such a file.</exception>
    public static SortedDictionary<string, PhotoLabel> Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            using FileStream stream = InputFile.Open(path, InputLimits.Default);
            using var json = JsonDocument.Parse(stream);
            var labels = new SortedDictionary<string, PhotoLabel>(StringComparer.Ordinal);
            foreach (JsonProperty photo in json.RootElement.EnumerateObject())
            {
                var label = new PhotoLabel(new Vector2[Keypoints.Count], new int[Keypoints.Count]);
                foreach (JsonProperty point in photo.Value.GetProperty("keypoints").EnumerateObject())
                {
                    int k = Array.IndexOf(JointsFile.Names, point.Name);
                    if (k < 0) throw new InputException($"{name}: {photo.Name} has the unknown keypoint \"{point.Name}\"; the names are {string.Join(", ", JointsFile.Names)}.");
                    label.Places[k] = new Vector2(point.Value[0].GetSingle(), point.Value[1].GetSingle());
                    label.States[k] = point.Value[2].GetInt32();
                }
                labels[photo.Name] = label;
            }
            return labels;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InputException($"{name}: not a file of labels; write {{\"photo.jpg\": {{\"keypoints\": {{\"nose\": [x, y, 2], …}}}}}}, 2 seen, 1 guessed, 0 outside.");
        }
    }
}
