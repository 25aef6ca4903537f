using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>When the heels and balls of both feet stand on the ground: low and slow, each judged for itself.</summary>
/// <remarks>
/// A contact begins below one speed and height and ends above larger ones, so that noise does not break it. The ground is what
/// still feet stand on; a foot held still in the air is far above it.
/// </remarks>
internal sealed class FootContacts
{
    /// <summary>A contact begins below this speed and ends above that one, metres per second.</summary>
    private const float StillSpeed = 0.3f, MovingSpeed = 0.4f;

    /// <summary>A contact begins below this height above the ground and ends above that one, metres.</summary>
    private const float LowHeight = 0.03f, RaisedHeight = 0.05f;

    /// <summary>Shorter contacts are chance, shorter breaks are noise, seconds.</summary>
    private const float ShortestContact = 0.1f, ShortestBreak = 0.06f;

    /// <summary>A foot that moves on by more during a contact makes small steps along the floor, metres.</summary>
    private const float Creeping = 0.05f;

    /// <summary>A heel is off the ground when the foot tips forwards by more, radians.</summary>
    private const float HeelUp = 0.2f;

    /// <summary>Half the time over which a speed is measured, seconds.</summary>
    private const float SpeedWindow = 0.02f;

    private readonly bool[][] _heel = new bool[2][], _ball = new bool[2][];

    private FootContacts()
    {
    }

    /// <summary>A foot in one frame.</summary>
    /// <param name="Heel">Place of the heel, metres, Y up.</param>
    /// <param name="Ball">Place of the ball.</param>
    /// <param name="Tip">How far the foot tips forwards, radians; positive with the heel up.</param>
    public readonly record struct Foot(Vector3 Heel, Vector3 Ball, float Tip);

    /// <summary>Whether a heel stands (side 0 left, 1 right).</summary>
    public bool Heel(int side, int frame) => _heel[side][frame];

    /// <summary>Whether the ball of a foot stands.</summary>
    public bool Ball(int side, int frame) => _ball[side][frame];

    /// <summary>Whether a foot stands on anything.</summary>
    public bool Stands(int side, int frame) => _heel[side][frame] || _ball[side][frame];

    /// <summary>Whether a foot stands flat.</summary>
    public bool Flat(int side, int frame) => _heel[side][frame] && _ball[side][frame];

    /// <summary>Finds the contacts of a motion.</summary>
    /// <param name="feet">[2][F] the left and the right foot.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    public static FootContacts Find(Foot[][] feet, float framesPerSecond)
    {
        var contacts = new FootContacts();
        Vector3[][] heels = [.. feet.Select(f => f.Select(p => p.Heel).ToArray())], balls = [.. feet.Select(f => f.Select(p => p.Ball).ToArray())];
        float heelGround = Ground(heels, framesPerSecond, (side, f) => MathF.Abs(feet[side][f].Tip) < HeelUp), ballGround = Ground(balls, framesPerSecond, (_, _) => true);
        for (int side = 0; side < 2; side++)
        {
            contacts._ball[side] = Contact(balls[side], ballGround, framesPerSecond, _ => true);
            contacts._heel[side] = Contact(heels[side], heelGround, framesPerSecond, f => feet[side][f].Tip < HeelUp);
        }
        return contacts;
    }

    /// <summary>Finds the contacts of poses of our own joints.</summary>
    /// <param name="poses">The poses.</param>
    /// <param name="rest">[52] rest places of the body.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    public static FootContacts Of(IReadOnlyList<Pose> poses, Vector3[] rest, float framesPerSecond)
    {
        var body = new GroundContact(rest);
        Foot[][] feet = [new Foot[poses.Count], new Foot[poses.Count]];
        for (int f = 0; f < poses.Count; f++)
        {
            body.Set(poses[f]);
            for (int side = 0; side < 2; side++) feet[side][f] = body.Foot(side);
        }
        return Find(feet, framesPerSecond);
    }

    /// <summary>Runs of frames for which a flag holds: first and last.</summary>
    public static IEnumerable<(int First, int Last)> Runs(int frames, Func<int, bool> flag)
    {
        for (int f = 0; f < frames; f++)
        {
            if (!flag(f)) continue;
            int first = f;
            while (f + 1 < frames && flag(f + 1)) f++;
            yield return (first, f);
        }
    }

    private static float Speed(Vector3[] places, int frame, float framesPerSecond)
    {
        int reach = Math.Max(1, (int)MathF.Round(SpeedWindow * framesPerSecond));
        (int from, int to) = (Math.Max(0, frame - reach), Math.Min(places.Length - 1, frame + reach));
        return to > from ? Vector3.Distance(places[from], places[to]) * framesPerSecond / (to - from) : 0;
    }

    /// <summary>Height on which still feet stand: a low one of their heights, but not the lowest, which is noise.</summary>
    private static float Ground(Vector3[][] places, float framesPerSecond, Func<int, int, bool> counts)
    {
        var still = new List<float>();
        for (int side = 0; side < 2; side++)
            for (int f = 0; f < places[side].Length; f++)
                if (counts(side, f) && Speed(places[side], f, framesPerSecond) < StillSpeed) still.Add(places[side][f].Y);
        if (still.Count == 0) still.AddRange(places.SelectMany(p => p).Select(p => p.Y));
        still.Sort();
        float low = still[still.Count / 10];
        // The middle of what is near that: heights of standing feet scatter both ways.
        List<float> near = [.. still.Where(y => MathF.Abs(y - low) < LowHeight)];
        return near[near.Count / 2];
    }

    private static bool[] Contact(Vector3[] places, float ground, float framesPerSecond, Func<int, bool> may)
    {
        var contact = new bool[places.Length];
        for (int f = 0; f < contact.Length; f++)
        {
            bool was = f > 0 && contact[f - 1];
            contact[f] = may(f) && places[f].Y - ground < (was ? RaisedHeight : LowHeight) && Speed(places, f, framesPerSecond) < (was ? MovingSpeed : StillSpeed);
        }
        foreach ((int first, int last) in Runs(contact.Length, f => !contact[f]).ToArray())
            if (first > 0 && last < contact.Length - 1 && last - first + 1 < ShortestBreak * framesPerSecond) Array.Fill(contact, true, first, last - first + 1);
        foreach ((int first, int last) in Runs(contact.Length, f => contact[f]).ToArray())
            if (places[first..(last + 1)].Any(p => Vector3.Distance(p, places[first]) > Creeping))
                for (int f = first; f <= last; f++) contact[f] = Speed(places, f, framesPerSecond) < StillSpeed;
        foreach ((int first, int last) in Runs(contact.Length, f => contact[f]).ToArray())
            if (last - first + 1 < ShortestContact * framesPerSecond) Array.Fill(contact, false, first, last - first + 1);
        return contact;
    }
}
