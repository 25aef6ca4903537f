using Impersonator.Files;

namespace Impersonator.Tests.Files;

public class NpyReaderTests
{
    private static NpyArray Read(byte[] file) => NpyReader.Read(new MemoryStream(file), "a.npy", file.Length);

    private static string Refused(byte[] file)
    {
        string message = Assert.Throws<NpyFormatException>(() => Read(file)).Message;
        Assert.StartsWith("a.npy: ", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_EveryVersion_GivesShapeAndValues(byte version)
    {
        NpyArray array = Read(Npy.File(Npy.Header("'<f4'", "(2, 1)"), [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)], version));
        Assert.Equal([2, 1], array.Shape);
        Assert.Equal([1.5f, -2f], array.ToSingles());
    }

    [Fact]
    public void Read_EveryNumberType_GivesTheSameNumber()
    {
        (string, byte[])[] sevens =
        [
            ("|i1", [7]), ("|u1", [7]), ("<i2", BitConverter.GetBytes((short)7)), ("<u2", BitConverter.GetBytes((ushort)7)), ("<i4", BitConverter.GetBytes(7)),
            ("<u4", BitConverter.GetBytes(7u)), ("<i8", BitConverter.GetBytes(7L)), ("<u8", BitConverter.GetBytes(7ul)), ("<f2", BitConverter.GetBytes((Half)7)),
            ("<f4", BitConverter.GetBytes(7f)), ("<f8", BitConverter.GetBytes(7d)), (">i4", [0, 0, 0, 7]), (">f8", [0x40, 0x1C, 0, 0, 0, 0, 0, 0]),
        ];
        foreach ((string descr, byte[] bytes) in sevens)
        {
            NpyArray array = Read(Npy.File(Npy.Header($"'{descr}'", "()"), bytes));
            Assert.Empty(array.Shape);
            Assert.Equal([7f], array.ToSingles());
            Assert.Equal([7d], array.ToDoubles());
            Assert.Equal([7], array.ToInt32s());
        }
    }

    [Fact]
    public void ToInt32s_NoParentOfSmpl_IsMinusOne()
    {
        Assert.Equal([-1], Read(Npy.File(Npy.Header("'<u4'", "(1,)"), [255, 255, 255, 255])).ToInt32s());
        Assert.Equal([-1], Read(Npy.File(Npy.Header("'<i8'", "(1,)"), BitConverter.GetBytes(4294967295L))).ToInt32s());
    }

    [Fact]
    public void Read_FortranOrder_PutsTheLastIndexFirst()
    {
        // a[i, j, k] = 100 i + 10 j + k, the first index running fastest.
        var bytes = new List<byte>();
        for (byte k = 0; k < 4; k++)
            for (byte j = 0; j < 3; j++)
                for (byte i = 0; i < 2; i++) bytes.Add((byte)((100 * i) + (10 * j) + k));
        NpyArray array = Read(Npy.File(Npy.Header("'|u1'", "(2, 3, 4)", fortran: true), [.. bytes]));
        var expected = new List<int>();
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 4; k++) expected.Add((100 * i) + (10 * j) + k);
        Assert.Equal(expected, array.ToInt32s());
    }

    [Fact]
    public void Read_Text_GivesText()
    {
        Assert.Equal(["male"], Read(Npy.File(Npy.Header("'<U6'", "()"), [.. System.Text.Encoding.UTF32.GetBytes("male\0\0")])).ToTexts());
        Assert.Equal(["ab", "c"], Read(Npy.File(Npy.Header("'|S2'", "(2,)"), [.. "abc\0"u8])).ToTexts());
    }

    [Fact]
    public void Read_Objects_AreRefused() => Assert.Contains("objects are refused", Refused(Npy.File(Npy.Header("'|O'", "(1,)"), [0x80, 2, .. "cposix\nsystem\n."u8])));

    [Fact]
    public void Read_Structures_AreRefused() => Refused(Npy.File(Npy.Header("[('a', '<f4')]", "(1,)"), new byte[4]));

    [Theory]
    [InlineData("(1000000000, 1000000000, 1000000000)")]
    [InlineData("(3,)")]
    [InlineData("(99999999999,)")]
    [InlineData("(-1,)")]
    [InlineData("(a,)")]
    public void Read_MoreThanTheFileHolds_IsRefusedBeforeMemoryIsTaken(string shape) => Refused(Npy.File(Npy.Header("'<f4'", shape), new byte[8]));

    [Fact]
    public void Read_HugeSidesBesideZero_IsEmpty() => Assert.Empty(Read(Npy.File(Npy.Header("'<f4'", "(2000000000, 2000000000, 2000000000, 0)"), [])).ToSingles());

    [Fact]
    public void Read_AnyTruncation_IsOneLine()
    {
        byte[] whole = Npy.File(Npy.Header("'<f8'", "(2,)"), new byte[16]);
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length]);
    }

    [Fact]
    public void Read_AnyDamagedByte_IsReadOrRefused()
    {
        byte[] whole = Npy.File(Npy.Header("'<f8'", "(2,)"), new byte[16]);
        for (int i = 0; i < whole.Length - 16; i++)
            for (int value = 0; value < 256; value += 5)
            {
                byte[] damaged = [.. whole];
                damaged[i] = (byte)value;
                try
                {
                    Read(damaged);
                }
                catch (NpyFormatException)
                {
                    // One line is all that may happen.
                }
            }
    }
}
