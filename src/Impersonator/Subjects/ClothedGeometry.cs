using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects.Heads;

namespace Impersonator.Subjects;

/// <summary>Moves the naked body's surface outwards (or inwards) until its silhouette meets the matte.</summary>
/// <remarks>
/// Vertices on the silhouette look along their normal for the matte's edge; what they find is a wish. A smooth field of
/// offsets along the normals that honours the wishes is the solution of a sparse least-squares problem (conjugate gradients); a few rounds,
/// as the silhouette moves. What the photo does not show gets what its neighbours and its mirror side have, so what is wider in the photo is
/// deeper too. What normals cannot do is left to <see cref="ScreenFit"/>.
/// </remarks>
internal static class ClothedGeometry
{
    private const int Rounds = 6;

    /// <summary>How far a skirt, and what it hides, may be moved in the photo's plane, metres.</summary>
    private const float SkirtShift = 0.08f, CoveredShift = 0.01f;

    /// <summary>How far trousers keep from the middle between the legs in the rest pose, metres.</summary>
    private const float LeastLegGap = 0.002f;

    /// <summary>A clothed mesh in the rest pose, and what hangs free of it, cut to the matte.</summary>
    /// <param name="body">The naked body.</param>
    /// <param name="person">Its pose and camera.</param>
    /// <param name="matte">The person's alpha, at any size of the photo's shape.</param>
    /// <param name="skirt">What hangs free of the body, or null.</param>
    /// <param name="hair">Which pixels are hair of its own, or null.</param>
    /// <param name="shod">Whether shoes are worn.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static (SkinnedMesh Body, Skirt? Skirt) Fit(Body body, Person person, Matte matte, Skirt? skirt = null, HairMask? hair = null, bool shod = false, CancellationToken cancellationToken = default)
    {
        bool[]? covered = HairLayer.Covered(body, person, hair, skirt?.Covered);
        SkinnedMesh inflated = Inflate(body, person, matte, covered, cancellationToken);
        if (shod) inflated = Shoes.Put(inflated);
        var movables = new List<ScreenFit.Movable> { new(inflated, [.. inflated.Parts.Select((p, v) => covered?[v] == true ? CoveredShift : Shift(p))]) };
        if (skirt is not null) movables.Add(new(skirt.Mesh, [.. Enumerable.Repeat(SkirtShift, skirt.Mesh.VertexCount)]));
        SkinnedMesh[] moved = ScreenFit.Fit(movables, body, person, matte, hair, cancellationToken);
        return (WithLegsApart(moved[0], body), skirt?.With(moved[1]));
    }

    /// <summary>The mesh with each leg on its own side of the middle, so that wide trousers do not run through each other.</summary>
    private static SkinnedMesh WithLegsApart(SkinnedMesh mesh, Body body)
    {
        float middle = body.RestJoints[Joint.Pelvis].X;
        var positions = new Vector3[mesh.VertexCount];
        for (int v = 0; v < positions.Length; v++)
        {
            Vector3 p = mesh.RestPositions[v];
            // Half of the naked gap always stays, as the crotch closes to nothing without a crease.
            float naked = body.Mesh.RestPositions[v].X - middle, least = MathF.Min(LeastLegGap, MathF.Abs(naked) / 2);
            positions[v] = mesh.Parts[v] switch
            {
                BodyPart.LeftUpperLeg or BodyPart.LeftLowerLeg or BodyPart.LeftFoot when naked > 0 => p with { X = MathF.Max(p.X, middle + least) },
                BodyPart.RightUpperLeg or BodyPart.RightLowerLeg or BodyPart.RightFoot when naked < 0 => p with { X = MathF.Min(p.X, middle - least) },
                _ => p,
            };
        }
        return mesh.WithRestPositions(positions);
    }

    /// <summary>The body, moved along its normals.</summary>
    private static SkinnedMesh Inflate(Body body, Person person, Matte matte, bool[]? covered, CancellationToken cancellationToken)
    {
        var graph = new MeshGraph(body.Mesh.VertexCount, body.Mesh.Triangles);
        var restNormals = new Vector3[body.Mesh.VertexCount];
        Rendering.MeshNormals.Compute(body.Mesh.RestPositions, body.Mesh.Triangles, restNormals);
        var offsets = new float[body.Mesh.VertexCount];
        var posed = new PosedBody(body.Mesh, body, person);
        Matte small = matte.Resize(posed.Camera.Width, posed.Camera.Height);
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (float[] wishes, float[] weights) = Wishes(posed, small, person.Keypoints.PersonHeight * posed.Camera.Width / person.Camera.Width);
            if (covered is not null)
                for (int v = 0; v < offsets.Length; v++) if (covered[v]) (wishes[v], weights[v]) = (-offsets[v], 0.2f);
            for (int v = 0; v < offsets.Length; v++)
                wishes[v] = Math.Clamp(wishes[v] + offsets[v], -Most(body.Mesh.Parts[v]) / 3, Most(body.Mesh.Parts[v]));
            Solve(graph, body.Model.Mirror, wishes, weights, offsets);
            var positions = new Vector3[offsets.Length];
            for (int v = 0; v < positions.Length; v++) positions[v] = body.Mesh.RestPositions[v] + (restNormals[v] * offsets[v]);
            posed = new PosedBody(body.Mesh.WithRestPositions(positions), body, person);
        }
        return posed.Mesh;
    }

    /// <summary>How far cloth or hair may stand off a part, metres.</summary>
    private static float Most(BodyPart part) => part switch
    {
        BodyPart.Head => 0.12f,
        BodyPart.Torso => 0.16f,
        BodyPart.LeftHand or BodyPart.RightHand => 0.012f,
        BodyPart.LeftFoot or BodyPart.RightFoot => 0.04f,
        BodyPart.LeftLowerLeg or BodyPart.RightLowerLeg => 0.10f,
        BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg => 0.12f,
        _ => 0.10f,
    };

    /// <summary>How far a part may be moved in the photo's plane, metres.</summary>
    private static float Shift(BodyPart part) => part switch
    {
        BodyPart.LeftHand or BodyPart.RightHand => 0.03f,
        BodyPart.Head or BodyPart.LeftFoot or BodyPart.RightFoot => 0.04f,
        _ => 0.06f,
    };

    /// <summary>How much further out each silhouette vertex would have to lie, metres, and how sure that is.</summary>
    private static (float[] Wishes, float[] Weights) Wishes(PosedBody posed, Matte matte, float personHeight)
    {
        int count = posed.Positions.Length;
        var (wishes, weights) = (new float[count], new float[count]);
        Vector3 eye = posed.Camera.Position;
        for (int v = 0; v < count; v++)
        {
            Vector3 normal = posed.Normals[v], view = Vector3.Normalize(posed.Positions[v] - eye);
            float facing = MathF.Abs(Vector3.Dot(normal, view));
            if (facing > 0.35f || normal == Vector3.Zero) continue;
            Vector3 at = posed.Project(posed.Positions[v]);
            Vector3 ahead = posed.Project(posed.Positions[v] + (normal * 0.01f));
            Vector2 direction = new(ahead.X - at.X, ahead.Y - at.Y);
            float pixelsPerMetre = direction.Length() / 0.01f;
            if (pixelsPerMetre < 20) continue;
            direction = Vector2.Normalize(direction);
            // On the outline of the whole figure: a step further there is no body.
            Vector2 place = new(at.X, at.Y), outside = place + (direction * 2);
            if (posed.DepthAt(at.X - direction.X, at.Y - direction.Y) < at.Z - 0.08f) continue;
            if (posed.PartAt((int)outside.X, (int)outside.Y) != BodyPart.None) continue;
            if (outside.X < 2 || outside.Y < 2 || outside.X > matte.Width - 3 || outside.Y > matte.Height - 3) continue;

            float most = Most(posed.Mesh.Parts[v]) * pixelsPerMetre * 1.5f;
            if (Edge(posed, matte, place, direction, most, personHeight) is not { } distance) continue;
            wishes[v] = distance / pixelsPerMetre;
            weights[v] = 1 - (facing / 0.35f);
        }
        return (wishes, weights);
    }

    /// <summary>Signed distance along a direction to where the matte ends, pixels; null when another part comes first or none ends in reach.</summary>
    private static float? Edge(PosedBody posed, Matte matte, Vector2 place, Vector2 direction, float most, float personHeight)
    {
        float At(float d)
        {
            Vector2 p = place + (direction * d);
            int x = (int)MathF.Floor(p.X), y = (int)MathF.Floor(p.Y);
            return (uint)x < (uint)matte.Width && (uint)y < (uint)matte.Height ? matte[x, y] : 0;
        }
        const float Step = 0.5f;
        if (At(0) >= 0.5f)
        {
            for (float d = Step; d <= most; d += Step)
            {
                Vector2 p = place + (direction * d);
                if (d > 2 && posed.PartAt((int)p.X, (int)p.Y) != BodyPart.None) return null;
                if (At(d) < 0.5f) return d - (Step / 2);
            }
            return null;
        }
        float inwards = MathF.Min(most / 2, 0.03f * personHeight);
        for (float d = -Step; d >= -inwards; d -= Step)
            if (At(d) >= 0.5f) return d + (Step / 2);
        return null;
    }

    /// <summary>Minimises Σ weight (offset − wish)² + smoothness + a pull to the mirror side and to the naked body.</summary>
    private static void Solve(MeshGraph graph, int[] mirror, float[] wishes, float[] weights, float[] offsets)
    {
        const float Smooth = 0.12f, Mirror = 0.01f, Rest = 0.002f;
        void Multiply(float[] x, float[] result)
        {
            graph.Laplacian(x, result);
            for (int v = 0; v < result.Length; v++) result[v] = ((weights[v] + Rest) * x[v]) + (Smooth * result[v]) + (Mirror * (x[v] - x[mirror[v]]));
        }
        ConjugateGradients.Solve(Multiply, [.. wishes.Select((wish, v) => weights[v] * wish)], offsets, 200, 1e-8);
    }
}
