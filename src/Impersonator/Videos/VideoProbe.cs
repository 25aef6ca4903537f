using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Impersonator.Files;

namespace Impersonator.Videos;

/// <summary>What <c>ffprobe</c> says about the first picture stream of a video file.</summary>
/// <param name="Width">Columns, upright and with square pixels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rate">Frames per second as ffmpeg writes it, such as <c>30000/1001</c>.</param>
/// <param name="FrameRate">The same as a number.</param>
/// <param name="FrameCount">About how many frames, or null.</param>
internal sealed record VideoProbe(int Width, int Height, string Rate, double FrameRate, int? FrameCount)
{
    /// <summary>Frames by which rate times length may miss the number of frames.</summary>
    private const double MostMiscount = 2;

    /// <summary>Asks about a file.</summary>
    /// <exception cref="VideoException">No picture stream, or none that can be used.</exception>
    public static VideoProbe Of(string path, InputLimits limits)
    {
        string program = Ffmpeg.Find("ffprobe") ?? throw FfmpegReader.Missing(path);
        string[] arguments =
        [
            "-v", "error", "-protocol_whitelist", "file", "-format_whitelist", Ffmpeg.Containers, "-select_streams", "V:0",
            "-show_entries", "stream=width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate,nb_frames,duration:stream_tags=rotate:stream_side_data=rotation:format=duration",
            "-of", "json", Ffmpeg.UrlOf(path),
        ];
        using Process process = Ffmpeg.Start(program, arguments, takesInput: false, givesOutput: true);
        var errors = new ChildErrors(process);
        string json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new VideoException($"{path} is not a video that ffmpeg reads: {Reason(errors, path)}; convert it to MP4.");
        using JsonDocument document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out JsonElement streams) || streams.GetArrayLength() == 0)
            throw new VideoException($"{path} holds no moving pictures; give a video.");
        return Of(path, streams[0], document.RootElement, limits);
    }

    /// <summary>ffmpeg's reason without the path that stands in our line already.</summary>
    public static string Reason(ChildErrors errors, string path)
        => (errors.First ?? "it gives no reason").Replace(Ffmpeg.UrlOf(path) + ": ", "", StringComparison.Ordinal);

    private static VideoProbe Of(string path, JsonElement stream, JsonElement root, InputLimits limits)
    {
        int width = Number(stream, "width"), height = Number(stream, "height");
        if (width <= 0 || height <= 0) throw new VideoException($"{path} does not say how large its pictures are; convert it to MP4.");
        double aspect = Ratio(Text(stream, "sample_aspect_ratio")?.Replace(':', '/'));
        if (aspect is > 0.1 and < 10 and not 1) width = Math.Max(1, (int)Math.Round(width * aspect));
        if (Rotation(stream) % 180 != 0) (width, height) = (height, width);
        if ((long)width * height > limits.MaxPixels)
            throw new VideoException($"{path} is {width}×{height}, over the limit of {limits.MaxPixels / 1e6:0.#} megapixels; make it smaller.");

        string? rate = new[] { Text(stream, "avg_frame_rate"), Text(stream, "r_frame_rate") }.FirstOrDefault(r => Ratio(r) is > 0 and <= 1000);
        if (rate is null) throw new VideoException($"{path} does not say how many frames a second it has; convert it to MP4.");
        double frameRate = Ratio(rate);
        double seconds = Seconds(stream) ?? (root.TryGetProperty("format", out JsonElement format) ? Seconds(format) : null) ?? double.NaN;
        int? frames = int.TryParse(Text(stream, "nb_frames"), NumberStyles.None, CultureInfo.InvariantCulture, out int told) ? told
            : double.IsFinite(seconds * frameRate) ? (int)Math.Min(int.MaxValue, Math.Round(seconds * frameRate)) : null;
        if (frames > limits.MaxFrames) throw new VideoException($"{path} has about {frames} frames, over the limit of {limits.MaxFrames}; cut it.");
        // A GIF of a few frames tells the rate of its clock.
        if (told > 1 && seconds > 0 && Math.Abs((seconds * frameRate) - told) > MostMiscount)
            (rate, frameRate) = (FormattableString.Invariant($"{told / seconds:0.######}"), told / seconds);
        return new VideoProbe(width, height, rate, frameRate, frames);
    }

    private static int Number(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : 0;

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Seconds(JsonElement element)
        => double.TryParse(Text(element, "duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? seconds : null;

    private static int Rotation(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out JsonElement list))
            foreach (JsonElement data in list.EnumerateArray())
                if (data.TryGetProperty("rotation", out JsonElement degrees) && degrees.TryGetDouble(out double value)) return (int)Math.Round(value);
        return stream.TryGetProperty("tags", out JsonElement tags) && int.TryParse(Text(tags, "rotate"), CultureInfo.InvariantCulture, out int rotate) ? rotate : 0;
    }

    // "30000/1001" as a number; what is no ratio is not a number.
    private static double Ratio(string? text)
    {
        string[] parts = (text ?? "").Split('/');
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out double over) && double.TryParse(parts[1], CultureInfo.InvariantCulture, out double under)
            ? over / under
            : double.NaN;
    }
}
