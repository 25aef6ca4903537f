using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>One person: a body with skin, clothes, hair and things, posed and ready to draw. Kept and dressed anew.</summary>
internal sealed class Figure
{
    /// <summary>The template's vertices from here on are eyeballs.</summary>
    public const int FirstEyeVertex = 13380;

    /// <summary>The body's triangles.</summary>
    public static TriangleSet BodyTriangles { get; } = MakeBodyTriangles();

    /// <summary>Every fifth vertex of the coarse body: enough to see where it is.</summary>
    public static ushort[] Scattered { get; } = [.. BodyTriangles.Coarse!.Used!.Where((_, i) => i % 5 == 0)];

    private static readonly SkinBinding BodyBinding = SkinBinding.Of(BodyModel.Default.Template.Weights);
    private static readonly byte[] BodyParts = Array.ConvertAll(BodyModel.Default.Template.Parts, p => (byte)p);

    private readonly PeoplePack _pack;
    private readonly Dice _dice;
    private readonly Wardrobe _wardrobe;
    private readonly bool[] _covered = new bool[BodyModel.Default.Template.VertexCount];
    private readonly List<FigureMesh> _pool = [];
    private readonly List<(Prop Prop, FigureMesh Mesh)> _props = [];
    private readonly List<(Skirt Skirt, FigureMesh Mesh)> _skirts = [];
    private readonly List<Skirt> _skirtPool = [];
    private readonly List<FigureMesh> _shoes = [];
    private readonly LongHair _longHair = new();
    private readonly HairTail _hairTail = new();
    private readonly Visor _visor = new();
    private readonly Skinner _skinner = new();
    private int _dressedMeshes;

    public Figure(PeoplePack pack, Dice dice)
    {
        (_pack, _dice) = (pack, dice);
        Body = new ShapedBody(pack.Helpers);
        _wardrobe = new Wardrobe(pack, dice);
    }

    /// <summary>Its body.</summary>
    public ShapedBody Body { get; }

    /// <summary>[32] its shape.</summary>
    public float[] Shape { get; } = new float[BodyModel.Default.Components.Length];

    /// <summary>Who it is.</summary>
    public Traits Traits { get; private set; }

    /// <summary>Skin first, then clothes from the inside out, then things.</summary>
    public List<FigureMesh> Meshes { get; } = [];

    /// <summary>[52] posed joints, world.</summary>
    public Vector3[] Joints { get; } = new Vector3[Joint.Count];

    /// <summary>[52] their rotations, world.</summary>
    public Quaternion[] Turns { get; } = new Quaternion[Joint.Count];

    /// <summary>Chooses a person and everything worn, and fits it all to the body.</summary>
    public void Dress(Owner owner)
    {
        ChooseShape();
        Body.Take(Shape);
        _wardrobe.Choose(Traits);
        PutOn(_wardrobe.Worn, _wardrobe.Carries, owner);
    }

    /// <summary>Keeps body, skin and all on the head, and wears below what another figure was dressed in. Nothing is carried.</summary>
    /// <param name="giver">Of the same pack; must stay dressed as it is while this figure wears its clothes.</param>
    /// <param name="owner">Whose the meshes are.</param>
    public void PutOnClothesOf(Figure giver, Owner owner = Owner.Person)
    {
        List<Worn> own = _wardrobe.Worn.FindAll(w => w.IsOfHead);
        // Hair is fluffed and cut by chance: it keeps its form.
        (Worn Worn, Vector3[] Places, float[] Clip)[] forms = [.. own.Where(w => w.Garment is not null).Select(w => (w, Meshes[1 + _wardrobe.Worn.IndexOf(w)])).Select(p => (p.w, p.Item2.Rest.ToArray(), p.Item2.Clip.ToArray()))];
        // Outermost last: brows lie on the skin, hair and hats over collars.
        List<Worn> all = [.. own.Where(IsOnSkin), .. giver._wardrobe.Worn.Where(w => !w.IsOfHead && !w.IsMuffler), .. own.Where(w => !IsOnSkin(w))];
        PutOn(all, null, owner);
        foreach ((Worn worn, Vector3[] rest, float[] clip) in forms)
        {
            FigureMesh mesh = Meshes[1 + all.IndexOf(worn)];
            rest.AsSpan(0, mesh.VertexCount).CopyTo(mesh.Rest);
            clip.AsSpan(0, Math.Min(clip.Length, mesh.VertexCount)).CopyTo(mesh.Clip);
            Fit(mesh);
        }

        static bool IsOnSkin(Worn worn) => worn.Garment?.Slot is Slot.Brows or Slot.Lashes;
    }

    private void PutOn(IReadOnlyList<Worn> all, Prop.Kind? carried, Owner owner)
    {
        Meshes.Clear();
        _props.Clear();
        _skirts.Clear();
        _shoes.Clear();
        Array.Clear(_covered);
        FigureMesh skin = Take(BodyModel.Default.Template.VertexCount, BodyTriangles);
        (skin.Material, skin.Binding, skin.Canonical, skin.Parts) = (_wardrobe.SkinMaterial, BodyBinding, BodyModel.Default.Template.RestPositions, BodyParts);
        Body.Rest.AsSpan(0, skin.VertexCount).CopyTo(skin.Rest);
        Fit(skin);
        LookAround(skin);

        int layer = 0;
        foreach (Worn worn in all)
        {
            layer++;
            FigureMesh mesh = Make(worn, skin);
            mesh.Material = worn.Material;
            mesh.Lift = worn.Garment?.Slot is Slot.Brows or Slot.Lashes ? 0.004f : 0.002f + (0.004f * layer);
            mesh.Shadowless = worn.Garment?.Slot is Slot.Brows or Slot.Lashes;
        }
        if (carried is { } thing) Add(thing);
        foreach (FigureMesh mesh in Meshes) mesh.Owner = owner;
        _dressedMeshes = Meshes.Count;
    }

    /// <summary>Takes a pose: joints, and where the scattered skin and the shoes are.</summary>
    /// <param name="pose">The pose.</param>
    /// <param name="root">Of the pelvis, world.</param>
    /// <param name="furnish">May have a seat, a table, a rod.</param>
    public void Take(FigurePose pose, Vector3 root, bool furnish)
    {
        Meshes.RemoveRange(_dressedMeshes, Meshes.Count - _dressedMeshes);
        _props.RemoveAll(p => p.Prop.IsScenery);
        if (furnish) Furnish(pose);
        var whole = new Pose([.. pose.Local], root);
        Kinematics.Forward(Skeleton.SmplH, Body.Joints, whole, Turns, Joints);
        _skinner.Take(Body.Joints, Body.Limbs, whole);
        FigureMesh skin = Meshes[0];
        _skinner.Apply(BodyBinding, skin.Shares, skin.Rest, skin.Posed, Scattered);
        foreach (FigureMesh shoe in _shoes) _skinner.Apply(shoe.Binding!, shoe.Shares, shoe.Rest, shoe.Posed, null);
    }

    /// <summary>The lowest point of skin and shoes.</summary>
    public float Lowest()
    {
        float lowest = float.MaxValue;
        foreach (ushort v in Scattered) lowest = MathF.Min(lowest, Meshes[0].Posed[v].Y);
        foreach (FigureMesh shoe in _shoes)
            for (int v = 0; v < shoe.VertexCount; v += 3) lowest = MathF.Min(lowest, shoe.Posed[v].Y);
        return lowest;
    }

    /// <summary>Poses everything.</summary>
    /// <param name="coarse">With coarse triangles where a pixel is wider than they are.</param>
    public void Bend(bool coarse)
    {
        for (int m = 0; m < Meshes.Count; m++)
        {
            FigureMesh mesh = Meshes[m];
            mesh.Detail(coarse, m == 0 ? _covered : null);
            if (mesh.Binding != null) _skinner.Apply(mesh.Binding, mesh.Shares, mesh.Rest, mesh.Posed, mesh.Triangles.Used);
        }
        foreach ((Skirt skirt, FigureMesh mesh) in _skirts) skirt.Push(mesh, Joints);
        foreach ((Prop prop, FigureMesh mesh) in _props) prop.Place(mesh, this);
    }

    private static TriangleSet MakeBodyTriangles()
    {
        SkinnedMesh template = BodyModel.Default.Template;
        var set = new TriangleSet
        {
            Vertices = Array.ConvertAll(template.Triangles, v => (ushort)v),
            Coordinates = Array.ConvertAll(template.TexcoordTriangles, u => (ushort)u),
            Texcoords = template.Texcoords,
        };
        set.Coarsen(v => template.RestPositions[v], v => v >= FirstEyeVertex ? 99 : (int)template.Parts[v], template.VertexCount);
        set.FindTorn(v => template.RestPositions[v], v => template.RestPositions[v]);
        return set;
    }

    private FigureMesh Take(int vertices, TriangleSet triangles)
    {
        if (_pool.Count == Meshes.Count) _pool.Add(new FigureMesh());
        FigureMesh mesh = _pool[Meshes.Count];
        mesh.Size(vertices, triangles);
        Meshes.Add(mesh);
        return mesh;
    }

    /// <summary>A stored person, part of the way to another of the same kind.</summary>
    private void ChooseShape()
    {
        int count = _pack.Traits.Length, width = Shape.Length, first = _dice.Below(count), second = first;
        Traits = _pack.Traits[first];
        for (int tries = 0; tries < 6; tries++)
        {
            int other = _dice.Below(count);
            if (MathF.Abs(_pack.Traits[other].Male - Traits.Male) < 0.3f && MathF.Abs(_pack.Traits[other].Years - Traits.Years) < 12) second = other;
        }
        float share = _dice.Range(0, 0.5f);
        for (int k = 0; k < width; k++) Shape[k] = ((1 - share) * _pack.People[(first * width) + k]) + (share * _pack.People[(second * width) + k]);
    }

    /// <summary>What depends on the fitted rest places: twist along limbs, and cloth coordinates with hanging arms.</summary>
    private void Fit(FigureMesh mesh)
    {
        mesh.Binding!.Shares(mesh.Rest, Body.Limbs, mesh.Shares);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            var part = (BodyPart)mesh.Parts[v];
            Vector3 p = mesh.Rest[v];
            if (part is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand)
            {
                bool left = (byte)part % 2 == 1;
                Vector3 s = Body.Joints[left ? Joint.LeftShoulder : Joint.RightShoulder], off = p - s;
                p = s + (left ? new Vector3(off.Y, -off.X, off.Z) : new Vector3(-off.Y, off.X, off.Z));
            }
            mesh.Cloth[v] = p;
        }
    }

    /// <summary>Eyeballs' cloth coordinates: directions from their middle, turned by the gaze.</summary>
    private void LookAround(FigureMesh skin)
    {
        var gaze = new Vector3(_dice.Normal(0.2f), _dice.Normal(0.08f), 0);
        foreach (int side in (ReadOnlySpan<int>)[1, -1])
        {
            Vector3 low = new(1e9f), high = new(-1e9f);
            for (int v = FirstEyeVertex; v < skin.VertexCount; v++)
                if (skin.Rest[v].X * side > 0) (low, high) = (Vector3.Min(low, skin.Rest[v]), Vector3.Max(high, skin.Rest[v]));
            Vector3 middle = (low + high) / 2;
            float radius = MathF.Max(1e-3f, (high.X - low.X) / 2);
            for (int v = FirstEyeVertex; v < skin.VertexCount; v++)
                if (skin.Rest[v].X * side > 0) skin.Cloth[v] = ((skin.Rest[v] - middle) / radius) - gaze;
        }
    }

    private FigureMesh Hang(Garment garment, Cut? cut, FigureMesh skin)
    {
        FigureMesh mesh = Take(garment.VertexCount, garment.Triangles);
        (mesh.TwoSided, mesh.Binding, mesh.Canonical, mesh.Parts) = (true, garment.Binding, garment.Canonical, garment.Parts);
        garment.Hang(Body.Rest, mesh.Rest);
        if (garment.Slot == Slot.Hair && _dice.Chance(0.4f)) Fluff(mesh);
        if (garment.Slot == Slot.Shoes) _shoes.Add(mesh);
        if (cut != null) Tailor(cut, mesh, skin);
        else foreach (ushort v in garment.Covered) _covered[v] = true;
        Fit(mesh);
        return mesh;
    }

    private FigureMesh Make(Worn worn, FigureMesh skin)
    {
        if (worn.Garment != null) return Hang(worn.Garment, worn.Cut, skin);
        FigureMesh mesh = Take(0, new TriangleSet());
        if (worn.Skirt != null)
        {
            if (_skirtPool.Count == _skirts.Count) _skirtPool.Add(new Skirt());
            Skirt skirt = _skirtPool[_skirts.Count];
            skirt.Build(mesh, Body, worn.Skirt);
            _skirts.Add((skirt, mesh));
        }
        if (worn.Hair != null) _longHair.Build(mesh, Body, worn.Hair);
        if (worn.Tail != null) _hairTail.Build(mesh, Body, worn.Tail);
        if (worn.Visor != null) _visor.Build(mesh, Body, worn.Visor);
        return mesh;
    }

    private FigureMesh Add(Prop.Kind kind)
    {
        var prop = new Prop(kind, _dice);
        FigureMesh mesh = Take(0, new TriangleSet());
        prop.Build(mesh);
        mesh.Material = _wardrobe.Stuff();
        if (prop.IsScenery) mesh.Owner = Owner.Scenery;
        _props.Add((prop, mesh));
        return mesh;
    }

    /// <summary>Seats under the sitting, tables before some, rods and balls in hands.</summary>
    private void Furnish(FigurePose pose)
    {
        if (pose.Seated && _dice.Chance(0.6f))
        {
            Add(Prop.Kind.Seat);
            if (_dice.Chance(0.5f)) Add(Prop.Kind.Back);
        }
        if (pose.Upright && _dice.Chance(pose.Seated ? 0.25f : 0.03f)) Add(Prop.Kind.Table);
        if (_dice.Chance(0.04f)) Add(Prop.Kind.Rod);
        else if (_dice.Chance(0.03f)) Add(Prop.Kind.Ball);
    }

    /// <summary>Bigger hair: away from the middle of the head, not into the face.</summary>
    private void Fluff(FigureMesh hair)
    {
        Vector3 middle = Body.Joints[Joint.Head] + new Vector3(0, 0.07f, 0);
        float more = _dice.Chance(0.2f) ? _dice.Range(0.3f, 0.8f) : _dice.Range(0.02f, 0.35f), wave = _dice.Range(0, 0.02f), period = _dice.Range(20, 90);
        for (int v = 0; v < hair.VertexCount; v++)
        {
            Vector3 off = hair.Rest[v] - middle;
            float face = Math.Clamp(1 - (off.Z * 9), 0, 1);
            hair.Rest[v] += (off * (more * face)) + (new Vector3(Wave.Sin(period * hair.Rest[v].Y), 0, Wave.Sin((period * 1.3f * hair.Rest[v].Y) + 2)) * (wave * face));
        }
    }

    /// <summary>Makes cloth of a body-tight mesh: blows it up along its normals, cuts it, and hides the skin beneath.</summary>
    private void Tailor(Cut cut, FigureMesh mesh, FigureMesh skin)
    {
        mesh.SmoothRestNormals();
        mesh.Clipped = true;
        cut.Measure(mesh.Rest, mesh.Parts, mesh.VertexCount, Body);
        // Loose cloth is not smooth in outline either.
        float ruffle = _dice.Chance(0.6f) ? _dice.Range(0, 0.45f) : 0;
        Vector3 wrinkle = _dice.Direction() * _dice.Range(20, 60), finer = _dice.Direction() * _dice.Range(50, 110);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            var part = (BodyPart)mesh.Parts[v];
            mesh.Clip[v] = cut.Depth(mesh.Rest[v], part, Body);
            float ease = cut.Ease(mesh.Rest[v], part, Body);
            if (ruffle > 0 && ease > 0.004f) ease += MathF.Min(ease, 0.014f) * (ruffle * (Wave.Sin(Vector3.Dot(mesh.Rest[v], wrinkle)) + (0.6f * Wave.Sin(Vector3.Dot(mesh.Rest[v], finer)))));
            mesh.Rest[v] = cut.Hang(mesh.Rest[v] + (mesh.Normals[v] * ease), part, Body);
        }
        if (!cut.CoversSkin) return;
        for (int v = 0; v < FirstEyeVertex; v++)
            if (!_covered[v] && cut.Depth(skin.Rest[v], (BodyPart)BodyParts[v], Body) > 0.02f) _covered[v] = true;
    }
}
