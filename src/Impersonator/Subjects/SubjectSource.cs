using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Subjects;

/// <summary>The photo's own picture of a subject, for the generator: the person cut out, in a square.</summary>
/// <param name="Picture">[P, P], P at most 512; linear light, premultiplied; transparent where the person or the photo ends.</param>
/// <param name="Camera">The square's camera: the subject in its photo pose lies before it as in the picture.</param>
public sealed record SubjectSource(Image Picture, Camera Camera)
{
    /// <summary>The pose of the subject in this picture; null = <see cref="Recovery.Person.Pose"/>, that of the photo that it was made from.</summary>
    public Pose? Pose { get; init; }

    /// <summary>Most columns and rows: twice what the generator works on.</summary>
    internal const int MostSide = 512;

    /// <summary>Alpha from which a photo's colour is all the person's own.</summary>
    private const float Own = 0.98f, Mixed = 0.75f;

    /// <summary>Cuts a person out of a photo; null where the photo shows nothing of the layers.</summary>
    /// <param name="photo">The photo, of the camera's size.</param>
    /// <param name="matte">The person in it, same size.</param>
    /// <param name="foreground">The person's colours everywhere, see <see cref="ForegroundColours"/>.</param>
    /// <param name="subject">Fitted to the photo.</param>
    internal static SubjectSource? Cut(Image photo, Matte matte, Image foreground, Subject subject)
    {
        var posed = new PosedLayers();
        posed.Pose(subject, subject.Person.Pose);
        Camera camera = subject.Person.Camera.Scaled(photo.Width, photo.Height);
        WorkingSquare square = WorkingSquare.Around(posed.World, camera);
        if (square.IsEmpty) return null;
        square = square.Whole();
        (int left, int top, int side) = ((int)square.Left, (int)square.Top, (int)square.Side);
        var cut = new Image(side, side);
        for (int y = Math.Max(top, 0); y < Math.Min(top + side, photo.Height); y++)
            for (int x = Math.Max(left, 0); x < Math.Min(left + side, photo.Width); x++)
            {
                float alpha = matte[x, y];
                if (alpha == 0) continue;
                // Edges hold the background's light, too: there the colour comes from within.
                Vector4 colour = Vector4.Lerp(foreground[x, y], photo[x, y], Math.Clamp((alpha - Mixed) / (Own - Mixed), 0, 1));
                cut[x - left, y - top] = colour * alpha;
            }
        int shown = Math.Min(side, MostSide);
        return new SubjectSource(shown < side ? cut.Resize(shown, shown) : cut, square.Crop(camera, shown));
    }

    /// <summary>The source of a subject that no photo shows: its mesh as it stands in the photo.</summary>
    internal static SubjectSource? Drawn(Subject subject)
    {
        var posed = new PosedLayers();
        posed.Pose(subject, subject.Person.Pose);
        WorkingSquare square = WorkingSquare.Around(posed.World, subject.Person.Camera);
        if (square.IsEmpty) return null;
        Camera camera = square.Crop(subject.Person.Camera, MostSide);
        var picture = new Image(MostSide, MostSide);
        new TexturedRenderer().Draw(picture, camera, posed.Meshes(subject, Synthesis.SubjectPainter.Textures(subject)));
        return new SubjectSource(picture, camera);
    }
}
