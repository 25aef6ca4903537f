namespace Impersonator.Networks;

/// <summary>A setting of an ONNX node, already encoded.</summary>
internal readonly struct OnnxAttribute
{
    // onnx.proto, AttributeProto: name = 1, f = 2, i = 3, s = 4, ints = 8, type = 20.
    private const int TypeFloat = 1, TypeInteger = 2, TypeText = 3, TypeIntegers = 7;

    public OnnxAttribute(string name, int value) => Message = new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, TypeInteger);

    public OnnxAttribute(string name, float value) => Message = new ProtoWriter().Text(1, name).Float(2, value).Integer(20, TypeFloat);

    public OnnxAttribute(string name, string value) => Message = new ProtoWriter().Text(1, name).Text(4, value).Integer(20, TypeText);

    public OnnxAttribute(string name, int[] values)
    {
        Message = new ProtoWriter().Text(1, name);
        foreach (int value in values) Message.Integer(8, value);
        Message.Integer(20, TypeIntegers);
    }

    public ProtoWriter Message { get; }
}
