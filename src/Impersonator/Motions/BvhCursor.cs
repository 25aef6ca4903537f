using System.Globalization;

namespace Impersonator.Motions;

/// <summary>Walks through a BVH file word by word and knows its line.</summary>
internal sealed class BvhCursor(TextReader reader, string file)
{
    private string _text = "";
    private int _at;

    /// <summary>Line of the word read last, from 1.</summary>
    public int Line { get; private set; }

    public BvhFormatException Bad(string problem) => new(file, Line, problem);

    /// <summary>The next word (braces are words of their own); null at the end of the file.</summary>
    public string? Word()
    {
        while (true)
        {
            while (_at < _text.Length && IsSpace(_text[_at])) _at++;
            if (_at < _text.Length) break;
            if (reader.ReadLine() is not { } next) return null;
            (_text, _at, Line) = (next, 0, Line + 1);
        }
        int start = _at++;
        if (_text[start] is not ('{' or '}'))
            while (_at < _text.Length && !IsSpace(_text[_at]) && _text[_at] is not ('{' or '}')) _at++;
        return _text[start.._at];
    }

    public void Expect(string word, string remedy)
    {
        string? found = Word();
        if (!string.Equals(found, word, StringComparison.OrdinalIgnoreCase)) throw Bad($"found {Shown(found)} where {word} was expected; {remedy}");
    }

    /// <summary>What is left of the line, up to an opening brace: names may hold spaces.</summary>
    public string RestOfLine()
    {
        int end = _text.IndexOf('{', _at);
        if (end < 0) end = _text.Length;
        string rest = _text[_at..end].Trim();
        _at = end;
        return rest;
    }

    public float Number(string what)
    {
        string? word = Word();
        if (!float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            throw Bad($"found {Shown(word)} where a number was expected ({what}); re-export the file");
        return value;
    }

    public int Count(string what)
    {
        string? word = Word();
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            throw Bad($"found {Shown(word)} where a count was expected ({what}); re-export the file");
        return value;
    }

    /// <summary>Reads the next line that is not empty as numbers.</summary>
    /// <param name="values">Filled completely.</param>
    /// <param name="what">Names the line in an error.</param>
    public void Numbers(Span<float> values, string what)
    {
        string? line;
        do
        {
            line = reader.ReadLine();
            if (line is null) throw Bad($"the file ends where {what} was expected; it is cut short, export it again");
            Line++;
        }
        while (string.IsNullOrWhiteSpace(line));
        (_text, _at) = ("", 0);
        int found = 0;
        foreach (Range range in line.AsSpan().SplitAny(' ', '\t', '\r'))
        {
            ReadOnlySpan<char> word = line.AsSpan(range);
            if (word.IsEmpty) continue;
            if (found < values.Length && (!float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out values[found]) || !float.IsFinite(values[found])))
                throw Bad($"found {Shown(word.ToString())} where a number was expected (value {found + 1} of {what}); re-export the file");
            found++;
        }
        if (found != values.Length) throw Bad($"{found} values for {values.Length} channels in {what}; the file is cut short or its hierarchy does not belong to it, export it again");
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c == '\0';

    public static string Shown(string? word) => word is null ? "the end of the file" : $"\"{(word.Length > 40 ? word[..40] + "…" : word)}\"";
}
