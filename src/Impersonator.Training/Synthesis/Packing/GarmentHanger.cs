using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis.Packing;

/// <summary>Carries MakeHuman's garments over to the library's body: T-pose, metres, 52 joints.</summary>
internal sealed class GarmentHanger(BaseBodies bodies)
{
    /// <summary>The invisible tights of the base mesh, that our own cloth is cut from.</summary>
    public Garment Tights()
    {
        ushort[] triangles = bodies.Triangles("helper-tights");
        int[] used = [.. triangles.Select(v => (int)v).Distinct().Order()];
        var place = used.Select((v, i) => (v, i)).ToDictionary(x => x.v, x => (ushort)x.i);
        ushort[] vertices = [.. used.Select(v => (ushort)bodies.Combined[v])];
        ushort[] below = Below([.. used.Select(v => bodies.AveragePosed[v])]);
        var baseOf = used.ToDictionary(v => bodies.Combined[v]);
        return Shells.FromVertices("tights", Slot.Tights, vertices, TriangleSet.Plain([.. triangles.Select(v => place[v])]), v => bodies.Weights[baseOf[v]], below);
    }

    /// <summary>Hangs a file's garment.</summary>
    public Garment Hang(string name, string path, GarmentFile file)
    {
        int count = file.VertexCount;
        Vector3 scale = new(0.1f);
        for (int axis = 0; axis < 3; axis++)
            if (file.Scales[axis] is { Divisor: > 0 } s) scale[axis] = MathF.Abs(bodies.Average[s.A][axis] - bodies.Average[s.B][axis]) / s.Divisor;
        var influences = new IEnumerable<(int, float)>[count];
        var more = new (Vector3, JointWeights)[count];
        for (int v = 0; v < count; v++)
        {
            var sums = new SortedDictionary<int, float>();
            Vector3 place = new Vector3(file.Offsets[3 * v], file.Offsets[(3 * v) + 1], file.Offsets[(3 * v) + 2]) * scale;
            for (int k = 0; k < 3; k++)
            {
                (int anchor, float weight) = (file.Anchors[(3 * v) + k], file.Weights[(3 * v) + k]);
                place += bodies.Average[anchor] * weight;
                for (int j = 0; j < JointWeights.Count; j++) sums[bodies.Weights[anchor].Joint(j)] = sums.GetValueOrDefault(bodies.Weights[anchor].Joint(j)) + (weight * bodies.Weights[anchor].Weight(j));
            }
            influences[v] = [.. sums.Select(s => (s.Key, s.Value))];
            more[v].Item1 = place;
        }
        (byte[] joints, byte[] bytes) = JointBytes.Of(influences);
        for (int v = 0; v < count; v++)
            more[v].Item2 = new JointWeights(joints[4 * v], joints[(4 * v) + 1], joints[(4 * v) + 2], joints[(4 * v) + 3], bytes[4 * v] / 255f, bytes[(4 * v) + 1] / 255f, bytes[(4 * v) + 2] / 255f, bytes[(4 * v) + 3] / 255f);
        Vector3[] posed = bodies.TPosed(bodies.Average, more)[bodies.Average.Length..];

        var offsets = new float[3 * count];
        for (int v = 0; v < count; v++)
        {
            Vector3 off = posed[v];
            for (int k = 0; k < 3; k++) off -= bodies.AveragePosed[file.Anchors[(3 * v) + k]] * file.Weights[(3 * v) + k];
            off.CopyTo(offsets, 3 * v);
        }
        Slot slot = SlotOf(path, name, posed);
        var garment = new Garment
        {
            Name = name,
            Slot = slot,
            Male = MaleOf(name, slot),
            Anchors = [.. file.Anchors.Select(a => (ushort)bodies.Combined[a])],
            AnchorWeights = [.. file.Weights],
            Offsets = offsets,
            Joints = joints,
            JointBytes = bytes,
            Below = Below(posed),
            Covered = [.. file.Covered.Where(v => v < Figure.FirstEyeVertex).Distinct().Order().Select(v => (ushort)v)],
            Triangles = file.Triangles,
        };
        for (int axis = 0; axis < 3; axis++)
        {
            if (file.Scales[axis] is not { Divisor: > 0 } s) continue;
            (garment.ScaleAnchors[2 * axis], garment.ScaleAnchors[(2 * axis) + 1]) = ((ushort)bodies.Combined[s.A], (ushort)bodies.Combined[s.B]);
            garment.ScaleLengths[axis] = Vector3.Distance(bodies.AveragePosed[s.A], bodies.AveragePosed[s.B]);
        }
        return garment;
    }

    /// <summary>The nearest skin vertex of each place on the average body.</summary>
    private ushort[] Below(Vector3[] places)
    {
        const float Cell = 0.04f;
        static (int, int, int) CellOf(Vector3 p) => ((int)MathF.Floor(p.X / Cell), (int)MathF.Floor(p.Y / Cell), (int)MathF.Floor(p.Z / Cell));
        ILookup<(int, int, int), int> cells = Enumerable.Range(0, Figure.FirstEyeVertex).ToLookup(v => CellOf(bodies.AveragePosed[v]));
        var below = new ushort[places.Length];
        Parallel.For(0, places.Length, i =>
        {
            (int x, int y, int z) = CellOf(places[i]);
            (int best, float distance) = (0, float.MaxValue);
            for (int reach = 1; reach <= 8 && distance > (reach - 1) * Cell * (reach - 1) * Cell; reach *= 2)
                for (int dx = -reach; dx <= reach; dx++)
                    for (int dy = -reach; dy <= reach; dy++)
                        for (int dz = -reach; dz <= reach; dz++)
                            foreach (int v in cells[(x + dx, y + dy, z + dz)])
                                if (Vector3.DistanceSquared(bodies.AveragePosed[v], places[i]) is var d && d < distance) (best, distance) = (v, d);
            below[i] = (ushort)best;
        });
        return below;
    }

    private static Slot SlotOf(string path, string name, Vector3[] places)
    {
        bool Has(params string[] words) => words.Any(name.Contains);
        if (path.Contains("/hair/")) return Slot.Hair;
        if (path.Contains("/eyebrows/")) return Slot.Brows;
        if (path.Contains("/eyelashes/")) return Slot.Lashes;
        if (Has("beard", "mustache", "moustache", "stubble", "goatee")) return Slot.Beard;
        if (Has("glasses", "goggles")) return Slot.Glasses;
        if (Has("shoe", "boot", "sneaker", "sandal", "heels", "slipper", "trainers")) return Slot.Shoes;
        if (Has("hat", "fedora", "helmet", "cap_", "_cap", "beanie", "crown", "hijab", "turban")) return Slot.Hat;
        // On the average body hips are at 0.87 m, shoulders at 1.32, the top at 1.66.
        float low = places.Min(p => p.Y), high = places.Max(p => p.Y);
        if (low > 1.42f) return Slot.Hat;
        if (high < 0.42f) return Slot.Shoes;
        return high < 1.12f ? Slot.Bottom : low < 0.68f ? Slot.Suit : Slot.Top;
    }

    private static float MaleOf(string name, Slot slot)
    {
        bool Has(params string[] words) => words.Any(name.Contains);
        if (slot == Slot.Beard) return 1;
        if (name.StartsWith("f_", StringComparison.Ordinal) || Has("female", "woman", "skirt", "dress", "bikini", "panties", "tube", "spaghetti", "bra_", "heels", "braid", "long01", "bob0", "ponytail", "vneck", "swimsuit", "blouse", "gown")) return 0.1f;
        return name.StartsWith("m_", StringComparison.Ordinal) || Has("male", "_man", "man_", "short04", "short03") ? 0.9f : 0.5f;
    }
}
