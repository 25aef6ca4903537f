using System.Globalization;
using System.Text;

namespace Impersonator.Files;

/// <summary>Texts as protocol 0 writes them: quoted with escapes, or bare with <c>\u</c> escapes.</summary>
internal static class PickleText
{
    /// <summary>The text of a quoted Python 2 string, null if it is none.</summary>
    public static string? Unquote(string line)
    {
        if (line.Length < 2 || line[0] is not ('\'' or '"') || line[^1] != line[0]) return null;
        ReadOnlySpan<char> inner = line.AsSpan(1, line.Length - 2);
        var text = new StringBuilder(inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }
            if (++i == inner.Length) return null;
            switch (inner[i])
            {
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case '\\' or '\'' or '"': text.Append(inner[i]); break;
                case 'x' when i + 2 < inner.Length && byte.TryParse(inner.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value):
                    text.Append((char)value);
                    i += 2;
                    break;
                default: return null;
            }
        }
        return text.ToString();
    }

    /// <summary>The text of a line in Python's raw-unicode-escape, null if an escape is broken.</summary>
    public static string? Unescape(string line)
    {
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || i + 1 == line.Length || line[i + 1] is not ('u' or 'U'))
            {
                text.Append(line[i]);
                continue;
            }
            int digits = line[i + 1] == 'u' ? 4 : 8;
            if (i + 2 + digits > line.Length || !uint.TryParse(line.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) || value > 0x10FFFF) return null;
            if (value < 0x10000) text.Append((char)value);
            else text.Append(char.ConvertFromUtf32((int)value));
            i += 1 + digits;
        }
        return text.ToString();
    }
}
