using System.Text;

namespace Impersonator.Motions;

/// <summary>A joint's name taken apart: which side it is on, and what is left in lower case without separators.</summary>
/// <param name="Side">0 left, 1 right, −1 neither.</param>
/// <param name="Core">E.g. <c>upleg</c> of <c>mixamorig:LeftUpLeg</c>, <c>upperarm02</c> of <c>upperarm02.L</c>.</param>
internal readonly record struct JointName(int Side, string Core)
{
    private static readonly string[] Noise = ["mixamorig", "bip001", "bip01", "bind", "jnt", "def", "valvebiped"];

    public static JointName Of(string name)
    {
        name = name[(name.LastIndexOfAny([':', '|']) + 1)..];
        List<string> words = Words(name);
        int side = -1;
        for (int k = 0; k < words.Count && side < 0; k++)
        {
            side = words[k].ToLowerInvariant() switch { "l" or "left" => 0, "r" or "right" => 1, _ => -1 };
            if (side >= 0) words.RemoveAt(k);
        }
        var core = new StringBuilder();
        foreach (string word in words)
            // Four digits are a running number (0001), fewer tell joints of a chain apart.
            if (!(word.Length == 4 && word.All(char.IsAsciiDigit))) core.Append(word.ToLowerInvariant());
        return new JointName(side, core.ToString());
    }

    /// <summary>Words between separators and at changes from small to capital letters or to a run of four digits.</summary>
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool end = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool change = !end && i > start && ((char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                || (char.IsAsciiDigit(name[i]) && !char.IsAsciiDigit(name[i - 1]) && name.Length - i == 4 + name[i..].SkipWhile(char.IsAsciiDigit).Count())
                // LThumb, RHipJoint: a lone capital before a word.
                || (i == start + 1 && name[start] is 'L' or 'R' && char.IsUpper(name[i]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (!end && !change) continue;
            if (i > start && !Noise.Contains(name[start..i].ToLowerInvariant())) words.Add(name[start..i]);
            start = end ? i + 1 : i;
        }
        return words;
    }
}
