using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis;

/// <summary>The part of the picture plane that a subject sweeps over.</summary>
/// <param name="Low">Left and top, pixels; may lie outside the picture.</param>
/// <param name="High">Right and bottom.</param>
internal readonly record struct MotionExtent(Vector2 Low, Vector2 High)
{
    /// <summary>What comes nearer to the camera than this is as good as everywhere, metres.</summary>
    private const float Nearest = 0.25f;

    /// <summary>Measures the subject's layers in some poses, each before its own camera.</summary>
    public static MotionExtent Of(Subject subject, IReadOnlyList<(Pose Pose, Camera Camera)> moments, CancellationToken cancellationToken = default)
    {
        var extents = new MotionExtent[moments.Count];
        Parallel.For(0, moments.Count, new ParallelOptions { CancellationToken = cancellationToken }, k => extents[k] = Of(subject, moments[k].Pose, moments[k].Camera));
        return extents.Aggregate((a, b) => new MotionExtent(Vector2.Min(a.Low, b.Low), Vector2.Max(a.High, b.High)));
    }

    private static MotionExtent Of(Subject subject, Pose pose, Camera camera)
    {
        var transforms = new Matrix4x4[subject.Body.Model.Skeleton.JointCount];
        Kinematics.PosedFromRest(subject.Body.Model.Skeleton, subject.Body.RestJoints, pose, transforms);
        (Vector2 low, Vector2 high) = (new(float.PositiveInfinity), new(float.NegativeInfinity));
        foreach (SubjectLayer layer in subject.Layers)
        {
            var posed = new Vector3[layer.Mesh.VertexCount];
            Skinning.Apply(layer.Mesh, transforms, posed);
            foreach (Vector3 place in posed)
            {
                Vector3 seen = camera.CameraFromWorld(place);
                Vector2 pixel = camera.PrincipalPoint + (new Vector2(seen.X, seen.Y) * (camera.FocalLength / MathF.Max(seen.Z, Nearest)));
                (low, high) = (Vector2.Min(low, pixel), Vector2.Max(high, pixel));
            }
        }
        return new MotionExtent(low, high);
    }
}
