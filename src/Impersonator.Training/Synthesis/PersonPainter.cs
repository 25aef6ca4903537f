using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Paints synthetic people; one painter per thread, the pack is shared.</summary>
/// <remarks>
/// Seeds 4k … 4k + 3 show the same person in the same clothes: dressing costs as much as painting. Whoever paints them one after the other
/// with one painter saves that; the pictures are the same in any order.
/// </remarks>
public sealed class PersonPainter : IPainter
{
    private const int PicturesPerOutfit = 4;

    private readonly PeoplePack _pack;
    private readonly bool _withOthers;
    private readonly Dice _dice = new(0);
    private readonly Figure _figure;
    private readonly PoseMaker _poses;
    private readonly Companion[] _companions;
    private readonly Backdrop _backdrop;
    private readonly Lighting _lighting = new();
    private readonly Shader _shader;
    private readonly Raster _raster = new();
    private readonly View _view = new();
    private readonly Aim _aim;
    private readonly List<FigureMesh> _meshes = [];
    private Vector3[] _behind = [], _colour = [];
    private float[] _cover = [];
    private byte[] _others = [];
    private long? _dressed;

    /// <summary>Prepares a painter.</summary>
    public PersonPainter(PeoplePack pack) : this(pack, withOthers: true) { }

    /// <summary>Whether pictures are whole photos, whose camera's axis is in their middle, not crops of larger ones as networks see them. Default false.</summary>
    public bool Centred
    {
        get => _aim.Centred;
        set => _aim.Centred = value;
    }

    internal PersonPainter(PeoplePack pack, bool withOthers)
    {
        ArgumentNullException.ThrowIfNull(pack);
        (_pack, _withOthers) = (pack, withOthers);
        _figure = new Figure(pack, _dice);
        _poses = new PoseMaker(_figure.Body, pack, _dice);
        _companions = withOthers ? [new Companion(pack, _dice), new Companion(pack, _dice)] : [];
        (_backdrop, _shader, _aim) = (new Backdrop(pack, _dice), new Shader(_lighting), new Aim(_view, _dice));
    }

    /// <inheritdoc/>
    public void Paint(long seed, Sample into)
    {
        ArgumentNullException.ThrowIfNull(into);
        int size = into.Size;
        (FigurePose pose, float ground) = Draw(seed, into);
        if (_dice.Chance(0.06f)) MatchBackdrop(size);
        if (pose.Grounded && _dice.Chance(0.85f)) GroundShade.Apply(_behind, _cover, size, _view, ground, _lighting, _figure.Joints, _dice);
        Annotation.Write(into, _figure, pose, _view, _raster, _meshes);
        float height = MathF.Max(0, _raster.Bottom - _raster.Top) / 2f;
        Vector2 middle = new Vector2(_raster.Left + _raster.Right, _raster.Top + _raster.Bottom) / (4f * size);
        if (_withOthers) _pack.Bystanders.PasteBehind(_dice, _behind, size, height, Vector2.Distance(middle, new Vector2(0.5f)), _others, into.OtherAlpha, _cover);
        for (int y = _raster.Top / 2; y <= _raster.Bottom / 2; y++)
            for (int i = (y * size) + (_raster.Left / 2), end = (y * size) + (_raster.Right / 2); i <= end; i++)
                if (_cover[i] != 0) _behind[i] = (_behind[i] * (1 - _cover[i])) + _colour[i];
        if (_withOthers) _pack.Bystanders.PasteFront(_dice, _pack, _behind, height, into);
        Develop(_behind, into.Rgb);
    }

    /// <summary>Somebody without surroundings; null when not wholly in the picture.</summary>
    internal Bystanders.Cutout? PaintCutout(long seed, int size)
    {
        var sample = new Sample(size);
        Draw(seed, sample);
        if (_raster.Right < 0 || _raster.Left == 0 || _raster.Top == 0 || _raster.Right >= (2 * size) - 2 || _raster.Bottom >= (2 * size) - 2) return null;
        (int left, int top) = (_raster.Left / 2, _raster.Top / 2);
        (int width, int height) = ((_raster.Right / 2) - left + 1, (_raster.Bottom / 2) - top + 1);
        if (width < 20 || height < 40) return null;
        var pixels = new uint[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int from = ((top + y) * size) + left + x;
                if (_cover[from] == 0) continue;
                static uint Byte(float linear) => (uint)((MathF.Sqrt(Math.Clamp(linear, 0, 1)) * 255) + 0.5f);
                Vector3 c = _colour[from];
                pixels[(y * width) + x] = Byte(c.X) | (Byte(c.Y) << 8) | (Byte(c.Z) << 16) | ((uint)(_cover[from] * 255) << 24);
            }
        return new Bystanders.Cutout(width, height, pixels);
    }

    /// <summary>Dresses, poses, lights and draws; leaves the backdrop in <see cref="_behind"/> and all that was drawn in <see cref="_colour"/>.</summary>
    private (FigurePose Pose, float Ground) Draw(long seed, Sample into)
    {
        int size = into.Size, pixels = size * size;
        if (_colour.Length != pixels) (_behind, _colour, _cover, _others) = (new Vector3[pixels], new Vector3[pixels], new float[pixels], new byte[pixels]);
        Dress(_figure, ref _dressed, seed, 0, Owner.Person);
        _dice.Restart((seed * 2) + 1);
        FigurePose pose = _poses.Make();
        _figure.Take(pose, Vector3.Zero, furnish: _withOthers);
        float ground = _figure.Lowest();
        _aim.Choose(_figure, size, wholeOnly: !_withOthers, pose.FromAllSides);
        bool coarse = _view.Shift.Length() / _view.Focal > 0.6f * TriangleSet.CoarseCell;
        _figure.Bend(coarse);
        _meshes.Clear();
        _meshes.AddRange(_figure.Meshes);
        int others = _withOthers && _dice.Chance(0.13f) ? _dice.Chance(0.35f) ? 2 : 1 : 0;
        for (int n = 0; n < others; n++) AddCompanion(n, seed, pose, ground, coarse);
        _backdrop.Paint(_behind, size, _view, ground);
        _lighting.Suit(_backdrop, _behind, size, _view, _dice);
        if (_dice.Chance(0.05f)) _lighting.ComeFromBehind(_dice, _view);
        foreach (FigureMesh mesh in _meshes) mesh.Finish(_view, 2);
        _raster.Clear(2 * size, 2 * size);
        for (int m = 0; m < _meshes.Count; m++) _raster.Draw(_meshes[m], m);
        _lighting.CastShadows(_meshes);
        _shader.Shade(_raster, _meshes, _view, into, _colour, _cover);
        return (pose, ground);
    }

    /// <summary>Makes the backdrop as bright as the people: dark clothes before dark walls, white ones before white.</summary>
    private void MatchBackdrop(int size)
    {
        (Vector3 people, Vector3 behind, float area) = (Vector3.Zero, Vector3.Zero, 0);
        for (int i = 0; i < size * size; i += 3)
        {
            people += _colour[i];
            behind += _behind[i];
            area += _cover[i];
        }
        if (area < 1) return;
        Vector3 gain = people / area * (size * size / 3f) / Vector3.Max(behind, new Vector3(1e-3f * size * size));
        float even = (gain.X + gain.Y + gain.Z) / 3;
        gain = Vector3.Clamp(Vector3.Lerp(new Vector3(even), gain, _dice.Range(0, 0.8f)), new Vector3(0.02f), new Vector3(4));
        for (int i = 0; i < size * size; i++) _behind[i] *= gain;
    }

    private void Dress(Figure figure, ref long? dressed, long seed, long salt, Owner owner)
    {
        long outfit = (long)Math.Floor((double)seed / PicturesPerOutfit);
        if (dressed == outfit) return;
        // Set only when whole: a painter that failed half-way must not reuse the rest.
        dressed = null;
        _dice.Restart((outfit * 2) ^ salt);
        figure.Dress(owner);
        dressed = outfit;
    }

    /// <summary>Somebody else close by, in the same light: beside, behind or before, touching too.</summary>
    private void AddCompanion(int n, long seed, FigurePose main, float ground, bool coarse)
    {
        Companion companion = _companions[n];
        Figure figure = companion.Figure;
        long next = _dice.Seed();
        Dress(figure, ref companion.Dressed, seed, 0x5EC0_0D00_0000 * (n + 1), Owner.Other);
        _dice.Restart(next);
        FigurePose pose = companion.Poses.Make();
        float around = _dice.Range(0, 2 * MathF.PI), distance = _dice.Chance(0.4f) ? _dice.Range(0.28f, 0.5f) : _dice.Range(0.5f, 1.6f);
        // Often in a row, facing the same way.
        if (_dice.Chance(0.4f)) around = (_dice.Sign() * MathF.PI / 2) + _dice.Normal(0.4f);
        pose.Local[0] = Turn.Y(_dice.Chance(0.5f) ? _dice.Normal(0.5f) : _dice.Range(0, 2 * MathF.PI)) * pose.Local[0];
        var root = new Vector3(distance * MathF.Sin(around), 0, distance * MathF.Cos(around));
        figure.Take(pose, root, furnish: false);
        if (pose.Grounded && main.Grounded) figure.Take(pose, root + new Vector3(0, ground - figure.Lowest(), 0), furnish: false);
        // Not before the lens, and not right before the one meant: who is meant must stay plain.
        Vector3 there = _view.FromWorld(figure.Joints[Joint.Spine2]), here = _view.FromWorld(_figure.Joints[Joint.Spine2]);
        float apart = MathF.Abs((there.X / there.Z) - (here.X / here.Z)) * here.Z;
        if (there.Z < 0.7f * here.Z || (there.Z < here.Z - 0.1f && apart < 0.35f)) return;
        figure.Bend(coarse);
        _meshes.AddRange(figure.Meshes);
    }

    /// <summary>Linear light to bytes: gamma 2, and a soft shoulder instead of a hard clip.</summary>
    internal static void Develop(Vector3[] linear, byte[] rgb)
    {
        Span<float> values = MemoryMarshal.Cast<Vector3, float>(linear.AsSpan());
        const float Knee = 0.8f;
        int i = 0;
        for (; i + 8 <= values.Length; i += 8)
        {
            Vector256<float> v = Vector256.Sqrt(Vector256.MaxNative(Vector256.Create<float>(values.Slice(i, 8)), Vector256<float>.Zero));
            Vector256<float> over = Vector256.MaxNative(v - Vector256.Create(Knee), Vector256<float>.Zero) * 5;
            v = Vector256.MinNative(v, Vector256.Create(Knee)) + (over / (Vector256<float>.One + over) * (1 - Knee));
            Vector256<int> whole = Vector256.ConvertToInt32((v * 255) + Vector256.Create(0.5f));
            Vector128<short> words = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
            Vector128.Narrow(words.AsUInt16(), words.AsUInt16()).GetLower().CopyTo(rgb.AsSpan(i, 8));
        }
        for (; i < values.Length; i++)
        {
            float v = MathF.Sqrt(MathF.Max(values[i], 0)), over = MathF.Max(v - Knee, 0) * 5;
            rgb[i] = (byte)(((MathF.Min(v, Knee) + (over / (1 + over) * (1 - Knee))) * 255) + 0.5f);
        }
    }

    /// <summary>Another person, kept to be dressed again.</summary>
    private sealed class Companion
    {
        public long? Dressed;

        public Companion(PeoplePack pack, Dice dice)
        {
            Figure = new Figure(pack, dice);
            Poses = new PoseMaker(Figure.Body, pack, dice);
        }

        public Figure Figure { get; }

        public PoseMaker Poses { get; }
    }
}
