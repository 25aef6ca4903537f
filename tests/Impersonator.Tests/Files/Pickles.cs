using System.Runtime.InteropServices;
using System.Text;

namespace Impersonator.Tests.Files;

/// <summary>Pickles of Python 2, protocol 2, made byte by byte.</summary>
internal static class Pickles
{
    public static byte[] File(byte[] value) => [0x80, 2, .. value, (byte)'.'];

    public static byte[] Text(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return [(byte)'T', .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    public static byte[] Int(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(b => b), (byte)'t'];

    public static byte[] Dictionary(params (string Key, byte[] Value)[] items) => [(byte)'}', (byte)'(', .. items.SelectMany(i => (byte[])[.. Text(i.Key), .. i.Value]), (byte)'u'];

    public static byte[] Object(string module, string name, byte[] state) => [(byte)'c', .. Encoding.Latin1.GetBytes($"{module}\n{name}\n"), (byte)')', 0x81, .. state, (byte)'b'];

    public static byte[] Array<T>(string code, ReadOnlySpan<T> values, params int[] shape) where T : unmanaged
    {
        byte[] type = [.. "cnumpy\ndtype\n"u8, .. Tuple(Text(code), Int(0), Int(1)), (byte)'R', .. Tuple(Int(3), Text("<"), "N"u8.ToArray(), "N"u8.ToArray(), "N"u8.ToArray(), Int(-1), Int(-1), Int(0)), (byte)'b'];
        byte[] raw = Text(Encoding.Latin1.GetString(MemoryMarshal.AsBytes(values)));
        return
        [
            .. "cnumpy.core.multiarray\n_reconstruct\n"u8, .. Tuple("cnumpy\nndarray\n"u8.ToArray(), Tuple(Int(0)), Text("b")), (byte)'R',
            .. Tuple(Int(1), Tuple([.. shape.Select(Int)]), type, [0x89], raw), (byte)'b',
        ];
    }
}
