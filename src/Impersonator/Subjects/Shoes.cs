using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Makes shoes of naked feet: closed over the toes, flat below.</summary>
internal static class Shoes
{
    /// <summary>How far leather lies outside the skin, metres.</summary>
    private const float Leather = 0.003f;

    /// <summary>Heights above the ground between which a shoe ends, metres.</summary>
    private const float Full = 0.065f, End = 0.105f;

    /// <summary>Height up to which the foot's underside belongs to the sole, metres.</summary>
    private const float Arch = 0.022f;

    /// <summary>Where the ball of the foot lies, and how much further on toes do, in lengths of the foot from the heel.</summary>
    private const float Ball = 0.52f, ToesBegin = 0.12f;

    /// <summary>Half spaces whose meeting is the toes' hull.</summary>
    private const int Directions = 600;

    /// <summary>Share of what is seen of the feet from which on it is shoes if it is not of the skin's colour.</summary>
    private const float LeastShare = 0.5f;

    /// <summary>Whether a photo shows shoes: feet of another colour than the face. Feet or faces that cannot be seen wear shoes.</summary>
    /// <param name="posed">The body as it stands in the photo.</param>
    /// <param name="photo">Linear light, premultiplied; of the photo's shape.</param>
    /// <param name="matte">The person's alpha, of the photo's shape.</param>
    public static bool AreWorn(PosedBody posed, Image photo, Matte matte)
    {
        if (SkinTone.OfFace(posed, photo) is not { } skin) return true;
        float fine = (float)photo.Width / posed.Camera.Width, matteFine = (float)matte.Width / posed.Camera.Width;
        (int seen, int other) = (0, 0);
        for (int v = 0; v < posed.Positions.Length; v++)
        {
            if (!IsFoot(posed.Mesh.Parts[v])) continue;
            Vector3 at = posed.Project(posed.Positions[v]);
            if (at.X < 0 || at.Y < 0 || at.X >= posed.Camera.Width || at.Y >= posed.Camera.Height || at.Z > posed.DepthAt(at.X, at.Y) + 0.01f) continue;
            if (matte[Math.Min((int)(at.X * matteFine), matte.Width - 1), Math.Min((int)(at.Y * matteFine), matte.Height - 1)] < 0.9f) continue;
            seen++;
            if (!SkinTone.IsSkin(photo.Sample(at.X * fine, at.Y * fine), skin)) other++;
        }
        return seen == 0 || other >= LeastShare * seen;
    }

    /// <summary>The mesh with shoes on its feet.</summary>
    /// <param name="mesh">At rest (T-pose), standing on y = 0, toes along Z.</param>
    public static SkinnedMesh Put(SkinnedMesh mesh)
    {
        var positions = new Vector3[mesh.VertexCount];
        mesh.RestPositions.CopyTo(positions, 0);
        foreach (BodyPart foot in (ReadOnlySpan<BodyPart>)[BodyPart.LeftFoot, BodyPart.RightFoot])
            CloseToes(positions, [.. Enumerable.Range(0, positions.Length).Where(v => mesh.Parts[v] == foot)]);
        // Leather on the foot as it is; over the toes, where vertices of several lie at one place, it is in the hull already.
        var normals = new Vector3[positions.Length];
        Rendering.MeshNormals.Compute(mesh.RestPositions, mesh.Triangles, normals);
        for (int v = 0; v < positions.Length; v++)
        {
            if (!IsFoot(mesh.Parts[v])) continue;
            float height = mesh.RestPositions[v].Y;
            float closed = TextureProjection.SmoothStep(0, 2 * Leather, Vector3.Distance(positions[v], mesh.RestPositions[v]));
            positions[v] += normals[v] * (Leather * Covered(height) * (1 - closed));
            float sole = TextureProjection.SmoothStep(0.3f, 0.8f, -normals[v].Y) * TextureProjection.SmoothStep(2 * Arch, Arch, height);
            positions[v].Y += sole * (MathF.Min(positions[v].Y, 0) - positions[v].Y);
        }
        return mesh.WithRestPositions(positions);
    }

    private static bool IsFoot(BodyPart part) => part is BodyPart.LeftFoot or BodyPart.RightFoot;

    private static float Covered(float height) => TextureProjection.SmoothStep(End, Full, height);

    /// <summary>Draws the toes out to the hull of all of them, away from a point behind them, so that no gap is left between.</summary>
    /// <remarks>The hull is the meeting of half spaces in many directions: how far a ray runs in it is the least of how far it runs in each.</remarks>
    private static void CloseToes(Vector3[] positions, int[] vertices)
    {
        Vector3[] foot = [.. vertices.Select(v => positions[v]).Where(p => p.Y < Full)];
        if (foot.Length == 0) return;
        float back = foot.Min(p => p.Z), length = foot.Max(p => p.Z) - back;
        Vector3[] front = [.. foot.Where(p => p.Z > back + (Ball * length))];
        Vector3 centre = new((front.Min(p => p.X) + front.Max(p => p.X)) / 2, front.Max(p => p.Y) / 2, back + (Ball * length));
        (Vector3 Normal, float Distance)[] planes = [.. Enumerable.Range(0, Directions).Select(i =>
        {
            // Evenly over the sphere, along a spiral of the golden angle.
            float y = 1 - ((2 * i) + 1f) / Directions, around = i * 2.3999632f, r = MathF.Sqrt(1 - (y * y));
            var normal = new Vector3(r * MathF.Cos(around), y, r * MathF.Sin(around));
            return (normal, front.Max(p => Vector3.Dot(p - centre, normal)));
        })];
        foreach (int v in vertices)
        {
            Vector3 from = positions[v] - centre;
            float share = Covered(positions[v].Y) * TextureProjection.SmoothStep(Ball * length, (Ball + ToesBegin) * length, positions[v].Z - back);
            if (share <= 0 || from.LengthSquared() < 1e-8f) continue;
            Vector3 direction = Vector3.Normalize(from);
            float reach = float.PositiveInfinity;
            foreach ((Vector3 normal, float distance) in planes)
                if (Vector3.Dot(normal, direction) is var slope and > 0.05f) reach = MathF.Min(reach, distance / slope);
            positions[v] = Vector3.Lerp(positions[v], centre + (direction * MathF.Max(reach + Leather, from.Length())), share);
        }
    }
}
