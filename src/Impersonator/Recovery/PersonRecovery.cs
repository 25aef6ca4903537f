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

    /// <summary>Longer side of the smallest person that is worth fitting, pixels.</summary>
    public const float SmallestPerson = 48;

    /// <summary>Where an error of the network's keypoints becomes a mistake, share of the person's height: it is seldom wrong, and a foot kicked high may be far from where the search begins.</summary>
    private const float NetworkOutlierScale = 0.16f;

    private readonly BodyModel _model;
    private readonly LookedSurface _surface;
    private readonly PoseEstimator? _poses;

    /// <summary>Prepares the network and the body.</summary>
    /// <param name="model">The body model to fit.</param>
    /// <param name="weights">Of <see cref="PersonNet"/>.</param>
    /// <param name="options">How people are looked for; null = the usual way.</param>
    /// <param name="poseWeights">Of <see cref="PoseNet"/>; null = those inside the library, if it was built with them.</param>
    /// <exception cref="InputException">The weights are of another network.</exception>
    public PersonRecovery(BodyModel model, Weights weights, PersonFinderOptions? options = null, Weights? poseWeights = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, Finder, _surface) = (model, new PersonFinder(weights, options), new LookedSurface(model));
        if (poseWeights is null && Weights.Shipped.Contains(PoseEstimator.Network)) poseWeights = Weights.ReadShipped(PoseEstimator.Network);
        if (poseWeights is not null && ReferenceEquals(model, BodyModel.Default)) _poses = new PoseEstimator(poseWeights);
    }

    /// <summary>What finds people.</summary>
    public PersonFinder Finder { get; }

    /// <summary>The model that is fitted.</summary>
    internal BodyModel Model => _model;

    /// <summary>What a look shows of the skin.</summary>
    internal IReadOnlyList<SurfaceObservation> Surface(PersonLook look) => _surface.Of(look);

    /// <summary>What a network thinks of the pose that a look shows; null without one.</summary>
    internal PoseEstimate? Estimate(PersonLook look, int width, int height) => _poses?.Estimate(look, width, height, null);

    /// <summary>Finds a person in a photo and fits a body.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Which of several people, from 0, largest first; null takes the largest.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="InputException">Nobody is in it, there is no such person, it is too small, or too little of it shows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FitResult Recover(Photo photo, int? person = null, CancellationToken token = default)
    {
        IReadOnlyList<PersonLook> people = Finder.FindAll(photo, token: token);
        return Fit(photo, Chosen(photo, people, person), token);
    }

    /// <summary>One of the people in a photo.</summary>
    /// <exception cref="InputException">There is nobody, or no such person.</exception>
    internal static PersonLook Chosen(Photo photo, IReadOnlyList<PersonLook> people, int? person)
    {
        if (people.Count == 0) throw new InputException(NobodyIn(photo));
        if (person is { } number && (uint)number >= (uint)people.Count)
            throw new InputException($"{photo.Name}: {(people.Count == 1 ? "one person was found, number 0" : $"{people.Count} people were found, numbered from 0, largest first")}; there is no person {number}.");
        return people[person ?? 0];
    }

    /// <summary>Fits a body to what a look shows.</summary>
    /// <exception cref="InputException">The look shows nobody, or too little.</exception>
    public FitResult Fit(Photo photo, PersonLook look, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(look);
        if (!look.IsPerson) throw new InputException(NobodyIn(photo));
        float height = look.Size;
        if (height < SmallestPerson) throw new InputException($"{photo.Name}: the person is {height:F0} pixels tall, at least {SmallestPerson:F0} are needed; give a larger picture of the person.");
        look = LimbSides.Checked(look, seen => CostOf(photo, seen, token));
        Keypoints keypoints = look.ToKeypoints();
        int known = keypoints.Observations.Count(o => o.Confidence > 0);
        if (known < BodyFit.MinKeypointsWithSkin || (keypoints[Keypoint.LeftShoulder].Confidence == 0 && keypoints[Keypoint.RightShoulder].Confidence == 0))
            throw new InputException($"{photo.Name}: too little of the person is in the picture ({known} of {Keypoints.Count} keypoints); give a photo that shows at least head and shoulders.");
        var options = new BodyFitOptions { OutlierScale = NetworkOutlierScale, Estimate = _poses?.Estimate(look, photo.Width, photo.Height, photo.FocalLength) };
        FitResult found = BodyFit.Fit(_model, keypoints, _surface.Of(look), photo.Width, photo.Height, photo.FocalLength, options, token);
        return found with { Person = found.Person with { Look = look } };
    }

    /// <summary>What the best body for these keypoints alone costs; endless if there are too few.</summary>
    private double CostOf(Photo photo, Keypoints keypoints, CancellationToken token)
        => keypoints.Observations.Count(o => o.Confidence > 0) < BodyFit.MinKeypoints ? double.PositiveInfinity
            : BodyFit.Fit(_model, keypoints, photo.Width, photo.Height, photo.FocalLength, null, token).Cost;

    private static string NobodyIn(Photo photo) => $"{photo.Name}: no person was found; give a photo that shows one clearly, or say where the joints are with --joints.";

    /// <inheritdoc/>
    public void Dispose()
    {
        Finder.Dispose();
        _poses?.Dispose();
    }
}
