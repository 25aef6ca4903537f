using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Cli;

/// <summary>Somebody found in a photo, or a subject made before, before the long work begins.</summary>
internal sealed class Found
{
    private readonly Photo? _photo;
    private readonly Person _person;
    private readonly PersonalizeOptions? _options;
    private readonly Subject? _subject;

    /// <summary>A subject made before.</summary>
    public Found(Subject subject) => (_subject, _person) = (subject, subject.Person);

    /// <summary>A person in a photo.</summary>
    public Found(Photo photo, Person person, PersonalizeOptions options) => (_photo, _person, _options) = (photo, person, options);

    /// <summary>The subject.</summary>
    public Subject Personalize(Studio studio, IProgress<StageProgress> progress, CancellationToken token) => _subject ?? studio.Personalize(_photo!, _person, _options, progress, token);

    /// <summary>What of wanted clothes the photo shows: of a half body the upper ones.</summary>
    /// <exception cref="InputException">Nothing of them.</exception>
    public WearParts Known(Studio studio, WearParts wanted)
    {
        if (wanted is WearParts.Upper || !HalfBodies.IsHalf(_person.Keypoints) || HalfBodies.ShowsThighs(_person, studio.Model.Create(_person.Shape))) return wanted;
        return wanted is WearParts.All ? WearParts.Upper
            : throw new InputException($"{_photo?.Name ?? _subject!.Name}: shows nothing of what is worn below the waist; wear its upper clothes (:upper) or give a photo that shows the legs.");
    }
}
