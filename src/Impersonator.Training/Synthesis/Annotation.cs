using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Writes what is known about the person besides pixels: keypoints, joints, pose, shape, camera.</summary>
internal static class Annotation
{
    /// <summary>[33] the parts whose surface may show a point, as bits; a bag before a hip hides it.</summary>
    private static readonly int[] ShownBy = [.. Keypoints33.Names.Select(PartsOf)];

    /// <summary>Writes it.</summary>
    public static void Write(Sample sample, Figure figure, FigurePose pose, View view, Raster raster, List<FigureMesh> meshes)
    {
        sample.Camera = view.ToCamera(sample.Size);
        pose.Local.CopyTo(sample.Pose, 0);
        figure.Shape.CopyTo(sample.Shape, 0);
        for (int j = 0; j < Joint.Count; j++) view.FromWorld(figure.Joints[j]).CopyTo(sample.Joints3D, 3 * j);
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            Landmark landmark = Keypoints33.Landmarks[k];
            Vector3 offset = landmark.Rest.Of(figure.Body.Rest) - figure.Body.Joints[landmark.Joint];
            Vector3 p = view.FromWorld(figure.Joints[landmark.Joint] + Vector3.Transform(offset, figure.Turns[landmark.Joint]));
            Span<float> to = sample.Keypoints.AsSpan(3 * k, 3);
            to.Clear();
            if (p.Z < 0.05f) continue;
            (to[0], to[1]) = ((view.Focal * p.X / p.Z) + view.CentreX, (view.Focal * p.Y / p.Z) + view.CentreY);
            if (to[0] < 0 || to[1] < 0 || to[0] >= sample.Size || to[1] >= sample.Size) continue;
            bool onPerson = sample.Alpha[((int)to[1] * sample.Size) + (int)to[0]] > 64;
            to[2] = onPerson && Shows(raster, meshes, (int)(2 * to[0]), (int)(2 * to[1]), p.Z, Keypoints33.Depths[k] * 1.3f, ShownBy[k]) ? 2 : 1;
        }
    }

    private static int PartsOf(string name)
    {
        string side = name.StartsWith("left_", StringComparison.Ordinal) ? "Left" : name.StartsWith("right_", StringComparison.Ordinal) ? "Right" : "";
        string[] parts = name[(name.IndexOf('_') + 1)..] switch
        {
            "neck" => ["Head", "Torso"],
            "shoulder" => ["Torso", side + "UpperArm"],
            "elbow" => [side + "UpperArm", side + "LowerArm"],
            "wrist" => [side + "LowerArm", side + "Hand"],
            "hip" => ["Torso", side + "UpperLeg"],
            "knee" => [side + "UpperLeg", side + "LowerLeg"],
            "ankle" => [side + "LowerLeg", side + "Foot"],
            "toe" or "small_toe" or "heel" => [side + "Foot"],
            "index_knuckle" or "pinky_knuckle" or "middle_tip" => [side + "Hand"],
            _ => ["Head"],
        };
        return parts.Sum(p => 1 << (int)Enum.Parse<BodyPart>(p));
    }

    /// <summary>Whether a place is just under a visible surface of the right part.</summary>
    private static bool Shows(Raster raster, List<FigureMesh> meshes, int x, int y, float depth, float under, int parts)
    {
        for (int dy = -2; dy <= 2; dy += 2)
            for (int dx = -2; dx <= 2; dx += 2)
            {
                (int sx, int sy) = (x + dx, y + dy);
                if ((uint)sx >= (uint)raster.Width || (uint)sy >= (uint)raster.Height) continue;
                int at = (sy * raster.Stride) + sx, owner = raster.Owner[at];
                if (owner < 0) continue;
                FigureMesh mesh = meshes[owner >> Raster.TriangleBits];
                if (mesh.Canonical == null || mesh.Owner != Owner.Person) continue;
                int part = mesh.Parts[mesh.Triangles.Vertices[3 * (owner & ((1 << Raster.TriangleBits) - 1))]];
                if ((parts >> part & 1) != 0 && depth - (1 / raster.Inverse[at]) < under) return true;
            }
        return false;
    }
}
