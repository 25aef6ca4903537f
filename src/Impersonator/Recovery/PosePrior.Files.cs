using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Recovery;

internal sealed partial class PosePrior
{
    private const string Format = "impersonator-pose-prior-1";
    private static readonly Lazy<PosePrior> Shipped = new(LoadShipped);

    /// <summary>The limbs of the file in its order; right ones are left ones in the mirror.</summary>
    internal static readonly (string Name, ImmutableArray<int> Joints)[] LearnedLimbs =
    [
        ("torso", [Joint.Spine1, Joint.Spine2, Joint.Spine3, Joint.Neck, Joint.Head]),
        ("arm", [Joint.LeftCollar, Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist]),
        ("leg", [Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle, Joint.LeftFoot]),
    ];

    /// <summary>What ships, learned from motions.</summary>
    public static PosePrior Learned => Shipped.Value;

    /// <summary>A prior of the torso, the left arm and the left leg, completed by their mirror images.</summary>
    /// <param name="limbs">In the order of <see cref="LearnedLimbs"/>.</param>
    public static PosePrior Symmetric(params ReadOnlySpan<LimbPrior> limbs) => new([limbs[0], limbs[1], limbs[1].Mirrored(), limbs[2], limbs[2].Mirrored()]);

    /// <summary>Writes a prior made by <see cref="Symmetric"/>.</summary>
    public void Save(Stream stream)
    {
        var file = new SafetensorsBuilder().Add("format", Format);
        foreach ((string name, ImmutableArray<int> joints) in LearnedLimbs)
        {
            LimbPrior limb = Limbs.First(l => l.Joints.SequenceEqual(joints));
            int modes = limb.Modes.Length, width = 3 * joints.Length;
            file.Add<float>($"{name}_rarities", [.. limb.Modes.Select(m => (float)m.Rarity)], modes);
            file.Add<float>($"{name}_means", [.. limb.Modes.SelectMany(m => m.Mean).Select(x => (float)x)], modes, width);
            file.Add<float>($"{name}_axes", [.. limb.Modes.SelectMany(m => m.Axes).SelectMany(a => a).Select(x => (float)x)], modes, width, width);
        }
        file.Write(stream);
    }

    /// <summary>Reads a prior.</summary>
    /// <exception cref="InputException">Damaged, or not a pose prior.</exception>
    public static PosePrior Load(Stream stream, string name)
    {
        Safetensors file = Safetensors.Read(stream, name);
        if (file.Metadata.GetValueOrDefault("format") != Format) throw new InputException($"{name}: not a pose prior of this version; learn it again with: impersonator body learn-prior");
        try
        {
            return Symmetric([.. LearnedLimbs.Select(l => Limb(file, l.Name, l.Joints))]);
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InputException($"{name}: its arrays do not fit each other ({e.Message}); learn it again with: impersonator body learn-prior");
        }
    }

    private static LimbPrior Limb(Safetensors file, string name, ImmutableArray<int> joints)
    {
        int width = 3 * joints.Length;
        float[] rarities = file.Get<float>($"{name}_rarities"), means = file.Get<float>($"{name}_means"), axes = file.Get<float>($"{name}_axes");
        static double[] Wide(ReadOnlySpan<float> values)
        {
            var wide = new double[values.Length];
            for (int i = 0; i < wide.Length; i++) wide[i] = values[i];
            return wide;
        }
        return new LimbPrior(joints, [.. rarities.Select((rarity, m) => new LimbMode(rarity, Wide(means.AsSpan(m * width, width)),
            [.. Enumerable.Range(m * width, width).Select(row => Wide(axes.AsSpan(row * width, width)))]))]);
    }

    private static PosePrior LoadShipped()
    {
        using Stream stream = typeof(PosePrior).Assembly.GetManifestResourceStream("pose-prior.safetensors")
            ?? throw new InvalidOperationException("The library was built without models/pose-prior.safetensors; run: impersonator body learn-prior --motions DIR -o models/pose-prior.safetensors");
        return Load(stream, "pose-prior.safetensors");
    }
}
