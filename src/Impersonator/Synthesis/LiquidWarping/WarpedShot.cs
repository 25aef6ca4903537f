using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>One take drawn by a published generator: a person in a photo performs a motion before the photo's camera.</summary>
/// <remarks>
/// Once: condition, foreground and features of the photo, background. Per frame: condition, flow and warped photo of the pose, the
/// transfer stream, <c>mask · background + (1 − mask) · image</c>. Condition, flow and the growth of masks are what the networks were trained
/// with; the camera is our pinhole camera instead of a weak perspective. The photo sits in the middle of a square. Render from one thread.
/// </remarks>
public sealed class WarpedShot : IDisposable
{
    private readonly LiquidWarpingNetwork _network;
    private readonly Performance _performance;
    private readonly SmplUvMap _uv;
    private readonly BodySurface _photo, _frame;
    private readonly PhotoTexture? _texture;
    private readonly float[] _picture, _background;
    private readonly Dictionary<string, NetworkArray> _inputs = [];
    private readonly OnnxEngine _transfer;

    /// <summary>Prepares a shot.</summary>
    /// <param name="network">Which generator; its picture size is not used.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Found in it, with a body of the SMPL family.</param>
    /// <param name="body">That body in the person's shape.</param>
    /// <param name="uv">Texture coordinates of that body, as the generator was trained with.</param>
    /// <param name="motion">What to perform.</param>
    /// <param name="options">Size, rate, length, background.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <exception cref="Files.InputException">An option is out of its range, or weights are missing.</exception>
    public WarpedShot(
        LiquidWarpingNetwork network, Weights weights, Photo photo, Person person, Body body, SmplUvMap uv, Motion motion,
        WarpedShotOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(uv);
        ArgumentNullException.ThrowIfNull(motion);
        options ??= new WarpedShotOptions();
        options.Validate();
        (_uv, Side, FramesPerSecond) = (uv, options.Size, options.FramesPerSecond);
        _network = network.At(Side);
        (Width, Height) = Canvas.FrameSize(photo.Width, photo.Height, Side);
        float seconds = options.Seconds ?? MathF.Max(motion.Duration, 1 / FramesPerSecond);
        if (seconds > motion.Duration && motion.FrameCount > 2) motion = motion.Repeat((int)MathF.Ceiling(seconds / motion.Duration));
        FrameCount = Math.Max(1, (int)MathF.Round(seconds * FramesPerSecond));
        _performance = new Performance(motion, body, person.Pose, cancellationToken);

        Camera camera = Square(person.Camera, Side);
        (_photo, _frame) = (new BodySurface(body, camera), new BodySurface(body, camera));
        _photo.Draw(person.Pose);
        _picture = NetworkPicture.Of(photo.Image, Side);
        float[] condition = ConditionMap.Of(_photo, uv.FirstEdges), behind = condition[(2 * Side * Side)..];
        using (var source = new OnnxEngine(_network.Source(), weights, options.Threads))
        {
            float[] foreground = Array.ConvertAll(ConditionMap.Erode(behind, Side, _network.ForegroundGrowth), v => 1 - v);
            IReadOnlyDictionary<string, NetworkArray> features = source.Run(Picture([.. NetworkPicture.Masked(_picture, foreground), .. condition]));
            foreach ((string name, NetworkArray values) in features) _inputs[name + ".0"] = values;
        }
        cancellationToken.ThrowIfCancellationRequested();
        _background = options.Background is { } given ? NetworkPicture.Of(Studio.Covering(given, photo.Width, photo.Height), Side) : Behind(weights, behind, options.Threads);
        // The generator of 2020 sees the photo by way of the body's texture.
        if (_network is LiquidWarpingGan2020) _texture = new PhotoTexture(_picture, _photo, uv, _network.AlignCorners);
        cancellationToken.ThrowIfCancellationRequested();
        _transfer = new OnnxEngine(_network.Transfer(), weights, options.Threads);
    }

    /// <summary>Frames in all.</summary>
    public int FrameCount { get; }

    /// <summary>Their rate.</summary>
    public float FramesPerSecond { get; }

    /// <summary>Columns of a frame; even.</summary>
    public int Width { get; }

    /// <summary>Rows of a frame; even.</summary>
    public int Height { get; }

    /// <summary>Side of the square that the networks draw.</summary>
    private int Side { get; }

    /// <summary>Renders one frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public Frame Render(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        return Render(_performance.At(index / FramesPerSecond));
    }

    /// <summary>Renders the person in a pose, world space.</summary>
    public Frame Render(Pose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        _frame.Draw(pose);
        float[] flow = ConditionMap.Flow(_frame, _photo);
        float[] warped = _texture?.On(_frame) ?? NetworkPicture.Sample(_picture, Side, flow, _network.AlignCorners);
        _inputs["target"] = Picture([.. warped, .. ConditionMap.Of(_frame, _uv.FirstEdges)]);
        _inputs["flow.0"] = new(flow, 1, Side, Side, 2);
        IReadOnlyDictionary<string, NetworkArray> drawn = _transfer.Run(_inputs);
        float[] image = drawn["image"].Values, mask = drawn["mask"].Values;
        for (int i = 0; i < image.Length; i++) image[i] += mask[i % mask.Length] * (_background[i] - image[i]);
        return NetworkPicture.ToFrame(image, Side, Width, Height);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _transfer.Dispose();

    /// <summary>The camera of the square that a photo sits in the middle of.</summary>
    internal static Camera Square(Camera photo, int side)
    {
        int longer = Math.Max(photo.Width, photo.Height);
        Vector2 moved = photo.PrincipalPoint + new Vector2((longer - photo.Width) / 2, (longer - photo.Height) / 2);
        return (photo with { Width = longer, Height = longer, PrincipalPoint = moved }).Scaled(side, side);
    }

    private float[] Behind(Weights weights, float[] behind, int threads)
    {
        float[] known = ConditionMap.Erode(behind, Side, _network.BackgroundGrowth);
        using var engine = new OnnxEngine(_network.Background(), weights, threads);
        return engine.Run(Picture([.. NetworkPicture.Masked(_picture, known), .. known]))["background"].Values;
    }

    private NetworkArray Picture(float[] values) => new(values, 1, values.Length / (Side * Side), Side, Side);
}
