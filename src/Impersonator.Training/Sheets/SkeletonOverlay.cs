using Impersonator.Imaging;
using Impersonator.Training.Curves;

namespace Impersonator.Training.Sheets;

/// <summary>Draws keypoints and the bones between them: the right side red, the left blue, the middle yellow.</summary>
internal static class SkeletonOverlay
{
    private static readonly (byte, byte, byte) Right = (255, 60, 40), Left = (60, 110, 255), Middle = (250, 220, 60), Joint = (255, 255, 255);

    // Numbers of the 33 keypoints; those from 17 on are pairs, left before right: eye, ear, mouth corner, index and pinky knuckle, middle tip, small toe, heel.
    private static readonly (int A, int B)[] Bones =
    [
        (0, 1), (0, 2), (2, 3), (3, 4), (4, 5), (2, 6), (6, 7), (7, 8), (2, 9), (9, 10), (10, 11), (11, 15), (2, 12), (12, 13), (13, 14), (14, 16),
        (8, 27), (5, 28), (14, 31), (11, 32),
    ];

    /// <summary>Draws one person.</summary>
    /// <param name="frame">Receives it.</param>
    /// <param name="place">Where a keypoint is, pixels of the frame; null = do not draw it.</param>
    /// <param name="count">Keypoints: 17 or 33.</param>
    /// <param name="width">Pixels of a bone; joints are twice that.</param>
    public static void Draw(Frame frame, Func<int, (float X, float Y)?> place, int count, int width)
    {
        foreach ((int a, int b) in Bones)
        {
            if (a >= count || b >= count || place(a) is not { } from || place(b) is not { } to) continue;
            Line(frame, from, to, width, Colour(b));
        }
        for (int k = 0; k < count; k++)
            if (place(k) is { } at) Dot(frame, at, k < 17 ? width + 1 : width, k < 17 ? Joint : Colour(k));
    }

    /// <summary>Draws a dot: a square of 2·radius − 1 pixels.</summary>
    public static void Dot(Frame frame, (float X, float Y) at, int radius, (byte R, byte G, byte B) colour)
        => SmallLetters.Fill(frame, (int)at.X - radius + 1, (int)at.Y - radius + 1, (2 * radius) - 1, (2 * radius) - 1, colour);

    private static (byte, byte, byte) Colour(int keypoint) => keypoint switch
    {
        < 3 => Middle,
        < 6 or (>= 9 and < 12) or 15 => Right,
        < 17 => Left,
        _ => keypoint % 2 == 1 ? Left : Right,
    };

    private static void Line(Frame frame, (float X, float Y) from, (float X, float Y) to, int width, (byte, byte, byte) colour)
    {
        float dx = to.X - from.X, dy = to.Y - from.Y;
        // A wild guess far outside must not take a million steps.
        int steps = Math.Clamp((int)MathF.Max(MathF.Abs(dx), MathF.Abs(dy)), 1, 4 * Math.Max(frame.Width, frame.Height));
        for (int i = 0; i <= steps; i++)
            SmallLetters.Fill(frame, (int)(from.X + (dx * i / steps)) - (width / 2), (int)(from.Y + (dy * i / steps)) - (width / 2), width, width, colour);
    }
}
