namespace Impersonator.Videos;

/// <summary>GIF's compression: LZW with codes of 9 to 12 bits, in blocks of at most 255 bytes (GIF89a, appendix F).</summary>
internal static class GifLzw
{
    private const int Clear = 256, End = 257, First = 258, Full = 4096, Slots = 1 << 14;

    /// <summary>Compresses indices of 8 bits; the result begins with the code size and ends with the empty block.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> indices)
    {
        stream.WriteByte(8);
        var blocks = new Blocks(stream);
        // Open addressing: key = prefix code and next index, + 1 so that 0 means free.
        var (keys, codes) = (new int[Slots], new short[Slots]);
        int next = First, width = 9, prefix = indices[0];
        blocks.Write(Clear, width);
        foreach (byte index in indices[1..])
        {
            int key = (prefix << 8 | index) + 1, slot = (int)((uint)key * 2654435761u >> 18);
            while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (Slots - 1);
            if (keys[slot] == key)
            {
                prefix = codes[slot];
                continue;
            }
            blocks.Write(prefix, width);
            if (next < Full)
            {
                (keys[slot], codes[slot]) = (key, (short)next);
                if (next++ == 1 << width) width++; // the next code may be this one
            }
            else
            {
                blocks.Write(Clear, width);
                Array.Clear(keys);
                (next, width) = (First, 9);
            }
            prefix = index;
        }
        blocks.Write(prefix, width);
        if (next == 1 << width && width < 12) width++; // a reader has grown by now
        blocks.Write(End, width);
        blocks.Finish();
    }

    private sealed class Blocks(Stream stream)
    {
        private readonly byte[] _block = new byte[256];
        private int _count, _bits;
        private uint _pending;

        public void Write(int code, int width)
        {
            _pending |= (uint)code << _bits;
            for (_bits += width; _bits >= 8; _bits -= 8)
            {
                Add((byte)_pending);
                _pending >>= 8;
            }
        }

        public void Finish()
        {
            if (_bits > 0) Add((byte)_pending);
            if (_count > 0) Flush();
            stream.WriteByte(0);
        }

        private void Add(byte value)
        {
            _block[++_count] = value;
            if (_count == 255) Flush();
        }

        private void Flush()
        {
            _block[0] = (byte)_count;
            stream.Write(_block.AsSpan(0, _count + 1));
            _count = 0;
        }
    }
}
