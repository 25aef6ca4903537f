using System.Text;
using System.Text.Json;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Cli;

/// <summary>Figures of pictures for machines.</summary>
internal static class ScoresJson
{
    public static string Of(PictureScores scores)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) scores.WriteJson(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
