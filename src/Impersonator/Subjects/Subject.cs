using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects;

/// <summary>The ready-to-move person that Personalize made from a photo. Immutable.</summary>
/// <param name="Name">The photo's name.</param>
/// <param name="Person">Shape, photo pose and photo camera.</param>
/// <param name="Body">The naked body of that shape: joints and skinning.</param>
/// <param name="Layers">What is drawn; the clothed body first.</param>
/// <param name="Background">The photo without the person, at the photo's working size; opaque.</param>
public sealed record Subject(string Name, Person Person, Body Body, ImmutableArray<SubjectLayer> Layers, Image Background)
{
    /// <summary>The photo's own picture of the person, which the generator looks at; null where there is none: then only the mesh can be drawn.</summary>
    public SubjectSource? Source { get; init; }

    /// <summary>Other photos of the person, see <see cref="SeveralPhotos"/>; each with a pose of its own.</summary>
    public ImmutableArray<SubjectSource> MoreSources { get; init; } = [];
}
