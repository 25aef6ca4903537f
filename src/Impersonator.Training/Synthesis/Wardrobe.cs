using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>Chooses skin, hair and clothes for a person.</summary>
internal sealed class Wardrobe(PeoplePack pack, Dice dice)
{
    private static readonly Vector3[] HairTones = [new(0.08f, 0.07f, 0.07f), new(0.16f, 0.11f, 0.08f), new(0.28f, 0.18f, 0.11f), new(0.42f, 0.29f, 0.17f), new(0.66f, 0.51f, 0.32f), new(0.55f, 0.27f, 0.14f), new(0.6f, 0.6f, 0.6f), new(0.85f, 0.84f, 0.82f)];

    private readonly Dictionary<Slot, List<Garment>> _bySlot = pack.Garments.GroupBy(g => g.Slot).ToDictionary(g => g.Key, g => g.ToList());
    private readonly Dyer _dyer = new(pack, dice);
    private Traits _wearer;

    /// <summary>From the skin outwards.</summary>
    public List<Worn> Worn { get; } = [];

    /// <summary>A bag or another thing, null for none.</summary>
    public Prop.Kind? Carries { get; private set; }

    /// <summary>The skin's.</summary>
    public Material SkinMaterial { get; private set; } = new();

    private Garment Tights => _bySlot[Slot.Tights][0];

    private Garment HeadShell => _bySlot[Slot.HeadShell][0];

    /// <summary>Dresses somebody.</summary>
    public void Choose(Traits who)
    {
        Worn.Clear();
        _dyer.Restart();
        _wearer = who;
        bool man = who.Male > 0.5f;
        float dark = Math.Clamp((MathF.Pow(dice.Unit(), 1.3f) * 1.05f) + dice.Normal(0.06f), 0, 1);
        SkinMaterial = _dyer.Skin(who, dark);
        Vector3 hairTone = who.Years > 60 && dice.Chance(0.8f) ? dice.Pick(HairTones[6..]) : HairTones[Math.Clamp((int)(dice.Unit() * 6 * (1.1f - dark)), 0, 5)];
        if (dice.Chance(0.03f)) hairTone = dice.Colour(0.4f, 0.9f, 0.3f, 0.9f);

        if (Suits(Slot.Brows) is { } brows) Worn.Add(new Worn(brows, _dyer.Hair(brows, hairTone * 0.7f)));
        if (Suits(Slot.Lashes) is { } lashes && dice.Chance(man ? 0.3f : 0.9f)) Worn.Add(new Worn(lashes, _dyer.Hair(lashes, new Vector3(0.08f))));
        Clothes(man);
        Legwear(man);
        if (!dice.Chance(0.17f) && Suits(Slot.Shoes) is { } shoes) Wear(shoes);

        Carry();

        // Below 0.08 cap, below 0.11 hood, below 0.14 headscarf.
        float headwear = dice.Unit();
        if (headwear is not (>= 0.08f and < 0.14f) && !dice.Chance(man ? 0.1f : 0.02f)) Hair(man, hairTone);
        if (man && who.Years > 18 && dice.Chance(0.4f)) Beard(hairTone);
        if (dice.Chance(0.06f)) Headwear(HeadCut.Kind.Muffler);
        if (headwear < 0.14f) Headwear(headwear < 0.08f ? HeadCut.Kind.Cap : headwear < 0.11f ? HeadCut.Kind.Hood : HeadCut.Kind.Scarf);
        else if (dice.Chance(0.12f) && Suits(Slot.Hat) is { } hat) Wear(hat);
        if (dice.Chance(0.14f) && Suits(Slot.Glasses) is { } glasses) Worn.Add(new Worn(glasses, _dyer.Own(glasses, Material.Kind.Glass)));
    }

    /// <summary>What bags and other things are made of.</summary>
    public Material Stuff() => _dyer.Stuff();

    private void Clothes(bool man)
    {
        if (dice.Chance(man ? 0.05f : 0.2f) && Suits(Slot.Suit) is { } suit) Wear(suit);
        else
        {
            // What is worn later lies outside.
            bool tucked = dice.Chance(0.25f);
            if (tucked) Top(man, close: true);
            if (dice.Chance(0.45f) && Suits(Slot.Bottom) is { } bottom) Wear(bottom);
            else Bottom(man);
            if (!tucked && dice.Chance(0.45f) && Suits(Slot.Top) is { } top) Wear(top);
            else if (!tucked) Top(man, close: false);
        }
        float outer = dice.Unit();
        if (outer < 0.04f) Bulky();
        else if (outer < 0.23f) Outer();
        else if (outer < 0.25f) Robe();
        if (dice.Chance(0.18f)) Worn.Add(new Worn(Tights, _dyer.Cloth(), new BandCut { Half = dice.Chance(0.8f) ? dice.Range(0.012f, 0.03f) : dice.Range(0.03f, 0.07f), Waist = dice.Range(0.03f, 0.2f), Slant = dice.Chance(0.2f) ? dice.Normal(0.2f) : 0, Loose = dice.Range(0.014f, 0.035f), CoversSkin = false }));
    }

    private void Carry()
    {
        float thing = dice.Unit();
        Carries = thing switch { < 0.08f => Prop.Kind.HandBag, < 0.12f => Prop.Kind.Backpack, < 0.16f => Prop.Kind.Held, < 0.175f => Prop.Kind.Instrument, _ => null };
        // Backpacks have two straps; other bags one, across.
        if (Carries == Prop.Kind.Backpack) Worn.Add(new Worn(Tights, _dyer.Stuff(), new BandCut { Straps = dice.Range(0.07f, 0.12f), Half = dice.Range(0.012f, 0.03f), Loose = dice.Range(0.018f, 0.04f), CoversSkin = false }));
        else if (dice.Chance(0.07f)) Worn.Add(new Worn(Tights, _dyer.Stuff(), new BandCut { Slant = dice.Sign() * dice.Range(1, 2.2f), Waist = dice.Range(0.2f, 0.32f), Half = dice.Range(0.012f, 0.05f), Loose = dice.Range(0.018f, 0.04f), CoversSkin = false }));
    }

    /// <summary>Socks, stockings, boots' shafts.</summary>
    private void Legwear(bool man)
    {
        float what = dice.Unit();
        if (what > 0.4f) return;
        Material material = _dyer.Cloth();
        bool boots = what < 0.13f;
        if (boots)
        {
            material.Fabric = new Fabric { Pattern = Fabric.Weave.Plain, First = _dyer.ClothColour() * 0.7f, FoldDepth = dice.Range(0.05f, 0.3f), FoldA = new Vector3(0, 40, 10), FoldB = new Vector3(20, 60, 0), FoldC = new Vector3(10, 90, 20) };
            (material.Gloss, material.Shininess) = (dice.Range(0.03f, 0.3f), 25);
        }
        else if (dice.Chance(0.5f)) material.Fabric.Pattern = Fabric.Weave.Plain;
        float top = boots ? dice.Range(0.12f, 0.55f) : dice.Chance(0.6f) ? dice.Range(0.04f, 0.2f) : dice.Range(0.2f, man ? 0.45f : 0.95f);
        Worn.Add(new Worn(Tights, material, new LegCut { Top = top, Lower = true, Loose = boots ? dice.Range(0.006f, 0.02f) : 0.0025f, CoversSkin = false, Only = dice.Chance(0.03f) ? 1 + dice.Below(2) : 0 }));
    }

    private Garment? Suits(Slot slot)
    {
        if (!_bySlot.TryGetValue(slot, out List<Garment>? list)) return null;
        for (int tries = 0; tries < 12; tries++)
        {
            Garment garment = dice.Pick(list);
            if (MathF.Abs(garment.Male - _wearer.Male) < 0.6f || dice.Chance(0.04f)) return garment;
        }
        return null;
    }

    private void Wear(Garment garment) => Worn.Add(new Worn(garment, _dyer.Garment(garment, garment.Slot == Slot.Suit && _wearer.Male < 0.5f)));

    private void Hair(bool man, Vector3 tone)
    {
        float what = dice.Unit();
        Garment? style = what < (man ? 0.5f : 0.6f) ? Suits(Slot.Hair) : null;
        if (style != null)
        {
            Worn.Add(new Worn(style, _dyer.Hair(style, tone)));
            return;
        }
        Material material = _dyer.Hair(null, tone);
        bool loose = !man || dice.Chance(0.1f), curly = dice.Chance(loose ? 0.35f : 0.2f);
        if (curly)
        {
            // Curls catch the light everywhere.
            material.Fabric.FoldDepth = dice.Range(0.3f, 1);
            (material.Fabric.FoldA, material.Fabric.FoldB, material.Fabric.FoldC) = (dice.Direction() * dice.Range(60, 140), dice.Direction() * dice.Range(120, 220), dice.Direction() * dice.Range(160, 260));
        }
        float worn = loose ? dice.Unit() : 1;
        if (worn < 0.6f)
        {
            Worn.Add(new Worn(HeadShell, material, new HeadCut { What = HeadCut.Kind.CloseHair, CoversSkin = false, Round = 0, Loose = dice.Range(0.006f, 0.015f), Edge = dice.Range(-0.01f, 0.005f), Ragged = 0.002f }));
            Worn.Add(new Worn(null, material, Hair: new LongHairCut
            {
                Length = dice.Chance(0.4f) ? dice.Range(0.08f, 0.2f) : dice.Range(0.15f, 0.55f),
                Open = dice.Range(0.75f, 1.5f),
                Volume = dice.Range(0.008f, curly ? 0.06f : 0.03f),
                Spread = dice.Range(0, curly ? 0.3f : 0.12f),
                WaveDepth = dice.Chance(0.6f) ? dice.Range(0.01f, 0.06f) : 0,
                Waves = dice.Range(4, 14),
                Part = dice.Normal(0.5f),
                Ragged = dice.Range(0, 0.3f),
            }));
            return;
        }
        if (worn < 0.9f)
        {
            bool bun = dice.Chance(0.45f);
            Worn.Add(new Worn(HeadShell, material, new HeadCut { What = HeadCut.Kind.CloseHair, CoversSkin = false, Round = 0, Loose = dice.Range(0.003f, 0.012f), Edge = dice.Range(-0.012f, 0.005f), Ragged = 0.002f }));
            Worn.Add(new Worn(null, material, Tail: new HairTailCut
            {
                Rise = dice.Range(-0.25f, bun ? 1.5f : 1.1f),
                Aside = dice.Normal(0.25f),
                Length = bun ? 0 : dice.Range(0.1f, 0.45f),
                Radius = bun ? dice.Range(0.028f, 0.06f) : dice.Range(0.015f, 0.04f),
                Arch = dice.Range(0.02f, 0.08f),
                Waves = dice.Range(0, 0.3f),
            }));
            return;
        }
        Worn.Add(new Worn(HeadShell, material, new HeadCut
        {
            What = HeadCut.Kind.CloseHair,
            CoversSkin = false,
            Round = curly && dice.Chance(0.6f) ? dice.Range(0.11f, 0.18f) : 0,
            Loose = curly ? dice.Range(0.015f, 0.06f) : dice.Range(0.002f, 0.022f),
            Edge = dice.Range(-0.012f, 0.01f),
            Ragged = dice.Range(0.001f, curly ? 0.008f : 0.004f),
        }));
    }

    private void Beard(Vector3 tone)
    {
        if (dice.Chance(0.3f) && Suits(Slot.Beard) is { } beard) Worn.Add(new Worn(beard, _dyer.Hair(beard, tone)));
        else Worn.Add(new Worn(HeadShell, _dyer.Hair(null, tone * dice.Range(0.8f, 1.2f)), new HeadCut { What = HeadCut.Kind.Beard, CoversSkin = false, Loose = dice.Chance(0.2f) ? dice.Range(0.01f, 0.03f) : dice.Range(0.001f, 0.01f), Edge = dice.Range(-0.02f, 0.005f), Ragged = dice.Range(0.001f, 0.004f) }));
    }

    private void Headwear(HeadCut.Kind kind)
    {
        Worn? upper = Worn.FindLast(w => w.Cut is { Upper: true });
        Material material = kind == HeadCut.Kind.Hood && upper != null ? upper.Material : _dyer.Cloth();
        // Peaked caps, some worn backwards; hats with a brim all round.
        if (kind == HeadCut.Kind.Cap && dice.Chance(0.7f))
        {
            bool brim = dice.Chance(0.3f);
            Worn.Add(new Worn(null, dice.Chance(0.7f) ? material : _dyer.Cloth(), Visor: new VisorCut
            {
                HalfSweep = brim ? MathF.PI : dice.Range(0.9f, 1.4f),
                Length = brim ? dice.Range(0.03f, 0.14f) : dice.Range(0.04f, 0.09f),
                Droop = brim ? dice.Range(-0.4f, 0.9f) : dice.Range(0, 0.6f),
                Wave = dice.Normal(0.015f),
                Height = dice.Range(0.06f, 0.085f),
            }));
        }
        Worn.Add(new Worn(HeadShell, material, new HeadCut
        {
            What = kind,
            Upper = true,
            CoversSkin = false,
            Edge = dice.Range(-0.012f, 0.015f),
            Round = kind == HeadCut.Kind.Hood ? dice.Range(0.115f, 0.15f) : dice.Range(0.105f, 0.125f),
            Loose = kind == HeadCut.Kind.Muffler ? dice.Range(0.015f, 0.045f) : kind == HeadCut.Kind.Scarf ? dice.Range(0.006f, 0.02f) : dice.Range(0.005f, 0.012f),
        }));
    }

    private void Bottom(bool man)
    {
        float what = dice.Unit();
        if (what < (man ? 0.03f : 0.5f))
        {
            Worn.Add(new Worn(null, _dyer.Cloth(), Skirt: SkirtOf(dice.Chance(0.45f) ? dice.Range(0.6f, 1.02f) : dice.Range(0.2f, 0.6f))));
            return;
        }
        float hem = what < 0.74f ? dice.Range(0.9f, 1.01f) : what < 0.92f ? dice.Range(0.2f, 0.55f) : dice.Range(0.02f, 0.12f);
        bool loose = dice.Chance(man ? 0.75f : 0.5f), wide = dice.Chance(0.18f);
        Worn.Add(new Worn(Tights, _dyer.Cloth(), new Cut
        {
            Lower = true,
            Hem = hem,
            Waist = dice.Range(0.04f, 0.16f),
            Loose = wide ? dice.Range(0.015f, 0.035f) : loose ? dice.Range(0.006f, 0.018f) : 0.002f,
            Flare = wide ? dice.Range(0.02f, 0.1f) : loose ? dice.Range(-0.005f, 0.03f) : 0,
            Drape = wide ? dice.Range(0.7f, 1) : loose ? dice.Range(0.1f, 1) : 0,
        }));
    }

    private SkirtCut SkirtOf(float hem)
    {
        bool pleated = dice.Chance(0.4f), full = dice.Chance(0.3f);
        return new SkirtCut
        {
            Hem = hem,
            Waist = dice.Range(0.05f, 0.16f),
            Loose = dice.Range(0.003f, 0.015f),
            Flare = full ? dice.Range(0.15f, 0.5f) : dice.Range(-0.02f, 0.15f),
            Drape = dice.Range(0.3f, 1),
            PleatDepth = pleated ? dice.Range(0.02f, 0.1f) : 0,
            Pleats = 5 + dice.Below(12),
            Slant = dice.Chance(0.1f) ? dice.Normal(0.4f) : 0,
            Train = dice.Chance(0.1f) ? dice.Range(0, 0.5f) : 0,
            WithShins = dice.Range(0, 0.8f),
        };
    }

    private void Top(bool man, bool close)
    {
        if (dice.Chance(man ? 0.06f : 0.01f)) return;
        float what = dice.Unit();
        bool loose = !close && dice.Chance(0.7f), dress = !close && !man && dice.Chance(0.25f);
        float sleeve = what < 0.45f ? dice.Range(0.88f, 1.02f) : what < 0.88f ? dice.Range(0.18f, 0.45f) : what < 0.94f ? dice.Range(0.5f, 0.85f) : dice.Range(-0.1f, 0.05f);
        Material cloth = _dyer.Cloth();
        if (dress) Worn.Add(new Worn(null, cloth, Skirt: SkirtOf(dice.Range(0.25f, 1.02f))));
        Worn.Add(new Worn(Tights, cloth, new Cut
        {
            Upper = true,
            Sleeve = sleeve,
            Hem = close ? dice.Range(-0.2f, -0.12f) : dress ? dice.Range(-0.2f, 0) : dice.Chance(0.08f) ? dice.Range(-0.4f, -0.2f) : dice.Range(-0.1f, 0.32f),
            Neck = dice.Chance(0.15f) ? dice.Range(0.04f, 0.08f) : dice.Range(-0.02f, 0.03f),
            NeckWidth = dice.Range(0.05f, 0.11f),
            NeckPoint = dice.Range(0.01f, man ? 0.08f : 0.15f),
            Loose = loose ? dice.Range(0.006f, 0.02f) : dice.Range(0.002f, 0.006f),
            SleeveLoose = loose ? dice.Range(0, 0.012f) : 0,
            SleeveFlare = loose && dice.Chance(0.3f) ? dice.Range(0, 0.1f) : 0,
            Flare = loose ? dice.Range(0, 0.06f) : 0,
            Drape = loose ? dice.Range(0.2f, 1) : 0,
        }));
    }

    /// <summary>Quilted, padded, inflated: ski suits and the like, over everything.</summary>
    private void Bulky()
    {
        Material cloth = _dyer.Cloth();
        float loose = dice.Range(0.025f, 0.06f);
        Worn.Add(new Worn(Tights, cloth, new Cut { Lower = true, Hem = dice.Range(0.9f, 1), Waist = 0.12f, Loose = loose, Drape = dice.Unit(), CoversSkin = false }));
        Worn.Add(new Worn(Tights, dice.Chance(0.6f) ? cloth : _dyer.Cloth(), new Cut { Upper = true, Sleeve = dice.Range(0.93f, 1.02f), Hem = dice.Range(-0.05f, 0.1f), Neck = dice.Range(0.03f, 0.09f), NeckPoint = 0.02f, Loose = loose + 0.01f, Drape = dice.Unit(), CoversSkin = false }));
    }

    /// <summary>Down to the feet, wide sleeves: dressing gowns, djellabas, kimonos, choir robes.</summary>
    private void Robe()
    {
        Material cloth = _dyer.Cloth();
        Worn.Add(new Worn(null, cloth, Skirt: SkirtOf(dice.Range(0.7f, 1.02f)) with { Waist = 0.16f, Loose = dice.Range(0.02f, 0.05f), Drape = 1 }));
        Worn.Add(new Worn(Tights, cloth, new Cut { Upper = true, Sleeve = dice.Range(0.75f, 1.03f), Hem = 0.02f, Neck = dice.Range(0, 0.05f), NeckPoint = dice.Range(0.02f, 0.25f), Loose = dice.Range(0.025f, 0.05f), SleeveLoose = dice.Range(0.01f, 0.03f), SleeveFlare = dice.Range(0, 0.15f), Drape = 1, CoversSkin = false }));
    }

    /// <summary>A jacket, cardigan or coat over the rest, open or closed, with or without a long lower part.</summary>
    private void Outer()
    {
        Material cloth = _dyer.Cloth();
        if (cloth.Fabric.Pattern is Fabric.Weave.Camouflage or Fabric.Weave.Dots or Fabric.Weave.StripesAcross && dice.Chance(0.7f)) cloth.Fabric.Pattern = Fabric.Weave.Plain;
        cloth.Fabric.Logo = null;
        float open = dice.Chance(0.6f) ? dice.Range(0.02f, 0.14f) : 0;
        bool coat = dice.Chance(0.35f);
        if (coat) Worn.Add(new Worn(null, cloth, Skirt: new SkirtCut { Hem = dice.Range(0.25f, 0.85f), Waist = 0.14f, Loose = dice.Range(0.02f, 0.05f), Flare = dice.Range(0, 0.12f), Open = open, Drape = dice.Range(0.6f, 1), WithShins = dice.Range(0, 0.4f) }));
        Worn.Add(new Worn(Tights, cloth, new Cut
        {
            Upper = true,
            Sleeve = dice.Chance(0.85f) ? dice.Range(0.93f, 1.04f) : dice.Range(-0.1f, 0.05f),
            Hem = coat ? 0.02f : dice.Range(-0.1f, 0.25f),
            Neck = dice.Range(0, 0.08f),
            NeckWidth = dice.Range(0.06f, 0.1f),
            NeckPoint = dice.Range(0.02f, 0.3f),
            Open = open,
            Loose = coat && dice.Chance(0.4f) ? dice.Range(0.035f, 0.06f) : dice.Range(0.022f, 0.035f),
            SleeveLoose = dice.Range(0, 0.015f),
            SleeveFlare = dice.Chance(0.25f) ? dice.Range(0, 0.1f) : 0,
            Drape = dice.Range(0.3f, 1),
            CoversSkin = false,
        }));
    }
}
