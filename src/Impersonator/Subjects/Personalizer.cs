using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects.Heads;

namespace Impersonator.Subjects;

/// <summary>Makes a subject of a person in a photo: clothed geometry, texture, background.</summary>
public static class Personalizer
{
    /// <summary>Longest side at which a photo is worked on, pixels; more does not show in a texture.</summary>
    public const int WorkingSide = 1280;

    /// <summary>Makes the subject.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">The body found in it.</param>
    /// <param name="model">The body's family.</param>
    /// <param name="matte">Which pixels are the person, same size as the photo.</param>
    /// <param name="background">What is drawn behind; of the photo's shape.</param>
    /// <param name="cancellationToken">Stops between stages.</param>
    /// <exception cref="ArgumentException">Matte and photo differ in size.</exception>
    public static Subject Create(Photo photo, Person person, BodyModel model, Matte matte, Image background, CancellationToken cancellationToken = default)
        => Create(photo, person, model, matte, background, new PersonalizerOptions(), cancellationToken);

    /// <summary>Makes the subject as finely as wanted.</summary>
    internal static Subject Create(Photo photo, Person person, BodyModel model, Matte matte, Image background, PersonalizerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(matte);
        if (matte.Width != photo.Width || matte.Height != photo.Height)
            throw new ArgumentException($"A matte of {matte.Width}x{matte.Height} for a photo of {photo.Width}x{photo.Height}.", nameof(matte));
        Body body = model.Create(person.Shape);
        var naked = new PosedBody(body.Mesh, body, person);
        HairMask? hair = HairMask.Find(naked, body, photo.Image, matte, cancellationToken);
        Skirt? hanging = Skirt.Find(body, person, matte);
        if (!Chest.IsLeft(naked, body, hair, hanging)) body = Chest.Flat(body);
        (SkinnedMesh clothed, Skirt? skirt) = ClothedGeometry.Fit(body, person, matte, hanging, hair, Shoes.AreWorn(naked, photo.Image, matte), cancellationToken);
        float personPixels = person.Keypoints.PersonHeight;
        Image foreground = ForegroundColours.Spread(photo.Image, matte, margin: Math.Max(1, (int)(0.004f * personPixels)));
        cancellationToken.ThrowIfCancellationRequested();
        var atlas = new Atlas(clothed, options.TextureSide);
        var posed = new PosedBody(clothed, body, person);
        var behind = HiddenCloth.Find(posed, foreground, matte, options.ClothSide, cancellationToken);
        TextureProjection projection = TextureProjection.Of(atlas, posed, foreground, matte, cloth: behind);
        if (hair is not null) projection = HairLayer.Without(projection, atlas, posed, hair);
        NeckSkin? skin = NeckSkin.Find(atlas, body, projection);
        projection = skin?.Clothed(projection) ?? projection;
        cancellationToken.ThrowIfCancellationRequested();
        Image whole = TextureCompletion.Complete(atlas, projection, model.Mirror, Scalp.Of(model));
        whole = skin?.Mend(whole, projection) ?? whole;
        if (hair is not null) whole = HairLayer.UnderHat(whole, projection.Seen, atlas, body, hair);
        var layers = new List<SubjectLayer> { new("body", clothed, whole) };
        if (skirt is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cloth = new Atlas(skirt.Mesh, options.SkirtTextureSide);
            TextureProjection shown = TextureProjection.Of(cloth, new PosedBody(skirt.Mesh, body, person), foreground, matte, posed, behind);
            layers.Add(new SubjectLayer(Skirt.Name, skirt.Mesh, TubeCompletion.Complete(shown, options.SkirtClothSide, cancellationToken)));
        }
        if (hair is not null && HairLayer.Create(posed, body, hair, foreground, matte, options.HairTextureSide, cancellationToken) is { } worn) layers.Add(worn);
        layers[0] = layers[0] with { Texture = HiddenHands.Mend(layers[0], atlas) };
        if (HalfBodies.IsHalf(person.Keypoints) && !HalfBodies.ShowsHips(person.Keypoints)) layers[0] = layers[0] with { Texture = HiddenLegs.Mend(layers[0].Texture, atlas) };
        var subject = new Subject(photo.Name, person, body, [.. layers], background);
        return subject with { Source = SubjectSource.Cut(photo.Image, matte, foreground, subject) };
    }
}
