using System.Numerics;
using System.Text.Json;
using Impersonator.Files;
using SharpGLTF.Schema2;
using SharpGLTF.Transforms;
using SharpGLTF.Validation;

namespace Impersonator.Motions;

/// <summary>Reads an animation of a glTF or GLB file.</summary>
/// <remarks>The rest pose is the skin's bind pose where there is a skin: nodes may stand in any pose. Y is up, as the format says.</remarks>
public static class GltfMotionReader
{
    /// <summary>glTF has keys at any time; they are sampled at this rate.</summary>
    private const float FramesPerSecond = 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="clipName">Which of its animations; the first if null.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="InputException">Missing, damaged, beyond the limits, or without the animation.</exception>
    public static SkeletonClip Read(string path, string? clipName = null, InputLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= InputLimits.Default;
        InputFile.Open(path, limits).Dispose();
        try
        {
            return Read(path, ModelRoot.Load(path, new ReadSettings { Validation = ValidationMode.Skip }), clipName, limits, cancellationToken);
        }
        catch (Exception cause) when (cause is ModelException or JsonException or IOException or ArgumentException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or KeyNotFoundException or OverflowException or NotSupportedException or NullReferenceException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: is no sound glTF file ({cause.Message.ReplaceLineEndings(" ")}); export it again.", cause);
        }
    }

    private static SkeletonClip Read(string path, ModelRoot model, string? clipName, InputLimits limits, CancellationToken cancellationToken)
    {
        if (model.LogicalAnimations.Count == 0) throw new InputException($"{path}: has no animation; export it with one.");
        Animation animation = clipName is null ? model.LogicalAnimations[0]
            : model.LogicalAnimations.FirstOrDefault(a => string.Equals(a.Name, clipName, StringComparison.OrdinalIgnoreCase))
                ?? throw new InputException($"{path}: has no animation \"{clipName}\", only {string.Join(", ", model.LogicalAnimations.Take(100).Select(a => a.Name))}.");

        List<Node> nodes = Skeleton(model, animation);
        if (nodes.Count == 0) throw new InputException($"{path}: {animation.Name} moves no skeleton; export the armature with it.");
        if (nodes.Count > limits.MaxJoints) throw new InputException($"{path}: more than {limits.MaxJoints} joints; raise InputLimits.MaxJoints if this is a real skeleton.");
        double length = (double)animation.Duration * FramesPerSecond;
        if (!(length < limits.MaxFrames) || length * nodes.Count > SkeletonClip.MaxJointFrames) throw new InputException($"{path}: {animation.Name} lasts {animation.Duration} s, which is too long; cut it or raise InputLimits.MaxFrames.");

        var index = new Dictionary<Node, int>();
        for (int j = 0; j < nodes.Count; j++) index.Add(nodes[j], j);
        int[] parents = [.. nodes.Select(n => n.VisualParent is { } parent && index.TryGetValue(parent, out int p) ? p : -1)];
        NodeCurve[] curves = [.. nodes.Select(n => new NodeCurve(n, animation))];
        var frames = new JointFrame[(int)length + 1][];
        var world = new Matrix4x4[nodes.Count];
        for (int f = 0; f < frames.Length; f++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            frames[f] = new JointFrame[nodes.Count];
            for (int j = 0; j < nodes.Count; j++)
            {
                world[j] = curves[j].At(f / FramesPerSecond) * (parents[j] < 0 ? Matrix4x4.Identity : world[parents[j]]);
                frames[f][j] = FrameOf(path, world[j]);
            }
        }
        return new SkeletonClip
        {
            Name = animation.Name is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(path),
            File = path,
            FramesPerSecond = FramesPerSecond,
            JointNames = [.. nodes.Select(n => n.Name ?? "")],
            Parents = [.. parents],
            Rest = model.LogicalSkins.Count > 0 ? BindPose(path, model, nodes, index) : null,
            Frames = frames,
            Up = Vector3.UnitY,
        };
    }

    /// <summary>Joints of skins, what the animation moves (meshes aside), and everything above them; parents first.</summary>
    private static List<Node> Skeleton(ModelRoot model, Animation animation)
    {
        var wanted = new HashSet<Node>();
        IEnumerable<Node> joints = model.LogicalSkins.SelectMany(s => Enumerable.Range(0, s.JointsCount).Select(k => s.GetJoint(k).Joint));
        IEnumerable<Node> moved = animation.Channels.Select(c => c.TargetNode).OfType<Node>().Where(n => n.Mesh is null);
        foreach (Node node in joints.Concat(moved))
            for (Node? n = node; n is not null && wanted.Add(n); n = n.VisualParent) { }
        var ordered = new List<Node>();
        var open = new Stack<Node>(wanted.Where(n => n.VisualParent is null).OrderByDescending(n => n.LogicalIndex));
        while (open.TryPop(out Node? node))
        {
            ordered.Add(node);
            foreach (Node child in node.VisualChildren.Reverse())
                if (wanted.Contains(child)) open.Push(child);
        }
        return ordered;
    }

    private static JointFrame[] BindPose(string path, ModelRoot model, List<Node> nodes, Dictionary<Node, int> index)
    {
        JointFrame[] rest = [.. nodes.Select(n => FrameOf(path, n.WorldMatrix))];
        foreach (Skin skin in model.LogicalSkins.Reverse())
            for (int k = 0; k < skin.JointsCount; k++)
            {
                (Node joint, Matrix4x4 inverse) = skin.GetJoint(k);
                if (Matrix4x4.Invert(inverse, out Matrix4x4 bind)) rest[index[joint]] = FrameOf(path, bind);
            }
        return rest;
    }

    private static JointFrame FrameOf(string path, Matrix4x4 world)
    {
        if (!Matrix4x4.Decompose(world, out _, out Quaternion turn, out Vector3 place))
        {
            // A joint scaled to nothing (hidden) has no direction; it keeps its place.
            (turn, place) = (Quaternion.Identity, world.Translation);
        }
        return float.IsFinite(place.LengthSquared() + turn.LengthSquared()) ? new JointFrame(Quaternion.Normalize(turn), place)
            : throw new InputException($"{path}: a joint's place is not a number; export the file again.");
    }

    /// <summary>The local transform of a node over time.</summary>
    private sealed class NodeCurve
    {
        private readonly AffineTransform _still;
        private readonly SharpGLTF.Animations.ICurveSampler<Vector3>? _translation, _scale;
        private readonly SharpGLTF.Animations.ICurveSampler<Quaternion>? _rotation;

        public NodeCurve(Node node, Animation animation)
        {
            _still = node.LocalTransform.GetDecomposed();
            NodeCurveSamplers curves = node.GetCurveSamplers(animation);
            _translation = curves.Translation?.CreateCurveSampler(true);
            _rotation = curves.Rotation?.CreateCurveSampler(true);
            _scale = curves.Scale?.CreateCurveSampler(true);
        }

        public Matrix4x4 At(float seconds)
            => Matrix4x4.CreateScale(_scale?.GetPoint(seconds) ?? _still.Scale)
                * Matrix4x4.CreateFromQuaternion(Quaternion.Normalize(_rotation?.GetPoint(seconds) ?? _still.Rotation))
                * Matrix4x4.CreateTranslation(_translation?.GetPoint(seconds) ?? _still.Translation);
    }
}
