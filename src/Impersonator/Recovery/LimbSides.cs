using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Notices arms or legs that were taken for each other, as under long skirts, and exchanges them.</summary>
/// <remarks>
/// Hips seen the other way round than the shoulders, or knees and ankles than the hips, are rare: whoever stands cannot turn so far. Where
/// a look shows that, a body is fitted to it as it is, with the legs exchanged and with the arms exchanged; what costs less by far is taken.
/// </remarks>
internal static class LimbSides
{
    /// <summary>How far apart on the axis of the other pair two sides must be to count, in sizes of the person.</summary>
    private const float Apart = 0.02f;

    /// <summary>How much cheaper a fit must be before the network is doubted. Of 56 right looks one was cheaper by more the wrong way round, and it had no cause for doubt.</summary>
    private const double Cheaper = 20;

    private static readonly ImmutableArray<int> Arms = [.. Enumerable.Range((int)Keypoint.RightShoulder, 6), .. Enumerable.Range(23, 6)];
    private static readonly ImmutableArray<int> Legs = [.. Enumerable.Range((int)Keypoint.RightHip, 8), .. Enumerable.Range(29, 4)];
    private static readonly Range ArmParts = (int)BodyPart.LeftUpperArm..((int)BodyPart.RightHand + 1), LegParts = (int)BodyPart.LeftUpperLeg..((int)BodyPart.RightFoot + 1);

    /// <summary>The look with its sides as they fit a body best.</summary>
    /// <param name="look">What was seen.</param>
    /// <param name="cost">What the best fit of a body to keypoints costs.</param>
    public static PersonLook Checked(PersonLook look, Func<Keypoints, double> cost)
    {
        if (!IsDoubtful(look)) return look;
        PersonLook best = look;
        double least = cost(look.ToKeypoints()) - Cheaper;
        foreach (PersonLook other in (PersonLook[])[WithLegsExchanged(look), WithArmsExchanged(look)])
            if (cost(other.ToKeypoints()) is var own && own < least) (best, least) = (other, own);
        return best;
    }

    /// <summary>Whether hips are the other way round than shoulders, or knees and ankles than hips.</summary>
    internal static bool IsDoubtful(PersonLook look)
    {
        float apart = Apart * look.Size;
        Vector2? shoulders = Across(Keypoint.RightShoulder, Keypoint.LeftShoulder), hips = Across(Keypoint.RightHip, Keypoint.LeftHip);
        Vector2? knees = Across(Keypoint.RightKnee, Keypoint.LeftKnee), ankles = Across(Keypoint.RightAnkle, Keypoint.LeftAnkle);
        return Opposite(shoulders, hips) || (Opposite(hips, knees) && Opposite(hips, ankles)) || (Opposite(shoulders, knees) && Opposite(shoulders, ankles));

        Vector2? Across(Keypoint right, Keypoint left)
            => look.Keypoints[(int)right].Inside > 0.5f && look.Keypoints[(int)left].Inside > 0.5f ? look.Keypoints[(int)left].Position - look.Keypoints[(int)right].Position : null;
        bool Opposite(Vector2? a, Vector2? b) => a is { } p && b is { } q && p.Length() > apart && q.Length() > apart && Vector2.Dot(p, q) < -apart * MathF.Max(p.Length(), q.Length());
    }

    /// <summary>The same look with the legs named the other way round.</summary>
    internal static PersonLook WithLegsExchanged(PersonLook look) => Exchanged(look, Legs, LegParts);

    /// <summary>The same look with the arms, shoulders too, named the other way round.</summary>
    internal static PersonLook WithArmsExchanged(PersonLook look) => Exchanged(look, Arms, ArmParts);

    private static PersonLook Exchanged(PersonLook look, ImmutableArray<int> keypoints, Range parts)
    {
        LookedKeypoint[] named = [.. look.Keypoints];
        foreach (int k in keypoints) named[k] = look.Keypoints[PersonNet.Mirror[k]];
        int cells = look.Maps.Side * look.Maps.Side;
        (float[] shares, float[] surface) = ([.. look.Maps.Parts], [.. look.Maps.Surface]);
        (int first, int end) = (parts.Start.Value, parts.End.Value);
        for (int p = first; p < end; p++) look.Maps.Parts.AsSpan(PersonNet.MirrorParts[p] * cells, cells).CopyTo(shares.AsSpan(p * cells));
        for (int i = 0; i < cells; i++)
        {
            int part = 0;
            for (int p = 1; p < PersonNet.PartCount; p++)
                if (shares[(p * cells) + i] > shares[(part * cells) + i]) part = p;
            // The canonical box is as wide to the left as to the right.
            if (part >= first && part < end) surface[i] = 1 - surface[i];
        }
        return look with { Keypoints = [.. named], Maps = look.Maps with { Parts = shares, Surface = surface } };
    }
}
