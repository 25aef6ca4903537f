namespace Impersonator.Imaging;

/// <summary>Brings stored pixels upright.</summary>
internal static class Orientations
{
    /// <summary>The upright picture is as wide as the stored one is high.</summary>
    public static bool SwapsSides(this Orientation orientation) => orientation >= Orientation.LeftTop;

    /// <summary>Where a stored pixel belongs in the upright picture.</summary>
    /// <param name="orientation">How the camera was held.</param>
    /// <param name="x">Stored column.</param>
    /// <param name="y">Stored row.</param>
    /// <param name="width">Stored columns.</param>
    /// <param name="height">Stored rows.</param>
    public static (int X, int Y) Upright(this Orientation orientation, int x, int y, int width, int height) => orientation switch
    {
        Orientation.TopRight => (width - 1 - x, y),
        Orientation.BottomRight => (width - 1 - x, height - 1 - y),
        Orientation.BottomLeft => (x, height - 1 - y),
        Orientation.LeftTop => (y, x),
        Orientation.RightTop => (height - 1 - y, x),
        Orientation.RightBottom => (height - 1 - y, width - 1 - x),
        Orientation.LeftBottom => (y, width - 1 - x),
        _ => (x, y),
    };
}
