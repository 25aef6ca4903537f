using System.Numerics;

namespace Impersonator.Bodies.Learning;

/// <summary>Draws bodies from MakeHuman's phenotype targets and details.</summary>
/// <remarks>A macro target's file name lists its factors; its weight is their product (MakeHuman's own rule).</remarks>
internal sealed class PhenotypeSampler
{
    private static readonly string[] DetailFolders = ["head", "nose", "chin", "cheek", "ears", "neck", "forehead", "stomach", "hip", "torso", "buttocks", "mouth"];
    private static readonly HashSet<string> KnownFactors =
    [
        "male", "female", "baby", "child", "young", "old", "african", "asian", "caucasian", "universal", "maxmuscle", "averagemuscle", "minmuscle",
        "maxweight", "averageweight", "minweight", "maxheight", "minheight", "idealproportions", "uncommonproportions",
        "mincup", "averagecup", "maxcup", "minfirmness", "averagefirmness", "maxfirmness",
    ];

    private readonly MakeHumanData _data;
    private readonly (string[] Factors, MakeHumanData.Target Target)[] _macros;
    private readonly MakeHumanData.Target[] _details, _measures;

    public PhenotypeSampler(MakeHumanData data)
    {
        _data = data;
        static bool Known(string name) => name.Split('-').All(KnownFactors.Contains);
        _macros = [.. data.Targets("macrodetails", Known).Concat(data.Targets("breast", Known)).Select(t => (t.Name.Split('-'), t))];
        _details = [.. DetailFolders.SelectMany(folder => data.Targets(folder)).Where(t => t.Offsets.Length > 60)];
        _measures = data.Targets("measure");
    }

    /// <summary>A random person: traits, and all base vertices of the body.</summary>
    public (Phenotype Phenotype, Vector3[] Vertices) Draw(Random random)
    {
        float Unit() => random.NextSingle();
        float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - Unit())) * MathF.Cos(2 * MathF.PI * Unit());
        float gender = Unit() < 0.08f ? Unit() : Unit() < 0.5f ? 0.85f + (0.15f * Unit()) : 0.15f * Unit();
        float age = Unit() switch { < 0.12f => 10 + (8 * Unit()), < 0.35f => 45 + (45 * Unit()), _ => 18 + (27 * Unit()) };
        float Trait(float sigma) => Math.Clamp(0.5f + (sigma * Normal()), 0, 1);
        var phenotype = new Phenotype(gender, age, Trait(0.23f), Trait(0.2f), Trait(0.2f), Trait(0.2f));
        float[] ancestry = [MathF.Pow(Unit(), 3), MathF.Pow(Unit(), 3), MathF.Pow(Unit(), 3)];
        Vector3[] vertices = Body(phenotype, ancestry, Trait(0.22f), Trait(0.2f));
        for (int k = random.Next(12); k > 0; k--) Add(vertices, _details[random.Next(_details.Length)], 0.6f * Unit());
        for (int k = random.Next(5); k > 0 && _measures.Length > 0; k--) Add(vertices, _measures[random.Next(_measures.Length)], 0.35f * Unit());
        return (phenotype, vertices);
    }

    /// <summary>The body of a phenotype without details.</summary>
    /// <param name="phenotype">Traits.</param>
    /// <param name="ancestry">African, Asian, Caucasian shares, normalised here.</param>
    /// <param name="cup">Breast size, [0, 1].</param>
    /// <param name="firmness">Breast firmness, [0, 1].</param>
    public Vector3[] Body(Phenotype phenotype, ReadOnlySpan<float> ancestry, float cup, float firmness)
    {
        // MakeHuman's age axis: 0 baby, 0.1875 child of 12, 0.5 adult of 25, 1 old of 90.
        float years = phenotype.Age;
        float age = years < 12 ? years / 12 * 0.1875f : years < 25 ? 0.1875f + ((years - 12) / 13 * 0.3125f) : 0.5f + ((years - 25) / 65 * 0.5f);
        float young = age < 0.5f ? MathF.Max(0, (age - 0.1875f) * 3.2f) : 2 - (2 * age);
        float baby = MathF.Max(0, 1 - (age * 5.333f)), child = age < 0.5f ? MathF.Max(0, MathF.Min(1, age * 5.333f) - young) : 0;
        float sum = ancestry[0] + ancestry[1] + ancestry[2];
        static float Most(float v) => MathF.Max(0, (2 * v) - 1);
        static float Least(float v) => MathF.Max(0, 1 - (2 * v));
        static float Middle(float v) => 1 - Most(v) - Least(v);
        var amounts = new Dictionary<string, float>
        {
            ["male"] = phenotype.Gender,
            ["female"] = 1 - phenotype.Gender,
            ["universal"] = 1,
            ["baby"] = baby,
            ["child"] = child,
            ["young"] = young,
            ["old"] = MathF.Max(0, (2 * age) - 1),
            ["african"] = ancestry[0] / sum,
            ["asian"] = ancestry[1] / sum,
            ["caucasian"] = ancestry[2] / sum,
            ["maxmuscle"] = Most(phenotype.Muscle),
            ["averagemuscle"] = Middle(phenotype.Muscle),
            ["minmuscle"] = Least(phenotype.Muscle),
            ["maxweight"] = Most(phenotype.Weight),
            ["averageweight"] = Middle(phenotype.Weight),
            ["minweight"] = Least(phenotype.Weight),
            ["maxheight"] = Most(phenotype.Height),
            ["minheight"] = Least(phenotype.Height),
            ["idealproportions"] = Most(phenotype.Proportions),
            ["uncommonproportions"] = Least(phenotype.Proportions),
            ["mincup"] = Least(cup),
            ["averagecup"] = Middle(cup),
            ["maxcup"] = Most(cup),
            ["minfirmness"] = Least(firmness),
            ["averagefirmness"] = Middle(firmness),
            ["maxfirmness"] = Most(firmness),
        };
        Vector3[] vertices = [.. _data.Vertices];
        foreach ((string[] factors, MakeHumanData.Target target) in _macros)
        {
            float amount = 1;
            foreach (string factor in factors) amount *= amounts[factor];
            if (amount > 1e-4f) Add(vertices, target, amount);
        }
        return vertices;
    }

    private static void Add(Vector3[] vertices, MakeHumanData.Target target, float amount)
    {
        foreach ((int vertex, Vector3 offset) in target.Offsets) vertices[vertex] += amount * offset;
    }
}
