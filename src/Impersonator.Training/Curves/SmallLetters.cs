using Impersonator.Imaging;

namespace Impersonator.Training.Curves;

/// <summary>Letters of 3 × 5 dots, for words in pictures where no font can be counted on.</summary>
internal static class SmallLetters
{
    private const int Columns = 3, Rows = 5;

    // Fifteen bits per letter, from the top left, row by row.
    private static readonly Dictionary<char, string> Shapes = new()
    {
        ['a'] = "010101111101101",
        ['b'] = "110101110101110",
        ['c'] = "011100100100011",
        ['d'] = "110101101101110",
        ['e'] = "111100110100111",
        ['f'] = "111100110100100",
        ['g'] = "011100101101011",
        ['h'] = "101101111101101",
        ['i'] = "111010010010111",
        ['j'] = "001001001101010",
        ['k'] = "101101110101101",
        ['l'] = "100100100100111",
        ['m'] = "101111111101101",
        ['n'] = "110101101101101",
        ['o'] = "010101101101010",
        ['p'] = "110101110100100",
        ['q'] = "010101101011001",
        ['r'] = "110101110101101",
        ['s'] = "011100010001110",
        ['t'] = "111010010010010",
        ['u'] = "101101101101111",
        ['v'] = "101101101101010",
        ['w'] = "101101111111101",
        ['x'] = "101101010101101",
        ['y'] = "101101010010010",
        ['z'] = "111001010100111",
        ['0'] = "111101101101111",
        ['1'] = "010110010010111",
        ['2'] = "110001010100111",
        ['3'] = "110001010001110",
        ['4'] = "101101111001001",
        ['5'] = "111100110001110",
        ['6'] = "011100111101111",
        ['7'] = "111001010010010",
        ['8'] = "111101111101111",
        ['9'] = "111101111001110",
        ['.'] = "000000000000010",
        ['-'] = "000000111000000",
        ['+'] = "000010111010000",
        ['_'] = "000000000000111",
        ['%'] = "101001010100101",
        ['@'] = "010101111100011",
        ['/'] = "001001010100100",
        [':'] = "000010000010000",
        ['='] = "000111000111000",
    };

    /// <summary>Columns that a text takes.</summary>
    public static int Width(string text, int dot = 2) => text.Length * (Columns + 1) * dot;

    /// <summary>Draws a text; letters it does not know stay blank.</summary>
    /// <param name="frame">Receives it.</param>
    /// <param name="text">Capitals become small.</param>
    /// <param name="left">Column of the first dot.</param>
    /// <param name="top">Row of the first dot.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="dot">Pixels of a dot.</param>
    public static void Draw(Frame frame, string text, int left, int top, (byte R, byte G, byte B) colour, int dot = 2)
    {
        foreach (char letter in text.ToLowerInvariant())
        {
            if (Shapes.TryGetValue(letter, out string? shape))
            {
                for (int i = 0; i < Columns * Rows; i++)
                    if (shape[i] == '1') Fill(frame, left + (i % Columns * dot), top + (i / Columns * dot), dot, dot, colour);
            }
            left += (Columns + 1) * dot;
        }
    }

    /// <summary>Fills a box as far as it lies in the frame.</summary>
    public static void Fill(Frame frame, int left, int top, int width, int height, (byte R, byte G, byte B) colour)
    {
        for (int y = Math.Max(0, top); y < Math.Min(frame.Height, top + height); y++)
            for (int x = Math.Max(0, left); x < Math.Min(frame.Width, left + width); x++)
                ((ReadOnlySpan<byte>)[colour.R, colour.G, colour.B, 255]).CopyTo(frame.Rgba.AsSpan(4 * ((y * frame.Width) + x)));
    }
}
