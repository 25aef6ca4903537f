using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;
using Impersonator.Tests.Subjects;

namespace Impersonator.Tests.Synthesis.Generation;

/// <summary>A drawn person made a subject once for the tests of the generator's inputs.</summary>
internal static class GenerationSubject
{
    private static readonly Lazy<Subject> Lazily = new(() =>
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw();
        return Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image, new PersonalizerOptions { TextureSide = 512, SkirtTextureSide = 384 });
    });

    private static readonly Lazy<SourceMaps> Prepared = new(() =>
    {
        var maps = new SourceMaps();
        maps.Fill(Made);
        return maps;
    });

    public static Subject Made => Lazily.Value;

    public static SourceMaps Maps => Prepared.Value;
}
