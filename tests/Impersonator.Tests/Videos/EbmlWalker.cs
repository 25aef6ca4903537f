using System.Buffers.Binary;

namespace Impersonator.Tests.Videos;

/// <summary>Reads EBML as RFC 8794 says, knowing nothing of our writer.</summary>
internal static class EbmlWalker
{
    public sealed record Element(uint Id, int Begin, int ContentBegin, byte[] Content)
    {
        public List<Element> Children => Walk(Content, 0, Content.Length);

        public Element this[uint id] => Children.Single(child => child.Id == id);

        public ulong Number => Content.Aggregate(0UL, (value, b) => (value << 8) | b);

        public double Double => BinaryPrimitives.ReadDoubleBigEndian(Content);

        public string Text => System.Text.Encoding.UTF8.GetString(Content);
    }

    public static List<Element> Walk(byte[] bytes) => Walk(bytes, 0, bytes.Length);

    private static List<Element> Walk(byte[] bytes, int at, int end)
    {
        var elements = new List<Element>();
        while (at < end)
        {
            int begin = at, idLength = LengthOf(bytes[at]);
            uint id = 0;
            for (int i = 0; i < idLength; i++) id = (id << 8) | bytes[at++];
            int sizeLength = LengthOf(bytes[at]);
            long size = bytes[at++] & ((1 << (8 - sizeLength)) - 1);
            for (int i = 1; i < sizeLength; i++) size = (size << 8) | bytes[at++];
            Assert.True(at + size <= end, $"Element {id:X} at {begin} ends at {at + size} of {end}.");
            elements.Add(new Element(id, begin, at, bytes.AsSpan(at, (int)size).ToArray()));
            at += (int)size;
        }
        return elements;
    }

    private static int LengthOf(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) + 1;
}
