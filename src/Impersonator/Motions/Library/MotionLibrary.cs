using System.Collections.Concurrent;
using System.Collections.Immutable;
using Impersonator.Files;
using Impersonator.Motions.Library;

namespace Impersonator.Motions;

/// <summary>The built-in motions, authored here with keys, inverse kinematics and contacts.</summary>
public static class MotionLibrary
{
    private static readonly (string Name, string Description, Func<Motion> Create)[] Entries =
    [
        ("walk", "a relaxed walk towards where the person faces", () => Gaits.Walk().Motion),
        ("run", "a run, with flight between the steps", () => Gaits.Run().Motion),
        ("wave", "a friendly wave of the right hand", () => Gestures.Wave().Motion),
        ("bow", "a deep bow from the hips", () => Gestures.Bow().Motion),
        ("squat", "two knee bends, arms forward", () => Exercises.Squat().Motion),
        ("jumping-jack", "jumping jacks", () => Exercises.JumpingJack().Motion),
        ("dance-groove", "a two-step with swinging arms", () => Dances.Groove().Motion),
        ("dance-disco", "a hip-swaying disco point", () => Dances.Disco().Motion),
        ("kick", "a high front kick", () => Fights.Kick().Motion),
        ("punch", "a jab and a cross", () => Fights.Punch().Motion),
        ("spin", "a full turn on the ball of the left foot", () => Acrobatics.Spin().Motion),
        ("jump", "a jump for joy", () => Exercises.Jump().Motion),
        ("cartwheel", "a cartwheel to the left", () => Acrobatics.Cartwheel().Motion),
        ("backflip", "a standing backflip", () => Acrobatics.Backflip().Motion),
        ("idle", "standing at ease, breathing", () => Gestures.Idle().Motion),
    ];

    private static readonly ConcurrentDictionary<string, Motion> Made = new();

    /// <summary>Names of all motions.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Entries.Select(e => e.Name)];

    /// <summary>One line about a motion.</summary>
    /// <exception cref="InputException">There is no motion of that name.</exception>
    public static string Describe(string name) => Find(name).Description;

    /// <summary>A motion, for the average body; players scale it.</summary>
    /// <exception cref="InputException">There is no motion of that name; the message names the nearest.</exception>
    public static Motion Create(string name)
    {
        var entry = Find(name);
        return Made.GetOrAdd(entry.Name, _ => entry.Create());
    }

    private static (string Name, string Description, Func<Motion> Create) Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var entry in Entries) if (entry.Name == name) return entry;
        string near = Names.MinBy(n => Distance(n, name))!;
        throw new InputException($"There is no motion \"{name}\" in the library; did you mean {near}? All: {string.Join(", ", Names)}.");
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
