using System.Globalization;

namespace Impersonator.Motions;

/// <summary>Walks through an ASF or AMC file line by line; comments and empty lines are left out.</summary>
internal sealed class AcclaimLines(TextReader reader, string file)
{
    /// <summary>Line read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Words of the line read last.</summary>
    public string[] Words { get; private set; } = [];

    public AcclaimFormatException Bad(string problem) => new(file, Line, problem);

    /// <summary>Reads the next line that says something; false at the end of the file.</summary>
    public bool Next()
    {
        while (reader.ReadLine() is { } text)
        {
            Line++;
            int comment = text.IndexOf('#');
            Words = (comment < 0 ? text : text[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (Words.Length > 0) return true;
        }
        Words = [];
        return false;
    }

    public float Number(int word, string what)
    {
        string? found = word < Words.Length ? Words[word] : null;
        return float.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value
            : throw Bad($"found {(found is null ? "the end of the line" : BvhCursor.Shown(found))} where a number was expected ({what}); get the file again");
    }
}
