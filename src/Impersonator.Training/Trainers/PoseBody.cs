using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>The body model on the device: joints and some points of the surface from rotations and shape, by linear blend skinning.</summary>
/// <remarks>Fingers are held straight: what they carry, the wrist carries.</remarks>
internal sealed class PoseBody
{
    private const int SurfacePoints = 128;
    private const int Shapes = Augmentations.StoredBodies.ShapeCount;
    private readonly Tensor _meanJoints, _shapeJoints, _meanPoints, _shapePoints, _weights;
    private readonly Tensor _order, _orderedParents, _back;
    private readonly (int First, int Count, Tensor Parents)[] _levels;

    /// <param name="model">52 joints.</param>
    /// <param name="device">Where to compute.</param>
    public PoseBody(BodyModel model, Device device)
    {
        SkinnedMesh mesh = model.Template;
        int[][] levels = Levels([.. model.Skeleton.Parents.Take(Joint.BodyCount)]);
        Tensor Indices(IEnumerable<int> values) => tensor(values.Select(v => (long)v).ToArray()).to(device);
        int[] order = [.. levels.Skip(1).SelectMany(l => l)];
        (_order, _orderedParents) = (Indices(order), Indices(order.Select(j => model.Skeleton.Parents[j])));
        _back = Indices(Enumerable.Range(0, Joint.BodyCount).Select(j => j == 0 ? 0 : 1 + Array.IndexOf(order, j)));
        _levels = [.. Enumerable.Range(1, levels.Length - 1).Select(l => (levels[1..l].Sum(before => before.Length), levels[l].Length,
            Indices(levels[l].Select(j => Array.IndexOf(levels[l - 1], model.Skeleton.Parents[j])))))];
        Tensor Of(IEnumerable<Vector3> places, params long[] shape) => tensor(places.SelectMany(p => new[] { p.X, p.Y, p.Z }).ToArray(), shape).to(device);
        VertexBlend[] regressors = [.. model.JointRegressors.Take(Joint.BodyCount)];
        _meanJoints = Of(regressors.Select(r => r.Of(mesh.RestPositions)), Joint.BodyCount, 3);
        _shapeJoints = Of(Enumerable.Range(0, Shapes).SelectMany(k => regressors.Select(r => r.Of(model.Components[k]))), Shapes, Joint.BodyCount * 3);

        int[] vertices = [.. Enumerable.Range(0, SurfacePoints).Select(i => (int)((long)i * Figure.FirstEyeVertex / SurfacePoints))];
        Landmark[] landmarks = [.. Keypoints33.Landmarks];
        PointCount = landmarks.Length + vertices.Length;
        IEnumerable<Vector3> Points(Vector3[] at) => [.. landmarks.Select(l => l.Rest.Of(at)), .. vertices.Select(v => at[v])];
        _meanPoints = Of(Points(mesh.RestPositions), PointCount, 3);
        _shapePoints = Of(Enumerable.Range(0, Shapes).SelectMany(k => Points(model.Components[k])), Shapes, PointCount * 3);
        _weights = Weights(mesh, landmarks, vertices).to(device);
        Projected = tensor(landmarks.Select(l => l.Joint < Joint.BodyCount ? 1f : 0).ToArray()).to(device);
    }

    /// <summary>The 33 keypoints, then points of the surface.</summary>
    public int PointCount { get; }

    /// <summary>[33] 1 for keypoints that do not hang on fingers.</summary>
    public Tensor Projected { get; }

    /// <summary>Where everything is, relative to the pelvis.</summary>
    /// <param name="local">[B, 22, 3, 3] local rotations.</param>
    /// <param name="shape">[B, K] the first K coefficients.</param>
    /// <returns>[B, 22, 3] joints and [B, P, 3] points, metres.</returns>
    public (Tensor Joints, Tensor Points) Place(Tensor local, Tensor shape)
    {
        long batch = local.shape[0], k = shape.shape[1];
        Tensor rest = _meanJoints + shape.matmul(_shapeJoints.narrow(0, 0, k)).view(batch, Joint.BodyCount, 3);
        Tensor bones = (rest.index_select(1, _order) - rest.index_select(1, _orderedParents)).unsqueeze(3), turns = local.index_select(1, _order);
        // A level of the tree at a time: each a handful of kernels however many joints it has.
        (Tensor above, Tensor at) = (local.narrow(1, 0, 1), zeros_like(rest.narrow(1, 0, 1)));
        (List<Tensor> world, List<Tensor> places) = ([above], [at]);
        foreach ((int first, int count, Tensor parents) in _levels)
        {
            (Tensor parentTurns, Tensor parentPlaces) = (above.index_select(1, parents), at.index_select(1, parents));
            (above, at) = (parentTurns.matmul(turns.narrow(1, first, count)), parentPlaces + parentTurns.matmul(bones.narrow(1, first, count)).squeeze(3));
            world.Add(above);
            places.Add(at);
        }
        Tensor allTurns = cat(world, 1).index_select(1, _back), joints = cat(places, 1).index_select(1, _back);
        Tensor shifts = joints - allTurns.matmul(rest.unsqueeze(3)).squeeze(3);
        Tensor blended = _weights.matmul(allTurns.reshape(batch, Joint.BodyCount, 9)).view(batch, PointCount, 3, 3);
        Tensor points = _meanPoints + shape.matmul(_shapePoints.narrow(0, 0, k)).view(batch, PointCount, 3);
        return (joints, blended.matmul(points.unsqueeze(3)).squeeze(3) + _weights.matmul(shifts));
    }

    /// <summary>The joints by their distance from the root.</summary>
    private static int[][] Levels(int[] parents)
    {
        var levels = new List<int[]> { new[] { 0 } };
        while (levels.Sum(l => l.Length) < parents.Length)
        {
            int[] above = levels[^1];
            levels.Add([.. Enumerable.Range(1, parents.Length - 1).Where(j => above.Contains(parents[j]))]);
        }
        return [.. levels];
    }

    /// <summary>[P, 22] what each joint carries of each point.</summary>
    private static Tensor Weights(SkinnedMesh mesh, Landmark[] landmarks, int[] vertices)
    {
        var weights = new float[(landmarks.Length + vertices.Length) * Joint.BodyCount];
        static int Carrier(int joint) => joint < Joint.BodyCount ? joint : joint < Joint.RightHand ? Joint.LeftWrist : Joint.RightWrist;
        for (int i = 0; i < landmarks.Length; i++) weights[(i * Joint.BodyCount) + Carrier(landmarks[i].Joint)] = 1;
        for (int i = 0; i < vertices.Length; i++)
        {
            JointWeights own = mesh.Weights[vertices[i]];
            for (int k = 0; k < JointWeights.Count; k++) weights[((landmarks.Length + i) * Joint.BodyCount) + Carrier(own.Joint(k))] += own.Weight(k);
        }
        return tensor(weights, [landmarks.Length + vertices.Length, Joint.BodyCount]);
    }
}
