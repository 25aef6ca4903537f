using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Something worn: every vertex hangs on three vertices of the <see cref="ShapedBody"/>, plus an offset that scales with the body.</summary>
internal sealed class Garment
{
    /// <summary>For people.</summary>
    public string Name = "";

    /// <summary>What it is.</summary>
    public Slot Slot;

    /// <summary>1 = for men, 0 = for women, between = for anyone.</summary>
    public float Male = 0.5f;

    /// <summary>Index into the pack's textures, −1 for none.</summary>
    public int Texture = -1;

    /// <summary>The texture's alpha cuts holes (hair).</summary>
    public bool Cutout;

    /// <summary>[3·V] anchors.</summary>
    public ushort[] Anchors = [];

    /// <summary>[3·V] their weights.</summary>
    public float[] AnchorWeights = [];

    /// <summary>[3·V] offset in the T-pose of the body that it was packed on, metres.</summary>
    public float[] Offsets = [];

    /// <summary>[6] three pairs of anchors whose distance scales the offsets along x, y, z …</summary>
    public ushort[] ScaleAnchors = new ushort[6];

    /// <summary>[3] … and how far apart they were then; 0: no scale.</summary>
    public float[] ScaleLengths = new float[3];

    /// <summary>[4·V] joints.</summary>
    public byte[] Joints = [];

    /// <summary>[4·V] weights that sum to 255.</summary>
    public byte[] JointBytes = [];

    /// <summary>[V] the skin vertex below.</summary>
    public ushort[] Below = [];

    /// <summary>Skin vertices hidden under it.</summary>
    public ushort[] Covered = [];

    /// <summary>Its triangles.</summary>
    public TriangleSet Triangles = new();

    /// <summary>How it follows the joints; made by <see cref="Prepare"/>.</summary>
    public SkinBinding Binding = null!;

    /// <summary>[V] canonical places and parts; made by <see cref="Prepare"/>.</summary>
    public Vector3[] Canonical = [];

    /// <summary>[V] parts; made by <see cref="Prepare"/>.</summary>
    public byte[] Parts = [];

    /// <summary>V.</summary>
    public int VertexCount => Below.Length;

    /// <summary>The same mesh as something else.</summary>
    public Garment Copy() => (Garment)MemberwiseClone();

    /// <summary>Reads a garment.</summary>
    public static Garment Read(BinaryReader input)
    {
        var garment = new Garment
        {
            Name = input.ReadString(),
            Slot = (Slot)input.ReadByte(),
            Male = input.ReadSingle(),
            Texture = input.ReadInt32(),
            Cutout = input.ReadBoolean(),
            Anchors = input.Array<ushort>(),
            AnchorWeights = input.Halves(),
            Offsets = input.Halves(),
            ScaleAnchors = input.Array<ushort>(),
            ScaleLengths = input.Array<float>(),
            Joints = input.Array<byte>(),
            JointBytes = input.Array<byte>(),
            Below = input.Array<ushort>(),
            Covered = input.Array<ushort>(),
            Triangles = TriangleSet.Read(input),
        };
        int count = garment.VertexCount;
        if (garment.Anchors.Length != 3 * count || garment.AnchorWeights.Length != 3 * count || garment.Offsets.Length != 3 * count || garment.Joints.Length != 4 * count || garment.JointBytes.Length != 4 * count
            || garment.Triangles.Vertices.Any(v => v >= count) || garment.Below.Any(v => v >= ShapedBody.SkinCount) || garment.Joints.Any(j => j >= Joint.Count))
            throw new InvalidDataException($"garment {garment.Name} does not fit together");
        return garment;
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter output)
    {
        output.Write(Name);
        output.Write((byte)Slot);
        output.Write(Male);
        output.Write(Texture);
        output.Write(Cutout);
        output.Array(Anchors);
        output.Halves(AnchorWeights);
        output.Halves(Offsets);
        output.Array(ScaleAnchors);
        output.Array(ScaleLengths);
        output.Array(Joints);
        output.Array(JointBytes);
        output.Array(Below);
        output.Array(Covered);
        Triangles.Write(output);
    }

    /// <summary>Makes what painting needs.</summary>
    /// <param name="average">[V + H] places of the average body.</param>
    public void Prepare(ReadOnlyMemory<Vector3> average)
    {
        if (Anchors.Any(a => a >= average.Length) || ScaleAnchors.Any(a => a >= average.Length)) throw new InvalidDataException($"garment {Name} hangs on a vertex that does not exist");
        SkinnedMesh template = BodyModel.Default.Template;
        Binding = SkinBinding.Of(Joints, JointBytes);
        Canonical = Array.ConvertAll(Below, v => template.RestPositions[v]);
        Parts = Array.ConvertAll(Below, v => (byte)template.Parts[v]);
        var places = new Vector3[VertexCount];
        Hang(average.Span, places);
        if (Triangles.Count > 1500 && Slot != Slot.Hair) Triangles.Coarsen(v => places[v], v => Parts[v], VertexCount);
        Triangles.FindTorn(v => Canonical[v], v => places[v]);
    }

    /// <summary>Writes where its vertices are on a shaped body.</summary>
    public void Hang(ReadOnlySpan<Vector3> body, Span<Vector3> places)
    {
        Vector3 scale = Vector3.One;
        for (int axis = 0; axis < 3; axis++)
            if (ScaleLengths[axis] > 0) scale[axis] = Vector3.Distance(body[ScaleAnchors[2 * axis]], body[ScaleAnchors[(2 * axis) + 1]]) / ScaleLengths[axis];
        (ushort[] anchors, float[] weights, float[] offsets) = (Anchors, AnchorWeights, Offsets);
        for (int v = 0, i = 0; i < anchors.Length; v++, i += 3)
            places[v] = (body[anchors[i]] * weights[i]) + (body[anchors[i + 1]] * weights[i + 1]) + (body[anchors[i + 2]] * weights[i + 2])
                + (new Vector3(offsets[i], offsets[i + 1], offsets[i + 2]) * scale);
    }
}
