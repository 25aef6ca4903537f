namespace Impersonator.Bodies.Gltf;

/// <summary>A motion to export with a body.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="FramesPerSecond">Frames per second.</param>
/// <param name="Poses">One pose per frame, of the exported skeleton; <see cref="Pose.Root"/> already fits the exported body.</param>
public sealed record GltfAnimation(string Name, float FramesPerSecond, IReadOnlyList<Pose> Poses);
