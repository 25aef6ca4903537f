using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Recovery.Capture;

/// <summary>Follows one person from frame to frame by its box; searches the frame again when it is lost.</summary>
internal sealed class PersonTracker
{
    /// <summary>Where the person of the last look may be in the next frame, in longer sides of its box, and how much larger or smaller.</summary>
    private const float Reach = 0.5f, Growth = 1.7f;

    /// <summary>How much further a person gets in every frame in which nobody sees it.</summary>
    private const float LostReach = 0.1f, MostReach = 3;

    /// <summary>Who is lost is searched in each of the first frames, then in every so many.</summary>
    private const int EagerSearches = 3, SearchEvery = 6;

    /// <summary>A torso shorter than this share of the body points at the camera; the camera is turned when the head is further from up, quarters.</summary>
    private const float ShortTorso = 0.15f, Doubt = 0.65f;

    /// <summary>A body that comes nearer to the window's edge than this share of its side is cut off by it, and is looked at again.</summary>
    private const float WindowEdge = 0.03f;

    private readonly Func<Photo, Vector2, Vector2, int, PersonLook> _lookAt;
    private readonly Func<Photo, IReadOnlyList<PersonLook>> _findAll;
    private readonly int? _person;
    private (Vector2 Low, Vector2 High) _box;
    private Vector2 _step;
    private bool _known;
    private int _lost, _turns;

    /// <param name="lookAt">A close look at a box, the camera turned clockwise by so many quarters.</param>
    /// <param name="findAll">Everybody in a frame, largest first.</param>
    /// <param name="person">Who is followed; null = the largest.</param>
    public PersonTracker(Func<Photo, Vector2, Vector2, int, PersonLook> lookAt, Func<Photo, IReadOnlyList<PersonLook>> findAll, int? person)
        => (_lookAt, _findAll, _person) = (lookAt, findAll, person);

    /// <summary>The followed person in the next frame; null if it is not seen.</summary>
    /// <exception cref="Files.InputException">The first frame with people in it does not show the person asked for.</exception>
    public PersonLook? Next(Photo frame)
    {
        if (!_known) return First(frame);
        (Vector2 low, Vector2 high) = (_box.Low + _step, _box.High + _step);
        PersonLook look = _lookAt(frame, low, high, _turns);
        if (IsCut(look)) look = _lookAt(frame, look.Box.Low, look.Box.High, _turns);
        if (Follows(look)) return Keep(look);
        if (_lost < EagerSearches || _lost % SearchEvery == 0)
        {
            PersonLook? nearest = _findAll(frame).Where(Follows).MinBy(l => Vector2.DistanceSquared(Middle(l.Box), Middle(_box)));
            if (nearest is not null) return Keep(nearest);
        }
        _lost++;
        _step = default;
        return null;
    }

    private PersonLook? First(Photo frame)
    {
        if (_lost++ >= EagerSearches && _lost % SearchEvery != 0) return null;
        IReadOnlyList<PersonLook> people = _findAll(frame);
        if (people.Count == 0) return null;
        PersonLook chosen = PersonRecovery.Chosen(frame, people, _person);
        _known = true;
        _box = chosen.Box;
        return Keep(chosen);
    }

    private PersonLook Keep(PersonLook look)
    {
        (Vector2 Low, Vector2 High) box = look.Box;
        _step = _lost > 0 ? default : Middle(box) - Middle(_box);
        (_box, _lost, _turns) = (box, 0, Turns(look));
        return look;
    }

    /// <summary>How the camera must be turned for the person's head to be up; as before while that leaves doubt.</summary>
    private int Turns(PersonLook look)
    {
        LookedKeypoint neck = look.Keypoints[(int)Keypoint.Neck], left = look.Keypoints[(int)Keypoint.LeftHip], right = look.Keypoints[(int)Keypoint.RightHip];
        if (MathF.Min(neck.Inside, MathF.Min(left.Inside, right.Inside)) < 0.5f) return _turns;
        Vector2 up = neck.Position - ((left.Position + right.Position) / 2);
        if (up.Length() < ShortTorso * look.Size) return _turns;
        // Quarters from up towards the right of the picture.
        float quarters = MathF.Atan2(up.X, -up.Y) / (MathF.PI / 2);
        return MathF.Abs(MathF.IEEERemainder(quarters - _turns, 4)) < Doubt ? _turns : (int)MathF.Round(quarters + 4) & 3;
    }

    private bool Follows(PersonLook look)
    {
        if (!look.IsPerson) return false;
        float before = Size(_box), now = look.Size, reach = MathF.Min(Reach + (LostReach * _lost), MostReach);
        return now < Growth * before && before < Growth * now && Vector2.Distance(Middle(look.Box), Middle(_box)) < reach * before;
    }

    private static bool IsCut(PersonLook look)
    {
        (Vector2 low, Vector2 high) = look.Box;
        low = look.Window.FromPhoto(low);
        high = look.Window.FromPhoto(high);
        return MathF.Min(low.X, low.Y) < WindowEdge || MathF.Max(high.X, high.Y) > 1 - WindowEdge;
    }

    private static Vector2 Middle((Vector2 Low, Vector2 High) box) => (box.Low + box.High) / 2;

    private static float Size((Vector2 Low, Vector2 High) box) => MathF.Max(box.High.X - box.Low.X, box.High.Y - box.Low.Y);
}
