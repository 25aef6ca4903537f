using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Synthesis.Generation;

/// <summary>From the generator's answer at working size and the mesh at the output's size to the output's pixels. Keeps its buffers.</summary>
/// <remarks>
/// <para>At working size: <c>b = sigmoid(blend) · coverage</c>, <c>colour = b · mesh + (1 − b) · paint</c>, <c>alpha = sigmoid(matte)</c>, in sRGB.</para>
/// <para>What is finer than that comes from the mesh: its detail is added where the generator kept its colour (b) or painted the same, and its
/// edges stand where the generator's alpha is its coverage. Elsewhere the generator's picture is enlarged, with edges that blur less than it.</para>
/// </remarks>
internal sealed class Composition
{
    private const int Side = SourceMaps.Side, Plane = Side * Side;

    /// <summary>Sigmoids never reach their ends: alpha from here is nothing, and as far below 1 everything.</summary>
    private const float End = 0.02f;

    /// <summary>Difference between paint and mesh, sRGB 0 … 1, at which the mesh's detail no longer belongs to the paint.</summary>
    private const float OtherColour = 0.1f;

    /// <summary>Differences between alpha and coverage up to which the edge is the mesh's, and from which it is the generator's own.</summary>
    private const float SameEdge = 0.15f, OtherEdge = 0.4f;

    /// <summary>How much steeper an enlarged edge becomes per time it is enlarged, and the most times that count.</summary>
    private const float Steepening = 0.5f, MostTimes = 4;

    /// <summary>Colour counts a little even where alpha is 0, so that there always is one.</summary>
    private const float Least = 0.004f;

    private readonly Vector4[] _colours = new Vector4[Plane], _mesh = new Vector4[Plane];
    // How far the mesh's detail (times coverage) and its edge hold.
    private readonly Vector2[] _trust = new Vector2[Plane];
    private readonly float[] _alpha = new float[Plane], _difference = new float[Plane];

    /// <summary>Takes in a frame's answer.</summary>
    /// <param name="frame">[12, S, S] as fed to the generator.</param>
    /// <param name="paint">[3, S, S] straight sRGB, 0 … 1.</param>
    /// <param name="matte">[S, S] logits.</param>
    /// <param name="blend">[S, S] logits.</param>
    public void Read(ReadOnlySpan<byte> frame, ReadOnlySpan<float> paint, ReadOnlySpan<float> matte, ReadOnlySpan<float> blend)
    {
        for (int i = 0; i < Plane; i++)
        {
            Vector4 mesh = new Vector4(frame[i], frame[Plane + i], frame[(2 * Plane) + i], frame[(3 * Plane) + i]) / 255;
            float coverage = mesh.W, alpha = Math.Clamp((Sigmoid(matte[i]) - End) / (1 - (2 * End)), 0, 1), b = Sigmoid(blend[i]) * coverage;
            Vector3 own = Vector3.Clamp(new Vector3(paint[i], paint[Plane + i], paint[(2 * Plane) + i]), Vector3.Zero, Vector3.One);
            Vector3 straight = new Vector3(mesh.X, mesh.Y, mesh.Z) / MathF.Max(coverage, 1 / 255f), change = Vector3.Abs(own - straight);
            float same = coverage * MathF.Max(0, 1 - (MathF.Max(change.X, MathF.Max(change.Y, change.Z)) / OtherColour));
            _colours[i] = new Vector4(Vector3.Lerp(own, straight, b), 1) * (alpha + Least);
            _mesh[i] = mesh;
            (_alpha[i], _trust[i].X, _difference[i]) = (alpha, MathF.Max(b, same), MathF.Abs(alpha - coverage));
        }
        for (int i = 0; i < Plane; i++)
        {
            float most = 0;
            for (int y = Math.Max((i / Side) - 1, 0); y <= Math.Min((i / Side) + 1, Side - 1); y++)
                for (int x = Math.Max((i % Side) - 1, 0); x <= Math.Min((i % Side) + 1, Side - 1); x++) most = MathF.Max(most, _difference[(y * Side) + x]);
            _trust[i].Y = Math.Clamp((OtherEdge - most) / (OtherEdge - SameEdge), 0, 1);
        }
    }

    /// <summary>Draws the person over what a frame holds.</summary>
    /// <param name="frame">The background; receives the picture.</param>
    /// <param name="square">Where the working square lies in it.</param>
    /// <param name="mesh">The mesh drawn at the frame's size, linear light, premultiplied.</param>
    public void Draw(Frame frame, WorkingSquare square, Image mesh)
    {
        float scale = Side / square.Side, steep = 1 + (Steepening * (Math.Clamp(1 / scale, 1, MostTimes) - 1));
        int top = Math.Max(0, (int)MathF.Floor(square.Top)), bottom = Math.Min(frame.Height, (int)MathF.Ceiling(square.Top + square.Side));
        int left = Math.Max(0, (int)MathF.Floor(square.Left)), right = Math.Min(frame.Width, (int)MathF.Ceiling(square.Left + square.Side));
        Span<Vector4> linear = stackalloc Vector4[2];
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
            {
                var place = new Bilinear((x + 0.5f - square.Left) * scale, (y + 0.5f - square.Top) * scale);
                Vector4 fine = mesh[x, y];
                Vector2 trust = place.Of(_trust);
                float alpha = Math.Clamp(((place.Of(_alpha) - 0.5f) * steep) + 0.5f, 0, 1);
                alpha += (fine.W - alpha) * trust.Y;
                if (alpha <= Least) continue;
                Vector4 colour = place.Of(_colours);
                colour /= colour.W;
                if (fine.W > 0 && place.Of(_mesh) is { W: > Least } coarse)
                    colour += (Straight(fine) - (coarse / coarse.W)) * MathF.Min(1, trust.X / coarse.W);
                colour = Vector4.Clamp(colour, Vector4.Zero, Vector4.One) * 255;
                Span<byte> pixel = frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 4);
                ReadOnlySpan<byte> drawn = [(byte)(colour.X + 0.5f), (byte)(colour.Y + 0.5f), (byte)(colour.Z + 0.5f), 255];
                if (alpha >= 1)
                {
                    drawn.CopyTo(pixel);
                    continue;
                }
                Frames.FromBytes(drawn, linear[..1]);
                Frames.FromBytes(pixel, linear[1..]);
                linear[0] = (linear[0] * alpha) + (linear[1] * (1 - alpha));
                Frames.ToBytes(linear[..1], pixel);
            }
    }

    private static Vector4 Straight(Vector4 fine) => new Vector4(Srgb.ToByte(fine.X / fine.W), Srgb.ToByte(fine.Y / fine.W), Srgb.ToByte(fine.Z / fine.W), 255) / 255;

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>Mixes the four working pixels around a place; the border repeats.</summary>
    private readonly struct Bilinear
    {
        private readonly int _topLeft, _right, _below;
        private readonly float _x, _y;

        public Bilinear(float x, float y)
        {
            (x, y) = (Math.Clamp(x - 0.5f, 0, Side - 1), Math.Clamp(y - 0.5f, 0, Side - 1));
            (int left, int top) = ((int)x, (int)y);
            (_topLeft, _right, _below) = ((top * Side) + left, left < Side - 1 ? 1 : 0, top < Side - 1 ? Side : 0);
            (_x, _y) = (x - left, y - top);
        }

        public float Of(float[] values) => float.Lerp(
            float.Lerp(values[_topLeft], values[_topLeft + _right], _x), float.Lerp(values[_topLeft + _below], values[_topLeft + _below + _right], _x), _y);

        public Vector2 Of(Vector2[] values) => Vector2.Lerp(
            Vector2.Lerp(values[_topLeft], values[_topLeft + _right], _x), Vector2.Lerp(values[_topLeft + _below], values[_topLeft + _below + _right], _x), _y);

        public Vector4 Of(Vector4[] values) => Vector4.Lerp(
            Vector4.Lerp(values[_topLeft], values[_topLeft + _right], _x), Vector4.Lerp(values[_topLeft + _below], values[_topLeft + _below + _right], _x), _y);
    }
}
