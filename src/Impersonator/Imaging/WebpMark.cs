namespace Impersonator.Imaging;

/// <summary>Puts the synthetic mark into a WebP file: the extended layout with an <c>XMP </c> chunk at its end.</summary>
internal static class WebpMark
{
    public static byte[] Insert(ReadOnlySpan<byte> webp, int width, int height)
    {
        WebpPicture picture = WebpPicture.In(webp);
        using var file = new MemoryStream();
        var writer = new WebpChunkWriter(file, width, height);
        file.Write(webp[picture.Parts]);
        writer.Complete(picture.HasAlpha, animated: false);
        return file.ToArray();
    }
}
