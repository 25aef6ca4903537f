using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>How far feet move on the ground while they stand.</summary>
/// <param name="Mean">Way of a foot's ball during a contact (the diameter of where it goes), mean over the contacts, metres.</param>
/// <param name="Largest">The largest of them, metres.</param>
/// <param name="Contacts">How often a ball stood.</param>
public sealed record FootSlide(float Mean, float Largest, int Contacts)
{
    /// <summary>Measures poses at given contacts.</summary>
    internal static FootSlide Of(IReadOnlyList<Pose> poses, Vector3[] rest, FootContacts contacts)
    {
        var body = new GroundContact(rest);
        var places = new Vector2[2][];
        for (int side = 0; side < 2; side++) places[side] = new Vector2[poses.Count];
        for (int f = 0; f < poses.Count; f++)
        {
            body.Set(poses[f]);
            for (int side = 0; side < 2; side++) places[side][f] = new Vector2(body.Places[Joint.LeftFoot + side].X, body.Places[Joint.LeftFoot + side].Z);
        }
        float[] ways = [.. Enumerable.Range(0, 2).SelectMany(side => FootContacts.Runs(poses.Count, f => contacts.Ball(side, f))
            .Select(run => Way(places[side].AsSpan(run.First, run.Last - run.First + 1))))];
        return new FootSlide(ways.Length == 0 ? 0 : ways.Average(), ways.Length == 0 ? 0 : ways.Max(), ways.Length);
    }

    /// <summary>Twice the largest distance from the middle.</summary>
    internal static float Way(ReadOnlySpan<Vector2> places)
    {
        Vector2 middle = default;
        foreach (Vector2 place in places) middle += place / places.Length;
        float largest = 0;
        foreach (Vector2 place in places) largest = MathF.Max(largest, Vector2.Distance(place, middle));
        return 2 * largest;
    }
}
