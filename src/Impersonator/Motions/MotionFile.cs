using Impersonator.Bodies;
using Impersonator.Bodies.Gltf;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Motion files by their ending.</summary>
public static class MotionFile
{
    private const string Readable = "motions are read from .bvh, .amc (with its .asf), .glb, .gltf, .npz (AMASS, SMPL) and .pkl";

    /// <summary>Whether a file of that name is read as a motion, judged by its ending.</summary>
    public static bool CanRead(string path) => Ending(Split(path).File) is ".bvh" or ".amc" or ".glb" or ".gltf" or ".npz" or ".pkl";

    /// <summary>Reads a motion and carries it over to our skeleton.</summary>
    /// <param name="path">A file; of several clips in a glTF file one is chosen by <c>file.glb#ClipName</c>, else the first.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="InputException">Missing, damaged, not a person's skeleton, or of an unknown kind.</exception>
    public static Motion Read(string path, InputLimits? limits = null, CancellationToken cancellationToken = default)
        => ReadClip(path, limits, cancellationToken) is { } clip ? Retargeting.Of(clip, cancellationToken: cancellationToken).Motion : SmplMotionReader.Read(path, limits);

    /// <summary>Reads a motion with the skeleton of its file; null if the file holds our own joints (SMPL's) already.</summary>
    /// <exception cref="InputException">Missing, damaged or of an unknown kind.</exception>
    public static SkeletonClip? ReadClip(string path, InputLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= InputLimits.Default;
        (string file, string? clipName) = Split(path);
        return Ending(file) switch
        {
            ".bvh" => BvhReader.Read(file, limits, cancellationToken),
            ".amc" => AcclaimReader.Read(file, limits, cancellationToken),
            ".glb" or ".gltf" => GltfMotionReader.Read(file, clipName, limits, cancellationToken),
            ".npz" or ".pkl" => null,
            ".asf" => throw new InputException($"{path}: a skeleton without motion; give the .amc file that belongs to it."),
            _ => throw new InputException($"{path}: an unknown kind of motion file; {Readable}."),
        };
    }

    /// <summary>Writes a motion as .bvh, .npz (AMASS layout) or .glb (a plain body that moves); the target appears only when whole.</summary>
    /// <param name="path">The target; its ending tells the kind.</param>
    /// <param name="motion">What to write.</param>
    /// <param name="body">The body whose bones a .bvh or .glb describes; the average one by default.</param>
    /// <exception cref="InputException">An ending that is not written.</exception>
    /// <exception cref="OutputException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, Motion motion, Body? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(motion);
        Action<Stream> write = Ending(path) switch
        {
            ".bvh" => stream => BvhWriter.Write(stream, motion, body ?? BodyModel.Default.Create(Shape.Average)),
            ".npz" => stream => SmplMotionWriter.Write(stream, motion),
            ".glb" => stream => WriteGltf(stream, motion, body ?? BodyModel.Default.Create(Shape.Average)),
            _ => throw new InputException($"{path}: motions are written as .bvh, .npz or .glb; choose one of these endings."),
        };
        using OutputFile file = OutputFile.Create(path);
        write(file.Stream);
        file.Complete();
    }

    private static void WriteGltf(Stream stream, Motion motion, Body body)
    {
        var animation = new GltfAnimation(motion.Name, motion.FramesPerSecond, motion.ForHipHeight(body.HipHeight).Poses);
        GltfExport.Write(stream, body.Model.Skeleton, body.RestJoints, [new GltfLayer("body", body.Mesh)], animation);
    }

    private static string Ending(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static (string File, string? Clip) Split(string path)
    {
        int mark = path.LastIndexOf('#');
        return mark > 0 && Ending(path[..mark]) is ".glb" or ".gltf" ? (path[..mark], path[(mark + 1)..]) : (path, null);
    }
}
