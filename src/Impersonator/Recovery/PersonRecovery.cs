using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>From a photo alone to a person: found, looked at closely, and a body fitted to what was seen.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public sealed class PersonRecovery : IDisposable
{
    /// <summary>Name of the network's weights among <see cref="Weights.Shipped"/>.</summary>
    public const string Network = "person-net";

    /// <summary>Score of a look below which nobody is there.</summary>
    public const float LeastScore = 0.4f;

    /// <summary>Longer side of the smallest person that is worth fitting, pixels.</summary>
    public const float SmallestPerson = 48;

    private readonly BodyModel _model;
    private readonly LookedSurface _surface;

    /// <summary>Prepares the network and the body.</summary>
    /// <param name="model">The body model to fit.</param>
    /// <param name="weights">Of <see cref="PersonNet"/>.</param>
    /// <param name="options">How people are looked for; null = the usual way.</param>
    /// <exception cref="InputException">The weights are of another network.</exception>
    public PersonRecovery(BodyModel model, Weights weights, PersonFinderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, Finder, _surface) = (model, new PersonFinder(weights, options), new LookedSurface(model));
    }

    /// <summary>What finds people.</summary>
    public PersonFinder Finder { get; }

    /// <summary>Finds a person in a photo and fits a body.</summary>
    /// <exception cref="InputException">Nobody is in it, the person is too small, or too little of it shows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FitResult Recover(Photo photo, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return Fit(photo, Finder.Find(photo, token), token);
    }

    /// <summary>Fits a body to what a look shows.</summary>
    /// <exception cref="InputException">The look shows nobody, or too little.</exception>
    public FitResult Fit(Photo photo, PersonLook look, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(look);
        if (look.Score < LeastScore) throw new InputException($"{photo.Name}: no person was found; give a photo that shows one clearly, or say where the joints are with --joints.");
        (Vector2 low, Vector2 high) = look.Box;
        float height = MathF.Max(high.X - low.X, high.Y - low.Y);
        if (height < SmallestPerson) throw new InputException($"{photo.Name}: the person is {height:F0} pixels tall, at least {SmallestPerson:F0} are needed; give a larger picture of the person.");
        Keypoints keypoints = look.ToKeypoints();
        int known = keypoints.Observations.Count(o => o.Confidence > 0);
        if (known < BodyFit.MinKeypoints) throw new InputException($"{photo.Name}: too little of the person is in the picture ({known} of {Keypoints.Count} keypoints, {BodyFit.MinKeypoints} are needed); give a photo that shows more of the body.");
        FitResult found = BodyFit.Fit(_model, keypoints, _surface.Of(look), photo.Width, photo.Height, photo.FocalLength, null, token);
        return found with { Person = found.Person with { Look = look } };
    }

    /// <inheritdoc/>
    public void Dispose() => Finder.Dispose();
}
