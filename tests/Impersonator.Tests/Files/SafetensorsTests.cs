using System.Buffers.Binary;
using System.Text;
using Impersonator.Files;

namespace Impersonator.Tests.Files;

public sealed class SafetensorsTests
{
    [Fact]
    public void Read_WhatWasWritten_GivesTheSameArraysAndWords()
    {
        using var stream = new MemoryStream();
        new SafetensorsBuilder().Add("word", "ü").Add<float>("f", [1.5f, -2], 1, 2).Add<Half>("h", [(Half)0.25f], 1).Add<int>("i", [int.MinValue], 1)
            .Add<short>("s", [-3, 4, 5], 3).Add<byte>("b", [255], 1).Add<ushort>("u", [65535], 1).Add<sbyte>("c", [-128], 1).Write(stream);
        stream.Position = 0;
        Safetensors file = Safetensors.Read(stream, "x");
        Assert.Equal("ü", file.Metadata["word"]);
        Assert.Equal([1.5f, -2], file.Get<float>("f"));
        Assert.Equal([1, 2], file.ShapeOf("f").ToArray());
        Assert.Equal([(Half)0.25f], file.Get<Half>("h"));
        Assert.Equal([int.MinValue], file.Get<int>("i"));
        Assert.Equal([-3, 4, 5], file.Get<short>("s"));
        Assert.Equal([255], file.Get<byte>("b"));
        Assert.Equal([65535], file.Get<ushort>("u"));
        Assert.Equal([-128], file.Get<sbyte>("c"));
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,2000000000],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}")]
    [InlineData("{\"a\":{\"shape\":[1]}}")]
    [InlineData("{\"a\":3}")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Read_BadHeader_SaysSoInOneLine(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), file = new byte[8 + text.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        InputException bad = Assert.Throws<InputException>(() => Safetensors.Read(new MemoryStream(file), "bad.safetensors"));
        Assert.StartsWith("bad.safetensors", bad.Message);
        Assert.DoesNotContain('\n', bad.Message);
    }

    [Fact]
    public void Read_AnyTruncation_IsRefused()
    {
        using var stream = new MemoryStream();
        new SafetensorsBuilder().Add<float>("f", [1, 2, 3], 3).Write(stream);
        byte[] whole = stream.ToArray();
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InputException>(() => Safetensors.Read(new MemoryStream(whole[..length]), "short"));
    }

    [Fact]
    public void Get_OtherType_IsRefused()
    {
        using var stream = new MemoryStream();
        new SafetensorsBuilder().Add<float>("f", [1], 1).Write(stream);
        stream.Position = 0;
        Safetensors file = Safetensors.Read(stream, "x");
        Assert.Throws<InputException>(() => file.Get<int>("f"));
        Assert.Throws<InputException>(() => file.Get<float>("g"));
    }
}
