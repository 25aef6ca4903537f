using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Impersonator.Bodies.Gltf;

/// <summary>The binary part of a .glb: bytes, the views into them and the accessors that say what they are.</summary>
internal sealed class GltfBuffer
{
    private const int ArrayTarget = 34962, IndexTarget = 34963;
    private const int UnsignedByte = 5121, UnsignedShort = 5123, UnsignedInt = 5125, Float = 5126;
    private readonly MemoryStream _bytes = new();

    public JsonArray Views { get; } = [];

    public JsonArray Accessors { get; } = [];

    public int Length => checked((int)_bytes.Length);

    public void CopyTo(Stream stream) => _bytes.WriteTo(stream);

    /// <summary>Adds bytes as they are, such as a picture; gives the view.</summary>
    public int AddView(ReadOnlySpan<byte> bytes, int? target = null)
    {
        // Every view begins at a multiple of 4, as float accessors must.
        while (_bytes.Length % 4 != 0) _bytes.WriteByte(0);
        var view = new JsonObject { ["buffer"] = 0, ["byteOffset"] = _bytes.Length, ["byteLength"] = bytes.Length };
        if (target is { } known) view["target"] = known;
        _bytes.Write(bytes);
        Views.Add((JsonNode)view);
        return Views.Count - 1;
    }

    /// <summary>Adds places with their bounds, which viewers need to frame the scene.</summary>
    public int AddPositions(ReadOnlySpan<Vector3> values)
    {
        Vector3 low = values[0], high = values[0];
        foreach (Vector3 p in values) (low, high) = (Vector3.Min(low, p), Vector3.Max(high, p));
        return Add(AddView(MemoryMarshal.AsBytes(values), ArrayTarget), Float, "VEC3", values.Length, Row(low.X, low.Y, low.Z), Row(high.X, high.Y, high.Z));
    }

    public int AddDirections(ReadOnlySpan<Vector3> values) => Add(AddView(MemoryMarshal.AsBytes(values), ArrayTarget), Float, "VEC3", values.Length);

    public int AddTexcoords(ReadOnlySpan<Vector2> values) => Add(AddView(MemoryMarshal.AsBytes(values), ArrayTarget), Float, "VEC2", values.Length);

    public int AddWeights(ReadOnlySpan<Vector4> values) => Add(AddView(MemoryMarshal.AsBytes(values), ArrayTarget), Float, "VEC4", values.Length);

    public int AddJoints(ReadOnlySpan<Vector4> values, int jointCount)
    {
        ReadOnlySpan<float> joints = MemoryMarshal.Cast<Vector4, float>(values);
        return jointCount <= 256
            ? Add(AddView(Narrow<byte>(joints), ArrayTarget), UnsignedByte, "VEC4", values.Length)
            : Add(AddView(Narrow<ushort>(joints), ArrayTarget), UnsignedShort, "VEC4", values.Length);
    }

    public int AddIndices(ReadOnlySpan<int> values, int vertexCount)
        => vertexCount <= ushort.MaxValue
            ? Add(AddView(Narrow<ushort>(values), IndexTarget), UnsignedShort, "SCALAR", values.Length)
            : Add(AddView(MemoryMarshal.AsBytes(values), IndexTarget), UnsignedInt, "SCALAR", values.Length);

    /// <summary>A row-vector matrix lies in memory as the column-vector matrix that glTF means.</summary>
    public int AddMatrices(ReadOnlySpan<Matrix4x4> values) => Add(AddView(MemoryMarshal.AsBytes(values)), Float, "MAT4", values.Length);

    public int AddTimes(ReadOnlySpan<float> values) => Add(AddView(MemoryMarshal.AsBytes(values)), Float, "SCALAR", values.Length, Row(values[0]), Row(values[^1]));

    public int AddTranslations(ReadOnlySpan<Vector3> values) => Add(AddView(MemoryMarshal.AsBytes(values)), Float, "VEC3", values.Length);

    public int AddRotations(ReadOnlySpan<Quaternion> values) => Add(AddView(MemoryMarshal.AsBytes(values)), Float, "VEC4", values.Length);

    /// <summary>Numbers as doubles, so that a bound is the very float of the data.</summary>
    public static JsonArray Row(params ReadOnlySpan<float> values)
    {
        var row = new JsonArray();
        foreach (float value in values) row.Add((JsonNode)(double)value);
        return row;
    }

    private static byte[] Narrow<T>(ReadOnlySpan<float> values) where T : unmanaged, INumber<T>
    {
        var narrow = new T[values.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = T.CreateChecked(values[i]);
        return MemoryMarshal.AsBytes<T>(narrow).ToArray();
    }

    private static byte[] Narrow<T>(ReadOnlySpan<int> values) where T : unmanaged, INumber<T>
    {
        var narrow = new T[values.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = T.CreateChecked(values[i]);
        return MemoryMarshal.AsBytes<T>(narrow).ToArray();
    }

    private int Add(int view, int component, string type, int count, JsonArray? low = null, JsonArray? high = null)
    {
        var accessor = new JsonObject { ["bufferView"] = view, ["componentType"] = component, ["count"] = count, ["type"] = type };
        if (low is not null) accessor["min"] = low;
        if (high is not null) accessor["max"] = high;
        Accessors.Add((JsonNode)accessor);
        return Accessors.Count - 1;
    }
}
