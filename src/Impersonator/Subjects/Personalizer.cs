using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects;

/// <summary>Makes a subject of a person in a photo: clothed geometry, texture, background.</summary>
public static class Personalizer
{
    /// <summary>Longest side at which a photo is worked on, pixels; more does not show in a texture.</summary>
    public const int WorkingSide = 1280;

    /// <summary>Columns and rows of the texture.</summary>
    private const int TextureSide = 1024;

    /// <summary>Makes the subject.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">The body found in it.</param>
    /// <param name="model">The body's family.</param>
    /// <param name="matte">Which pixels are the person, same size as the photo.</param>
    /// <param name="background">What is drawn behind; of the photo's shape.</param>
    /// <param name="cancellationToken">Stops between stages.</param>
    /// <exception cref="ArgumentException">Matte and photo differ in size.</exception>
    public static Subject Create(Photo photo, Person person, BodyModel model, Matte matte, Image background, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(matte);
        if (matte.Width != photo.Width || matte.Height != photo.Height)
            throw new ArgumentException($"A matte of {matte.Width}x{matte.Height} for a photo of {photo.Width}x{photo.Height}.", nameof(matte));
        Body body = model.Create(person.Shape);
        Skirt? skirt = Skirt.Find(body, person, matte);
        SkinnedMesh clothed = ClothedGeometry.Fit(body, person, matte, skirt?.Covers(body), cancellationToken);
        float personPixels = person.Keypoints.PersonHeight;
        Image foreground = ForegroundColours.Spread(photo.Image, matte, margin: Math.Max(1, (int)(0.004f * personPixels)));
        cancellationToken.ThrowIfCancellationRequested();
        SubjectLayer Textured(string name, SkinnedMesh mesh, int side, int[]? mirror, bool[]? scalp)
        {
            var atlas = new Atlas(mesh, side);
            TextureProjection projection = TextureProjection.Of(atlas, new PosedBody(mesh, body, person), foreground, matte);
            cancellationToken.ThrowIfCancellationRequested();
            return new SubjectLayer(name, mesh, TextureCompletion.Complete(atlas, projection, mirror, scalp));
        }
        var layers = new List<SubjectLayer> { Textured("body", clothed, TextureSide, model.Mirror, Scalp.Of(model)) };
        layers[0] = layers[0] with { Texture = HiddenHands.Mend(layers[0]) };
        if (skirt is not null) layers.Add(Textured("skirt", skirt.Build(body, clothed), TextureSide / 2, null, null));
        return new Subject(photo.Name, person, body, [.. layers], background);
    }
}
