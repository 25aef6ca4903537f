using System.Numerics;
using System.Runtime.CompilerServices;
using Impersonator.Imaging;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Finds the person in a photo: one look at all of it, a search in parts of it where that leaves doubt, then a close look.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public sealed class PersonFinder : IDisposable
{
    /// <summary>Sides of the parts that are searched, in longer sides of the photo, and how far they overlap.</summary>
    private static readonly float[] Parts = [0.62f, 0.4f];

    // Others are counted only if they are plain to see.
    private const float LeastOtherScore = 0.55f, SmallestOther = 0.45f;

    // Of people about as large the one counts as largest that the network took first: the one in the middle, before the others.
    private const float Preferred = 1.15f;

    /// <summary>How much surer a part must be than what was found before.</summary>
    private const float Surer = 0.05f;

    private const float Overlap = 0.5f;
    private readonly OnnxEngine _engine;

    // A photo is looked at several times: to find people, and for each one's matte.
    private readonly ConditionalWeakTable<Photo, PhotoPyramid> _pyramids = [];
    private readonly PersonFinderOptions _options;
    private readonly int _size;

    /// <summary>Prepares the network.</summary>
    /// <param name="weights">Of <see cref="PersonNet"/>.</param>
    /// <param name="options">Null = the usual ones.</param>
    /// <param name="size">Null = the network that ships.</param>
    /// <param name="threads">Threads of the network; 0 = as many as there are cores.</param>
    /// <exception cref="Files.InputException">The weights are of another network.</exception>
    public PersonFinder(Weights weights, PersonFinderOptions? options = null, PersonNetSize? size = null, int threads = 0)
    {
        size ??= new PersonNetSize();
        (_engine, _options, _size) = (new OnnxEngine(PersonNet.Build(size), weights, threads), options ?? new PersonFinderOptions(), size.Picture);
    }

    /// <summary>The surest person of a photo, looked at closely. Whether it is one at all is told by <see cref="PersonLook.IsPerson"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PersonLook Find(Photo photo, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return Find(photo, Pyramid(photo), token);
    }

    /// <summary>The people of a photo, largest first: after each one the photo is looked at again with that one painted over.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="most">No more than so many.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>None if nobody is there. Whoever is much smaller than the first, as people in the background are, is left out.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<PersonLook> FindAll(Photo photo, int most = 8, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var pyramid = Pyramid(photo);
        PersonLook first = Find(photo, pyramid, token);
        if (!first.IsPerson) return [];
        var people = new List<PersonLook> { first };
        for (PhotoPyramid rest = pyramid.Without(first); people.Count < most;)
        {
            token.ThrowIfCancellationRequested();
            PersonLook next = Look(rest, PhotoWindow.Whole(photo.Width, photo.Height), mirrored: false);
            if (next.Score < LeastOtherScore || next.Size < SmallestOther * first.Size) break;
            // Looked at with the others painted over, so that the look stays with this one; then as the photo is, if that is surer.
            next = Closer(rest, next, token);
            if (!next.IsPerson || next.Score < LeastOtherScore || next.Size < SmallestOther * first.Size || people.Exists(next.IsSame)) break;
            PersonLook asItIs = Look(pyramid, Around(next), _options.Mirrored);
            if (asItIs.Score > next.Score && asItIs.IsPerson && asItIs.IsSame(next) && !people.Exists(asItIs.IsSame)) next = asItIs;
            people.Add(next);
            rest = rest.Without(next);
        }
        return [.. people.OrderByDescending(p => p == first ? p.Size * Preferred : p.Size)];
    }

    private PersonLook Find(Photo photo, PhotoPyramid pyramid, CancellationToken token)
    {
        PersonLook best = Turned(pyramid, Closer(pyramid, Look(pyramid, PhotoWindow.Whole(photo.Width, photo.Height), mirrored: false), token), token);
        if (!_options.Search) return best;
        foreach (float part in Parts)
        {
            // In parts smaller than a person who is there, only pieces would be found.
            if (best.Score >= _options.Sure || (best.IsPerson && best.Size > part * Math.Max(photo.Width, photo.Height))) break;
            PersonLook surest = Windows(photo, part).Select(w =>
            {
                token.ThrowIfCancellationRequested();
                return Look(pyramid, w, mirrored: false);
            }).MaxBy(l => l.Score)!;
            PersonLook candidate = Turned(pyramid, Closer(pyramid, surest, token), token);
            if (candidate.Score > best.Score + Surer) best = candidate;
        }
        return best;
    }

    /// <summary>A close look at a person whose box is known, for instance from the frame before.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="low">Left and top of the box, pixels.</param>
    /// <param name="high">Right and bottom.</param>
    /// <param name="token">Cancels.</param>
    public PersonLook LookAt(Photo photo, Vector2 low, Vector2 high, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        token.ThrowIfCancellationRequested();
        return Look(Pyramid(photo), PhotoWindow.Around(low, high, _options.Margin), _options.Mirrored);
    }

    /// <summary>The same with the camera turned clockwise by so many times 90°, for who lies or hangs head down.</summary>
    internal PersonLook LookAt(Photo photo, Vector2 low, Vector2 high, int quarterTurns, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Look(Pyramid(photo), PhotoWindow.Around(low, high, _options.Margin), _options.Mirrored, quarterTurns);
    }

    /// <summary>A look with a finer matte: the person is looked at once more, closer, part by part.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="look">At the person in it.</param>
    /// <param name="token">Cancels.</param>
    public PersonLook WithFineMatte(Photo photo, PersonLook look, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(look);
        return CloseMatte.Of(look, Pyramid(photo), _engine, _size, token);
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private PhotoPyramid Pyramid(Photo photo) => _pyramids.GetValue(photo, p => new PhotoPyramid(p));

    /// <summary>Overlapping squares that cover the photo.</summary>
    internal static IEnumerable<PhotoWindow> Windows(Photo photo, float part)
    {
        float side = part * Math.Max(photo.Width, photo.Height);
        static int Count(float length, float side) => Math.Max(1, (int)MathF.Ceiling((length - side) / (side * Overlap)) + 1);
        static float Start(float length, float side, int i, int count) => count == 1 ? (length - side) / 2 : (length - side) * i / (count - 1);
        (int nx, int ny) = (Count(photo.Width, side), Count(photo.Height, side));
        for (int j = 0; j < ny; j++)
            for (int i = 0; i < nx; i++) yield return new PhotoWindow(Start(photo.Width, side, i, nx), Start(photo.Height, side, j, ny), side);
    }

    /// <summary>Close looks, each around what the one before it found; the last is averaged with the mirrored picture, and those before it are left out where the person is seen so closely already.</summary>
    private PersonLook Closer(PhotoPyramid photo, PersonLook look, CancellationToken token, int quarterTurns = 0)
    {
        for (int i = 1; i <= _options.CloseLooks; i++)
        {
            token.ThrowIfCancellationRequested();
            PhotoWindow window = Around(look);
            bool last = i == _options.CloseLooks;
            if (last || !window.IsNearly(look.Window)) look = Look(photo, window, last && _options.Mirrored, quarterTurns);
        }
        return look;
    }

    /// <summary>The same person looked at with the camera turned, if that makes the network surer: who lies or hangs head down is rare among what it learnt from.</summary>
    private PersonLook Turned(PhotoPyramid photo, PersonLook look, CancellationToken token)
    {
        if (!_options.Turned || look.Score >= _options.Sure) return look;
        (PersonLook surest, int turns) = (look, 0);
        for (int quarters = 1; quarters < 4; quarters++)
        {
            token.ThrowIfCancellationRequested();
            PersonLook turned = Look(photo, Around(look), mirrored: false, quarters);
            if (turned.Score > surest.Score) (surest, turns) = (turned, quarters);
        }
        if (turns == 0) return look;
        surest = Closer(photo, surest, token, turns);
        return surest.Score > look.Score ? surest : look;
    }

    private PhotoWindow Around(PersonLook look)
    {
        (Vector2 low, Vector2 high) = look.Box;
        return PhotoWindow.Around(low, high, _options.Margin);
    }

    private PersonLook Look(PhotoPyramid photo, PhotoWindow window, bool mirrored, int quarterTurns = 0)
    {
        LookView view = new(window, QuarterTurns: quarterTurns);
        return Look(photo, window, mirrored ? [view, view with { Mirrored = true }] : [view]);
    }

    private PersonLook Look(PhotoPyramid photo, PhotoWindow window, IReadOnlyList<LookView> views)
    {
        int plane = 3 * _size * _size;
        var input = new float[views.Count * plane];
        for (int i = 0; i < views.Count; i++) photo.Cut(views[i], _size, input.AsSpan(i * plane, plane));
        return LookDecoder.Decode(_engine.Run(new NetworkArray(input, views.Count, 3, _size, _size)), views, window);
    }
}
