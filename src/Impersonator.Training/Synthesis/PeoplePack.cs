using System.IO.Compression;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Training.Synthesis;

/// <summary>What painters share: shapes, clothes, hair, skins, fabrics, places and poses, read once from one file that <c>impersonator synth pack</c> makes.</summary>
/// <remarks>Immutable after loading; any number of painters on any threads may use it. The body itself is <see cref="BodyModel.Default"/> and not in the file.</remarks>
public sealed class PeoplePack
{
    private const ulong Magic = 0x314B50504D494D50;
    private const int Version = 1;

    /// <summary>Quaternions' x, y, z of the 22 body joints; w is not negative.</summary>
    internal const int PoseValues = Joint.BodyCount * 3;

    private readonly Lazy<Bystanders> _bystanders;

    internal PeoplePack() => _bystanders = new(() => Bystanders.Paint(this));

    /// <summary>Helper vertices.</summary>
    internal HelperBasis Helpers { get; init; } = new();

    /// <summary>[N][32] shapes of stored people.</summary>
    internal float[] People { get; init; } = [];

    /// <summary>[N] their traits.</summary>
    internal Traits[] Traits { get; init; } = [];

    /// <summary>All that can be worn.</summary>
    internal List<Garment> Garments { get; init; } = [];

    /// <summary>Pictures of garments and skins.</summary>
    internal List<PackTexture> Textures { get; init; } = [];

    /// <summary>Which of them are skins.</summary>
    internal List<PackSkin> Skins { get; init; } = [];

    /// <summary>Photos to stand people before.</summary>
    internal List<PackTexture> Backdrops { get; init; } = [];

    /// <summary>All-round pictures of places, which also light the person.</summary>
    internal List<Panorama> Panoramas { get; init; } = [];

    /// <summary>Fabrics that tile.</summary>
    internal List<PackTexture> Fabrics { get; init; } = [];

    /// <summary>Poses from motions, <see cref="PoseValues"/> each, as 16-bit fractions.</summary>
    internal short[] Poses { get; init; } = [];

    /// <summary>Stored poses.</summary>
    internal int PoseCount => Poses.Length / PoseValues;

    /// <summary>How many cut-outs <see cref="Bystanders"/> has.</summary>
    internal int BystanderCount { get; init; } = 160;

    /// <summary>Flat cut-outs of other people, painted from this pack when first needed.</summary>
    internal Bystanders Bystanders => _bystanders.Value;

    /// <summary>A small pack that needs no file: plain shapes, tailored cloth, painted noise for places. For tests, and to look at painters without assets.</summary>
    public static PeoplePack CreateProcedural() => ProceduralPack.Create();

    /// <summary>Reads a pack.</summary>
    /// <exception cref="InputException">Missing, of another version, or damaged.</exception>
    public static PeoplePack Load(string path)
    {
        using FileStream file = InputFile.Open(path, new InputLimits());
        return Load(file, Path.GetFileName(path));
    }

    internal static PeoplePack Load(Stream file, string name)
    {
        try
        {
            using var head = new BinaryReader(file, System.Text.Encoding.UTF8, leaveOpen: true);
            if (head.ReadUInt64() != Magic) throw new InputException($"{name}: not a pack of people; make one with: impersonator synth pack");
            if (head.ReadInt32() is var version && version != Version) throw new InputException($"{name}: a pack of version {version}, this program reads {Version}; make it again with: impersonator synth pack");
            using var input = new BinaryReader(new BufferedStream(new BrotliStream(file, CompressionMode.Decompress, leaveOpen: true), 1 << 16));
            var pack = new PeoplePack
            {
                Helpers = HelperBasis.Read(input),
                People = input.Halves(),
                Traits = input.Array<Traits>(),
                Garments = input.List(Garment.Read),
                Textures = input.List(PackTexture.Read),
                Skins = input.List(PackSkin.Read),
                Backdrops = input.List(PackTexture.Read),
                Panoramas = input.List(i => new Panorama(PackTexture.Read(i))),
                Fabrics = input.List(PackTexture.Read),
                Poses = input.Array<short>(),
            };
            pack.Prepare();
            return pack;
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException or IOException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InputException($"{name}: damaged ({cause.Message.ReplaceLineEndings(" ")}); make it again with: impersonator synth pack", cause);
        }
    }

    /// <summary>Writes the pack; before <see cref="Prepare"/>, which throws packed pictures away.</summary>
    internal void Save(Stream file, int quality = 9)
    {
        using (var head = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            head.Write(Magic);
            head.Write(Version);
        }
        using var output = new BinaryWriter(new BrotliStream(file, new BrotliCompressionOptions { Quality = quality }, leaveOpen: true));
        Helpers.Write(output);
        output.Halves(People);
        output.Array(Traits);
        output.List(Garments, g => g.Write(output));
        output.List(Textures, t => t.Write(output));
        output.List(Skins, s => s.Write(output));
        output.List(Backdrops, t => t.Write(output));
        output.List(Panoramas, p => p.Picture.Write(output));
        output.List(Fabrics, t => t.Write(output));
        output.Array(Poses);
    }

    /// <summary>Decodes pictures and makes what painting needs; checks that everything refers to something.</summary>
    internal void Prepare()
    {
        int components = BodyModel.Default.Components.Length;
        if (Traits.Length == 0 || People.Length != Traits.Length * components) throw new InvalidDataException($"{People.Length} coefficients for {Traits.Length} people");
        if (Poses.Length % PoseValues != 0) throw new InvalidDataException($"{Poses.Length} values of poses");
        if (Garments.Any(g => g.Texture >= Textures.Count) || Skins.Any(s => (uint)s.Texture >= (uint)Textures.Count)) throw new InvalidDataException("a texture that does not exist");
        Parallel.ForEach(Textures.Concat(Backdrops).Concat(Fabrics), t => t.Decode());
        Parallel.ForEach(Panoramas, p => p.Decode());
        var average = new ShapedBody(Helpers);
        average.Take(new float[components]);
        var shells = Garments.Select(g => g.Slot).ToHashSet();
        if (!shells.Contains(Slot.Tights)) Garments.Add(Shells.Tights());
        if (!shells.Contains(Slot.HeadShell)) Garments.Add(Shells.Head());
        // Eyes of one sort share their mesh: prepare each mesh once.
        Parallel.ForEach(Garments, g => g.Prepare(average.Rest));
    }
}
