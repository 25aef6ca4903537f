using System.Text;

namespace Impersonator.Imaging;

/// <summary>What a generated file says about itself: IPTC's digital source type, in an XMP packet.</summary>
/// <remarks>
/// IPTC Photo Metadata Standard 2023.1, "Digital Source Type"; XMP Specification Part 3 says where a packet lives in each
/// kind of file.
/// </remarks>
public static class SyntheticMark
{
    /// <summary>IPTC's term for media made by a trained algorithm.</summary>
    public const string DigitalSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    /// <summary>The same in words, for containers that hold only text.</summary>
    public const string Comment = "Synthetic media made with Impersonator; " + DigitalSourceType;

    /// <summary>The XMP packet, UTF-8.</summary>
    internal static byte[] Xmp { get; } = Encoding.UTF8.GetBytes(
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">" +
        "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"" +
        $" Iptc4xmpExt:DigitalSourceType=\"{DigitalSourceType}\" xmp:CreatorTool=\"Impersonator\"/>" +
        "</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>");
}
