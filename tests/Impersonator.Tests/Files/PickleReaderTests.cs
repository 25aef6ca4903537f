using System.Numerics;
using System.Text;
using Impersonator.Files;

namespace Impersonator.Tests.Files;

public class PickleReaderTests
{
    private static object? Read(params ReadOnlySpan<byte> pickle) => PickleReader.Read(new MemoryStream(pickle.ToArray()), "a.pkl");

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private static string Refused(ReadOnlySpan<byte> pickle)
    {
        byte[] bytes = pickle.ToArray();
        string message = Assert.Throws<PickleFormatException>(() => PickleReader.Read(new MemoryStream(bytes), "a.pkl")).Message;
        Assert.StartsWith("a.pkl: ", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Read_EveryProtocol_GivesTheSameValues(int protocol)
    {
        var values = Assert.IsType<Dictionary<string, object?>>(Read(Convert.FromHexString(PickleSamples.ByProtocol[protocol])));
        var array = Assert.IsType<NpyArray>(values["a"]);
        Assert.Equal([2, 2], array.Shape);
        Assert.Equal([1d, 2, 3, 4], array.ToDoubles());
        Assert.Same(array, values["again"]);
        Assert.Null(values["n"]);
        Assert.Equal([true, false], Assert.IsType<object?[]>(values["t"]));
        Assert.Equal(BigInteger.Pow(2, 70), values["big"]);
        Assert.Equal([-1L, 255L, 70000L, -(1L << 40)], Assert.IsType<List<object?>>(values["i"]));
        Assert.Equal(0.5, values["f"]);
        Assert.Equal("hé😀\n", values["s"]);
        Assert.Equal([0, 255], Assert.IsType<byte[]>(values["b"]));
        Assert.Equal(2.5, values["sc"]);
        Assert.Equal([7L], Assert.IsType<List<object?>>(values["set"]));
    }

    [Fact]
    public void Read_Python2Array_TakesItsBytesFromLatin1Text()
    {
        // Protocol 2 of Python 2: raw data is a byte string; big-endian, first index fastest.
        byte[] pickle =
        [
            0x80, 2, .. "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"u8, (byte)'K', 0, 0x85, (byte)'U', 1, (byte)'b', 0x87, (byte)'R',
            .. "(K\u0001K\u0002K\u0002"u8, 0x86, .. "cnumpy\ndtype\nU\u0002i2K\0K\u0001"u8, 0x87, .. "R(K\u0003U\u0001>NNNJ"u8, 255, 255, 255, 255, (byte)'J', 255, 255, 255, 255, .. "K\0tb"u8,
            0x88, (byte)'U', 8, 0, 200, 1, 0, 0, 3, 0, 4, .. "tb."u8,
        ];
        var array = Assert.IsType<NpyArray>(Read(pickle));
        Assert.Equal([2, 2], array.Shape);
        Assert.Equal([200, 3, 256, 4], array.ToInt32s());
    }

    [Fact]
    public void Read_Python2Text_IsLatin1() => Assert.Equal("é\\'\n", Read(Latin1("S'\\xe9\\\\\\'\\n'\np0\n.")));

    [Fact]
    public void Read_SparseMatrix_IsARecordOfItsState()
    {
        var record = Assert.IsType<PickleRecord>(Read([0x80, 2, .. "cscipy.sparse.csc\ncsc_matrix\n)"u8, 0x81, .. "}U\u0006_shapeK\u0002K\u0003"u8, 0x86, .. "sb."u8]));
        Assert.Equal("scipy.sparse.csc.csc_matrix", record.ClassName);
        Assert.Equal([2L, 3L], Assert.IsType<object?[]>(record.Field("_shape")));
    }

    [Fact]
    public void Read_Chumpy_IsARecordOfItsState()
    {
        var record = Assert.IsType<PickleRecord>(Read("ccopy_reg\n_reconstructor\n(cchumpy.ch\nCh\nc__builtin__\nobject\nNtR(dS'x'\nF1.5\nsb."u8));
        Assert.Equal("chumpy.ch.Ch", record.ClassName);
        Assert.Equal(1.5, record.Field("x"));
    }

    [Theory]
    [InlineData("cposix\nsystem\n(S'touch /tmp/owned'\ntR.", "posix.system")]
    [InlineData("c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval")]
    [InlineData("(S'ls'\nios\nsystem\n.", "os.system")]
    [InlineData("cnumpy.testing._private.utils\nrunstring\n.", "numpy.testing._private.utils.runstring")]
    [InlineData("cscipy.sparse.csc\nos.system\n.", "scipy.sparse.csc.os.system")]
    [InlineData("cscipy.sparse\u0001\r\u001b[2J\nx\n.", "scipy.sparse???[2J.x")]
    public void Read_AnyOtherName_IsRefusedAndNothingIsRun(string pickle, string name)
        => Assert.Contains($"names {name}; refused, nothing was run", Refused(Latin1(pickle)));

    [Fact]
    public void Read_NameFromTheStack_IsRefused()
        => Assert.Contains("names posix.system; refused", Refused([0x80, 4, 0x8C, 5, .. "posix"u8, 0x8C, 6, .. "system"u8, 0x93, 0x8C, 2, .. "ls"u8, 0x85, (byte)'R', (byte)'.']));

    [Theory]
    [InlineData("Pid\n.")]
    [InlineData("\u0082\u0001.")]
    [InlineData("\u0097.")]
    [InlineData("R.")]
    [InlineData("(0.")]
    [InlineData("g5\n.")]
    [InlineData("NNs.")]
    [InlineData("}(NNNu.")]
    [InlineData("Nb.")]
    [InlineData("I1a\n.")]
    [InlineData("\u0080\u0009.")]
    public void Read_Nonsense_IsOneLine(string pickle) => Refused(Latin1(pickle));

    [Fact]
    public void Read_LengthBeyondTheFile_IsRefusedBeforeMemoryIsTaken() => Assert.Contains("ends early", Refused([0x80, 4, 0x8E, 255, 255, 255, 255, 255, 0, 0, 0]));

    [Fact]
    public void Read_ArrayLargerThanItsBytes_IsRefused()
    {
        string good = PickleSamples.ByProtocol[4];
        Assert.Contains("numpy array of 2×99", Refused(Convert.FromHexString(good.Replace("4b024b028694", "4b024b638694"))));
    }

    [Fact]
    public void Read_DeepNesting_NeedsNoStack()
    {
        byte[] pickle = [.. Enumerable.Repeat((byte)']', 200_000), .. Enumerable.Repeat((byte)'a', 199_999), (byte)'.'];
        Assert.Single(Assert.IsType<List<object?>>(Read(pickle)));
    }

    [Fact]
    public void Read_FewBytesThatBecomeMany_AreStoppedByTheLimit()
    {
        var limits = new InputLimits { MaxUnpackedBytes = 1 << 20 };
        // A list of 1000 copied 10,000 times by seven bytes each.
        byte[] pickle = [.. "]("u8, .. Enumerable.Repeat((byte)'N', 1000), (byte)'e', (byte)'q', 0, .. "c__builtin__\nset\nq\u0001"u8, .. Enumerable.Repeat<byte[]>([(byte)'h', 1, (byte)'h', 0, 0x85, (byte)'R', (byte)'0'], 10_000).SelectMany(b => b), (byte)'.'];
        string message = Assert.Throws<PickleFormatException>(() => PickleReader.Read(new MemoryStream(pickle), "a.pkl", limits)).Message;
        Assert.Contains("more than the limit of 1 MiB", message);
    }

    [Fact]
    public void Read_AnyTruncation_IsOneLine()
    {
        foreach (string sample in PickleSamples.ByProtocol)
        {
            byte[] whole = Convert.FromHexString(sample);
            for (int length = 0; length < whole.Length; length++) Refused(whole.AsSpan(0, length));
        }
    }

    [Fact]
    public void Read_AnyDamage_IsReadOrRefused()
    {
        var random = new Random(1);
        foreach (string sample in PickleSamples.ByProtocol)
            for (int trial = 0; trial < 400; trial++)
            {
                byte[] damaged = Convert.FromHexString(sample);
                for (int k = 0; k <= trial % 3; k++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    Read(damaged);
                }
                catch (PickleFormatException refused)
                {
                    Assert.DoesNotContain('\n', refused.Message);
                }
            }
    }
}
