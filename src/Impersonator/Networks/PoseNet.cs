using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Networks;

/// <summary>What <see cref="PersonNet"/> says about a window of a photo → pose, shape and place of the body, with the uncertainty of each joint.</summary>
/// <remarks>
/// <para>It never sees a pixel. Convolutions bring the maps to 1/8; their places, the 33 keypoints (with what the maps show below them) and
/// one query per joint are the tokens of a transformer; each query's token becomes that joint's rotation in the six-number form of
/// Zhou et al., "On the Continuity of Rotation Representations in Neural Networks", CVPR 2019.</para>
/// <para>G = 64. Inputs: <c>maps</c> [<see cref="MapChannels"/>, G, G] probabilities of the 15 parts, then surface coordinates minus one half and depth
/// in metres, both times the probability that a part is there, then the matte; <c>points</c> [33, <see cref="PointNumbers"/>] see <see cref="WritePoint"/>;
/// <c>lens</c> [2] logarithm of the focal length in half sides of the window, and how far off it may be (a deviation of the logarithm).</para>
/// <para>Everything that comes out is told as a camera sees it that looks through the middle of the window (x right, y down, z forward).
/// Outputs: <c>rotations</c> [22, 6] to be added to <see cref="Base"/>: first two columns of each joint's local rotation matrix, the root's cameraFromBody;
/// <c>spread</c> [22, 3] logarithm of the deviation of each rotation about its joint's own three axes, radians; <c>error</c> [22] logarithm of the
/// expected distance of each joint from its place relative to the pelvis, metres; <c>shape</c> [16] coefficients; <c>place</c> [3] the pelvis in the window
/// (−1..1 to the right and down) and the logarithm of what half a side of the window measures at its depth, metres.</para>
/// </remarks>
public static class PoseNet
{
    /// <summary>Parts, surface, depth, matte.</summary>
    public const int MapChannels = PersonNet.PartCount + 5;

    /// <summary>First of the surface's three channels.</summary>
    public const int SurfaceChannel = PersonNet.PartCount;

    /// <summary>The depth's channel.</summary>
    public const int DepthChannel = SurfaceChannel + 3;

    /// <summary>The matte's channel.</summary>
    public const int MatteChannel = DepthChannel + 1;

    /// <summary>Numbers of a keypoint.</summary>
    public const int PointNumbers = 5 + (4 * Waves);

    /// <summary>Shape coefficients.</summary>
    public const int ShapeCount = 16;

    /// <summary>Joints: the body without fingers.</summary>
    public const int JointCount = Joint.BodyCount;

    /// <summary>Waves that say a place finely: half as long each.</summary>
    internal const int Waves = 5;

    /// <summary>Limits of the logarithm of an expected error of a keypoint, cells of the maps.</summary>
    internal const float LeastError = -4, MostError = 4;

    /// <summary>The two columns that a joint's six numbers are added to: no rotation, for the root a body that faces the camera.</summary>
    /// <param name="joint">Its number.</param>
    public static (Vector3 First, Vector3 Second) Base(int joint) => (Vector3.UnitX, joint == 0 ? -Vector3.UnitY : Vector3.UnitY);

    /// <summary>Writes a keypoint as the network is given it.</summary>
    /// <param name="place">In the window, −1..1 to the right and down.</param>
    /// <param name="error">Logarithm of its expected error, cells of the maps.</param>
    /// <param name="inside">Probability that it lies in the window.</param>
    /// <param name="concentration">Share of its heat that lies around the place.</param>
    /// <param name="numbers">[<see cref="PointNumbers"/>] receives x, y, error, inside, concentration, and sines and cosines of x and y.</param>
    public static void WritePoint(Vector2 place, float error, float inside, float concentration, Span<float> numbers)
    {
        (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]) = (place.X, place.Y, Math.Clamp(error, LeastError, MostError), inside, concentration);
        for (int wave = 0; wave < Waves; wave++)
        {
            float turns = MathF.PI * (1 << wave);
            (numbers[5 + wave], numbers[5 + Waves + wave]) = MathF.SinCos(turns * place.X);
            (numbers[5 + (2 * Waves) + wave], numbers[5 + (3 * Waves) + wave]) = MathF.SinCos(turns * place.Y);
        }
    }

    /// <summary>Writes the network down.</summary>
    /// <param name="size">Null = the one whose weights ship.</param>
    public static Graph Build(PoseNetSize? size = null)
    {
        size ??= new PoseNetSize();
        var g = new GraphBuilder("PoseNet");
        Value maps = g.Input("maps", MapChannels, size.Grid, size.Grid);
        Value points = g.Input("points", PersonNet.KeypointCount, PointNumbers);
        Value lens = g.Input("lens", 2);

        Value half = g.Residual(g.Layer(maps, "half", size.Half, stride: 2), "half"); // [Half, G/2, G/2]
        Value quarter = g.Residual(g.Layer(half, "quarter", size.Quarter, stride: 2), "quarter"); // [Quarter, G/4, G/4]
        Value eighth = g.Residual(g.Layer(quarter, "eighth", size.Eighth, stride: 2), "eighth"); // [Eighth, G/8, G/8]
        Value places = g.Offset(g.Linear(g.Tokens(eighth), "places", size.Width, gain: 0.7f), "places.at");
        Value keypoints = Keypoints(g, points, quarter, size.Width);
        // The kernel adds the lens, the bias is what each query starts from.
        int queries = JointCount + 1;
        Value asking = g.Offset(g.Reshape(g.Linear(lens, "queries", queries * size.Width, gain: 0.2f), queries, size.Width), "queries.at", deviation: 0.5f);

        Value tokens = g.ConcatAlong(0, asking, keypoints, places);
        for (int i = 0; i < size.Transformers; i++) tokens = g.Transformer(tokens, $"transformer.{i}", size.Heads, size.Expansion);
        Value answers = g.LayerNorm(g.Slice(tokens, 0, queries), "answers");
        Value joints = g.Slice(answers, 0, JointCount), body = g.Reshape(g.Slice(answers, JointCount, 1), size.Width);

        g.Output("rotations", g.Precise(Joints(g, joints, "rotations", 6, gain: 0.1f)));
        g.Output("spread", g.Clamp(g.Scale(g.Precise(Joints(g, g.StopGradient(joints), "spread", 3, gain: 0.1f)), 1, -1), -4, 1.5f));
        g.Output("error", g.Clamp(g.Scale(g.Precise(g.Reshape(Joints(g, g.StopGradient(joints), "error", 1, gain: 0.1f), JointCount)), 1, -2), -6, 1));
        g.Output("shape", g.Precise(g.Linear(body, "shape", ShapeCount, gain: 0.1f)));
        g.Output("place", g.Precise(g.Linear(body, "place", 3, gain: 0.1f)));
        return g.Build();
    }

    /// <summary>A token per keypoint: its own numbers, and what the maps show around it.</summary>
    private static Value Keypoints(GraphBuilder g, Value points, Value map, int width)
    {
        Value grid = g.Reshape(g.Slice(points, 0, 2, axis: 1), PersonNet.KeypointCount, 1, 2);
        Value below = g.Tokens(g.GridSample(map, grid, border: true)); // [33, Quarter]
        Value token = g.Add(g.Linear(points, "keypoints", width, gain: 0.7f), g.Linear(below, "below", width, bias: false, gain: 0.7f));
        return g.Offset(token, "keypoints.at", deviation: 0.5f);
    }

    /// <summary>A linear map that all joints share, and a bias for each.</summary>
    private static Value Joints(GraphBuilder g, Value joints, string name, int numbers, float gain)
    {
        Value hidden = g.Gelu(g.Linear(joints, name + ".hidden", joints.Shape[1]));
        return g.Offset(g.Linear(hidden, name, numbers, bias: false, gain: gain), name + ".own", deviation: 0);
    }
}
