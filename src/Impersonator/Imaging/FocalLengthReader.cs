using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;

namespace Impersonator.Imaging;

/// <summary>The focal length in pixels that a camera noted in the EXIF part of a JPEG file.</summary>
/// <remarks>Only that part is parsed: other notes (profiles, texts) can be compressed and unpack to any size.</remarks>
internal static class FocalLengthReader
{
    private static readonly double FilmDiagonal = Math.Sqrt((36 * 36) + (24 * 24)); // millimetres

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8];

    /// <summary>The focal length in pixels of a picture of this size, or null where the file does not say it or says nonsense.</summary>
    public static float? Read(byte[] bytes, int width, int height)
    {
        try
        {
            if (!bytes.AsSpan().StartsWith(JpegStart)) return null;
            using var stream = new MemoryStream(bytes);
            foreach (ExifSubIfdDirectory exif in JpegMetadataReader.ReadMetadata(stream, [new ExifReader()]).OfType<ExifSubIfdDirectory>())
                if (Read(exif, width, height) is { } pixels && Plausible(pixels, width, height)) return (float)pixels;
        }
        catch (Exception damaged) when (damaged is ImageProcessingException or MetadataException or IOException)
        {
            // A picture whose notes are damaged is still a picture.
        }
        return null;
    }

    private static double? Read(ExifSubIfdDirectory exif, int width, int height)
    {
        // CIPA DCG-001: equivalent by the diagonal. Independent of cropping to another size of the same shape.
        double diagonal = Math.Sqrt(((double)width * width) + ((double)height * height));
        if (exif.TryGetDouble(ExifDirectoryBase.Tag35MMFilmEquivFocalLength, out double film) && film > 0)
            return film / FilmDiagonal * diagonal;

        // Pixels per unit of the sensor at the size the camera stored; the picture may have been made smaller since.
        if (!exif.TryGetDouble(ExifDirectoryBase.TagFocalLength, out double millimetres) ||
            !exif.TryGetDouble(ExifDirectoryBase.TagFocalPlaneXResolution, out double perUnit)) return null;
        exif.TryGetInt32(ExifDirectoryBase.TagFocalPlaneResolutionUnit, out int unit);
        double? unitMillimetres = unit switch { 0 or 2 => 25.4, 3 => 10, 4 => 1, 5 => 0.001, _ => null };
        double scale = exif.TryGetInt32(ExifDirectoryBase.TagExifImageWidth, out int storedWidth) &&
                       exif.TryGetInt32(ExifDirectoryBase.TagExifImageHeight, out int storedHeight) && storedWidth > 0 && storedHeight > 0
            ? (double)Math.Max(width, height) / Math.Max(storedWidth, storedHeight)
            : 1;
        return millimetres * perUnit / unitMillimetres * scale;
    }

    // From a fish-eye to a telescope; outside lie zeros and broken rationals.
    private static bool Plausible(double pixels, int width, int height)
        => pixels > 0.2 * Math.Max(width, height) && pixels < 100.0 * Math.Max(width, height);
}
