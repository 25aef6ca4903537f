using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>Chooses colours, fabrics and materials.</summary>
internal sealed class Dyer(PeoplePack pack, Dice dice)
{
    private static readonly Vector3 Lightness = new(0.3f, 0.5f, 0.2f);

    /// <summary>Skin tones from fair to dark, gamma space.</summary>
    private static readonly Vector3[] Tones = [new(0.93f, 0.78f, 0.70f), new(0.88f, 0.70f, 0.59f), new(0.80f, 0.60f, 0.47f), new(0.68f, 0.48f, 0.36f), new(0.50f, 0.34f, 0.25f), new(0.34f, 0.23f, 0.18f)];

    private Fabric? _last;

    /// <summary>What all clothes of a person are coloured like, if anything: all in black, in white, in one colour.</summary>
    private Vector3? _tone;

    /// <summary>Begins with another person.</summary>
    public void Restart()
    {
        (_last, _tone) = (null, null);
        if (!dice.Chance(0.14f)) return;
        float what = dice.Unit();
        _tone = what < 0.6f ? new Vector3(dice.Range(0.02f, 0.17f)) + dice.NormalVector(0.012f) : what < 0.75f ? new Vector3(dice.Range(0.75f, 0.95f)) : ClothColour();
    }

    /// <summary>Skin of a darkness in [0, 1].</summary>
    public Material Skin(Traits who, float dark)
    {
        float place = dark * (Tones.Length - 1.001f);
        Vector3 tone = Vector3.Lerp(Tones[(int)place], Tones[(int)place + 1], place - (int)place) + dice.NormalVector(0.025f);
        var material = new Material
        {
            Look = Material.Kind.Skin,
            Base = tone,
            Gloss = dice.Range(0.02f, 0.12f),
            Shininess = dice.Range(8, 40),
            Wrap = 0.25f,
            WrapTint = new Vector3(0.35f, 0.12f, 0.06f),
            White = new Vector3(dice.Range(0.7f, 0.9f)) + dice.NormalVector(0.02f),
            Iris = dice.Chance(0.6f) ? Dice.FromHsv(dice.Range(0.04f, 0.1f), 0.6f, dice.Range(0.1f, 0.4f)) : Dice.FromHsv(dice.Range(0.25f, 0.6f), dice.Range(0.1f, 0.5f), dice.Range(0.3f, 0.6f)),
        };
        (material.RowR, material.RowG, material.RowB) = (default, default, default);
        List<PackSkin> fitting = pack.Skins.FindAll(s => MathF.Abs(s.Male - who.Male) < 0.55f && MathF.Abs(s.Darkness - dark) < 0.35f);
        if (fitting.Count == 0 && pack.Skins.Count > 0) fitting = [pack.Skins.MinBy(s => MathF.Abs(s.Male - who.Male) + MathF.Abs(s.Darkness - dark))!];
        if (fitting.Count == 0) return material;
        PackTexture texture = pack.Textures[dice.Pick(fitting).Texture];
        // Scale its channels so that its mean moves half-way to the tone.
        Vector3 gain = Vector3.Lerp(texture.Mean, tone, 0.5f) / Vector3.Max(texture.Mean, new Vector3(0.02f));
        (material.Texture, material.Base) = (texture, default);
        (material.RowR, material.RowG, material.RowB) = (new Vector3(gain.X, 0, 0), new Vector3(0, gain.Y, 0), new Vector3(0, 0, gain.Z));
        return material;
    }

    /// <summary>Hair: only a texture's lightness stays, and a colour is laid on it.</summary>
    public Material Hair(Garment? garment, Vector3 tone)
    {
        var material = new Material { Look = Material.Kind.Hair, Cutout = garment?.Cutout ?? false, Gloss = dice.Range(0.03f, 0.15f), Shininess = dice.Range(10, 30), Wrap = 0.3f };
        if (garment is not { Texture: >= 0 })
        {
            (material.Base, material.RowR, material.RowG, material.RowB) = (tone, default, default, default);
            return material;
        }
        material.Texture = pack.Textures[garment.Texture];
        Vector3 grey = Lightness / MathF.Max(0.06f, Vector3.Dot(material.Texture.Mean, Lightness));
        (material.RowR, material.RowG, material.RowB) = (grey * tone.X, grey * tone.Y, grey * tone.Z);
        return material;
    }

    /// <summary>A garment's own picture.</summary>
    public Material Own(Garment garment, Material.Kind look) => new()
    {
        Look = look,
        Cutout = garment.Cutout,
        Texture = garment.Texture < 0 ? null : pack.Textures[garment.Texture],
        Base = garment.Texture < 0 ? new Vector3(0.15f) : default,
        Gloss = look == Material.Kind.Glass ? 0.4f : 0.02f,
        Shininess = 60,
    };

    /// <summary>A garment of the pack: as it is, dyed, or in another fabric.</summary>
    public Material Garment(Garment garment, bool repeatsOften)
    {
        Material material = Own(garment, Material.Kind.Cloth);
        (material.Gloss, material.Shininess) = garment.Slot == Slot.Shoes ? (dice.Range(0.02f, 0.25f), 30) : (dice.Range(0, 0.05f), 12);
        if (material.Texture == null) material.Fabric = Fabric();
        else if (dice.Chance(_tone != null ? 0.8f : repeatsOften ? 0.6f : 0.35f)) (material.Fabric = Fabric()).Detail = 1;
        else if (dice.Chance(0.75f)) Dye(material);
        material.Fabric.FoldDepth *= 0.4f;
        return material;
    }

    /// <summary>Tailored cloth.</summary>
    public Material Cloth() => new() { Look = Material.Kind.Cloth, Fabric = Fabric(), Gloss = dice.Chance(0.12f) ? dice.Range(0.08f, 0.3f) : dice.Range(0, 0.06f), Shininess = dice.Range(6, 20) };

    /// <summary>What bags and other things are made of.</summary>
    public Material Stuff() => new() { Look = Material.Kind.Cloth, Fabric = new Fabric { Pattern = Synthesis.Fabric.Weave.Plain, First = ClothColour() }, Gloss = dice.Range(0, 0.2f), Shininess = 25 };

    /// <summary>A colour that clothes have.</summary>
    public Vector3 ClothColour()
    {
        if (_tone is { } tone) return Vector3.Clamp((tone * dice.Range(0.75f, 1.25f)) + dice.NormalVector(0.008f), Vector3.Zero, Vector3.One);
        float what = dice.Unit();
        return what < 0.2f ? new Vector3(dice.Range(0.02f, 0.15f)) + dice.NormalVector(0.015f)
            : what < 0.37f ? new Vector3(dice.Range(0.7f, 0.97f)) + dice.NormalVector(0.02f)
            : what < 0.5f ? new Vector3(dice.Range(0.2f, 0.65f)) + dice.NormalVector(0.03f)
            : what < 0.65f ? Dice.FromHsv(dice.Range(0.57f, 0.66f), dice.Range(0.25f, 0.8f), dice.Range(0.15f, 0.6f))
            : what < 0.75f ? Dice.FromHsv(dice.Range(0.05f, 0.14f), dice.Range(0.2f, 0.6f), dice.Range(0.25f, 0.8f))
            : dice.Colour(0.3f, 1, 0.2f, 0.95f);
    }

    /// <summary>Any fabric; now and then like the last one, as suits and uniforms are.</summary>
    public Fabric Fabric()
    {
        if (_last != null && dice.Chance(0.2f))
            return new Fabric { Pattern = _last.Pattern, First = _last.First, Second = _last.Second, Period = _last.Period, Share = _last.Share, Surface = _last.Surface, SurfaceScale = _last.SurfaceScale, LogoPlace = _last.LogoPlace, Detail = 0, FoldA = _last.FoldB, FoldB = _last.FoldA, FoldC = _last.FoldC, FoldDepth = _last.FoldDepth };
        var fabric = new Fabric { First = ClothColour(), Second = ClothColour(), Detail = 0 };
        float what = dice.Unit() * (_tone != null && dice.Chance(0.7f) ? 0.44f : 1);
        fabric.Pattern = what switch
        {
            < 0.44f => Synthesis.Fabric.Weave.Plain,
            < 0.51f => Synthesis.Fabric.Weave.StripesAcross,
            < 0.56f => Synthesis.Fabric.Weave.StripesDown,
            < 0.61f => Synthesis.Fabric.Weave.Checks,
            < 0.64f => Synthesis.Fabric.Weave.Dots,
            < 0.66f => Synthesis.Fabric.Weave.Camouflage,
            < 0.68f => Synthesis.Fabric.Weave.Gradient,
            < 0.7f => Synthesis.Fabric.Weave.Blocks,
            _ => Synthesis.Fabric.Weave.Surface,
        };
        if (fabric.Pattern == Synthesis.Fabric.Weave.Surface)
        {
            IReadOnlyList<PackTexture> choices = pack.Fabrics.Count > 0 && !dice.Chance(0.12f) ? pack.Fabrics : pack.Backdrops;
            if (choices.Count == 0) fabric.Pattern = Synthesis.Fabric.Weave.Plain;
            else
            {
                fabric.Surface = dice.Pick(choices);
                fabric.SurfaceScale = dice.Range(1.2f, 5);
                fabric.First = dice.Chance(0.5f) ? Vector3.One : fabric.First / Vector3.Max(fabric.Surface.Mean, new Vector3(0.1f));
            }
        }
        fabric.Period = fabric.Pattern == Synthesis.Fabric.Weave.Camouflage ? dice.Range(0.06f, 0.15f) : MathF.Exp(dice.Range(MathF.Log(0.008f), MathF.Log(0.12f)));
        fabric.Share = dice.Range(0.2f, 0.6f);
        fabric.LogoPlace = new Vector3(dice.Normal(0.03f), dice.Range(0.95f, 1.3f), dice.Sign());
        if (pack.Backdrops.Count > 0 && fabric.Pattern == Synthesis.Fabric.Weave.Plain && dice.Chance(0.25f))
        {
            fabric.Logo = dice.Chance(0.7f) ? dice.Pick(pack.Backdrops) : pack.Fabrics.Count > 0 ? dice.Pick(pack.Fabrics) : null;
            (fabric.LogoPlace.Y, fabric.LogoSize) = (dice.Range(1.1f, 1.28f), dice.Range(0.05f, 0.28f));
        }
        fabric.Band = dice.Chance(0.2f) ? dice.Range(0.01f, 0.06f) : 0;
        (fabric.Seam, fabric.Buttons) = (dice.Chance(0.6f), dice.Chance(0.3f));
        fabric.FoldDepth = dice.Range(0.05f, 0.5f);
        Vector3 Wave(float low, float high) => (dice.Direction() + new Vector3(0, dice.Range(0, 1.2f), 0)) * dice.Range(low, high);
        (fabric.FoldA, fabric.FoldB, fabric.FoldC) = (Wave(15, 40), Wave(30, 70), Wave(60, 130));
        _last = fabric;
        return fabric;
    }

    /// <summary>Turns a texture's hues and changes its saturation and brightness.</summary>
    private void Dye(Material material)
    {
        float angle = dice.Range(0, 2 * MathF.PI), cos = MathF.Cos(angle), sin = MathF.Sin(angle), third = (1 - cos) / 3, root = MathF.Sqrt(1 / 3f) * sin;
        float saturation = dice.Range(0.2f, 1.4f), gain = dice.Range(0.5f, 1.4f);
        Vector3 Row(Vector3 turned) => Vector3.Lerp(new Vector3(1 / 3f), turned, saturation) * gain;
        material.RowR = Row(new Vector3(cos + third, third - root, third + root));
        material.RowG = Row(new Vector3(third + root, cos + third, third - root));
        material.RowB = Row(new Vector3(third - root, third + root, cos + third));
        if (dice.Chance(0.5f)) material.Base = dice.Colour(0.2f, 1, 0.1f, 0.9f) * 0.35f;
    }
}
