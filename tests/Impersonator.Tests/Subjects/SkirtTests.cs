using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class SkirtTests
{
    private const float Waist = 1.0f, Hem = 0.45f, AtWaist = 0.16f, AtHem = 0.30f;
    private static readonly Vector4 Green = new(0.05f, 0.5f, 0.1f, 1);
    private static readonly Body Naked = BodyModel.Default.Create(Shape.Average);

    /// <summary>A standing body before a grey wall, in a green flared skirt of known size or without.</summary>
    internal static (Photo Photo, Person Person, Matte Matte) Draw(bool skirt)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -0.6f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.6f);
        var camera = new Camera(400, 450, 640, new Vector2(200, 225), Camera.FacingMinusZ, new Vector3(0, 0.85f, 3.4f));
        var standing = new Person(new Keypoints([.. Enumerable.Repeat(new KeypointObservation(new Vector2(200, 60), 1), Keypoints.Count - 1), new KeypointObservation(new Vector2(200, 380), 1)]),
            Shape.Average, new Pose([.. rotations], new Vector3(0, Naked.HipHeight, 0)), camera);
        var posed = new PosedBody(Naked.Mesh, Naked, standing);
        var (image, matte) = (new Image(camera.Width, camera.Height), new Matte(camera.Width, camera.Height));
        for (int y = 0; y < camera.Height; y++)
            for (int x = 0; x < camera.Width; x++)
            {
                Vector2 at = new Vector2(x + 0.5f - 200, 225 - y - 0.5f) * (3.4f / 640) + new Vector2(0, 0.85f);
                bool cloth = skirt && at.Y is < Waist and > Hem && MathF.Abs(at.X) < AtWaist + ((AtHem - AtWaist) * (Waist - at.Y) / (Waist - Hem));
                bool body = posed.Maps.TriangleAt(x, y) >= 0;
                matte[x, y] = cloth || body ? 1 : 0;
                image[x, y] = cloth ? Green : body ? new Vector4(0.6f, 0.4f, 0.3f, 1) : new Vector4(0.4f, 0.4f, 0.4f, 1);
            }
        return (new Photo("drawn.png", image), standing, matte);
    }

    [Fact]
    public void Find_FlaredSkirt_HasItsHemAndWidth()
    {
        (_, Person person, Matte matte) = Draw(skirt: true);
        Skirt skirt = Assert.IsType<Skirt>(Skirt.Find(Naked, person, matte));
        Vector3[] posed = new PosedBody(skirt.Mesh, Naked, person).Positions;
        float hem = posed.Min(p => p.Y), width = posed.Where(p => p.Y < hem + 0.04f).Max(p => p.X);
        Assert.Equal(Hem, hem, 0.035f);
        Assert.Equal(AtHem, width, 0.025f);
    }

    [Fact]
    public void Find_NotchInTheMatte_DoesNotDrawTheClothIn()
    {
        (_, Person person, Matte matte) = Draw(skirt: true);
        float Width() => new PosedBody(Skirt.Find(Naked, person, matte)!.Mesh, Naked, person).Positions.Where(p => p.Y is > 0.60f and < 0.66f).Max(p => p.X);
        float whole = Width();
        for (int y = (int)(225 + (0.18f * 640 / 3.4f)); y < 225 + (0.26f * 640 / 3.4f); y++)
            for (int x = 200 + (int)(0.19f * 640 / 3.4f); x < matte.Width; x++) matte[x, y] = 0;
        Assert.Equal(whole, Width(), 0.02f);
    }

    [Fact]
    public void Find_NoSkirt_GivesNull()
    {
        (_, Person person, Matte matte) = Draw(skirt: false);
        Assert.Null(Skirt.Find(Naked, person, matte));
    }

    // In a coarse picture trousers hang together down to the knees; below them they narrow the gap between the legs as no bare legs do.
    [Fact]
    public void Find_TrousersClosedToTheKnees_GivesNull()
    {
        (_, Person person, Matte matte) = Draw(skirt: false);
        var cloth = new Matte(matte.Width, matte.Height);
        int crotch = Row(0.8f), knee = Row(0.48f), Aside = (int)(0.02f * 640 / 3.4f);
        for (int y = 0; y < matte.Height; y++)
        {
            int[] body = [.. Enumerable.Range(0, matte.Width).Where(x => matte[x, y] > 0.5f && (y < crotch || MathF.Abs(x - 200) < 50))];
            foreach (int x in body)
                for (int at = y < crotch ? x : Math.Max(0, x - Aside); at <= (y < crotch ? x : Math.Min(matte.Width - 1, x + Aside)); at++) cloth[at, y] = 1;
            for (int x = body.FirstOrDefault(); y >= crotch && y < knee && x <= body.LastOrDefault(); x++) cloth[x, y] = 1;
        }
        Assert.Null(Skirt.Find(Naked, person, cloth));

        static int Row(float height) => (int)(225 - ((height - 0.85f) * 640 / 3.4f));
    }

    [Fact]
    public void Fit_InsideASkirt_LegsStayNaked()
    {
        (_, Person person, Matte matte) = Draw(skirt: true);
        SkinnedMesh clothed = ClothedGeometry.Fit(Naked, person, matte, Skirt.Find(Naked, person, matte)).Body;
        float most = Enumerable.Range(0, clothed.VertexCount).Where(v => Naked.Mesh.RestPositions[v].Y is > 0.55f and < 0.75f && MathF.Abs(Naked.Mesh.RestPositions[v].X) < 0.3f)
            .Max(v => Vector3.Distance(clothed.RestPositions[v], Naked.Mesh.RestPositions[v]));
        Assert.True(most < 0.01f, $"{most:F3} m");
    }

    [Fact]
    public void Create_PersonInASkirt_HasClothAllAround()
    {
        (Photo photo, Person person, Matte matte) = Draw(skirt: true);
        Subject subject = Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image);
        SubjectLayer layer = Assert.Single(subject.Layers, l => l.Name == Skirt.Name);
        for (int column = 0; column < 16; column++)
            Assert.True(Vector4.Distance(Green, layer.Texture.Sample(layer.Texture.Width * (column + 0.5f) / 16, layer.Texture.Height * 0.6f)) < 0.05f, $"column {column}");

        Subject plain = subject with { Layers = [subject.Layers[0]], Body = BodyModel.Default.Create(Shape.Average) };
        Vector3[] worn = plain.Wearing(subject, WearParts.Lower).Layers[1].Mesh.RestPositions;
        Assert.All(worn.Zip(layer.Mesh.RestPositions), p => Assert.Equal(0, Vector3.Distance(p.First, p.Second), 1e-5f));
        Assert.Single(plain.Wearing(subject, WearParts.Upper).Layers);
    }

    [Fact]
    public void Complete_FrontOfATubeSeen_IsCarriedHalfAround()
    {
        const int Side = 64;
        var (colours, seen, own) = (new Image(Side, Side), new Matte(Side, Side), new Matte(Side, Side));
        own.Values.AsSpan().Fill(1);
        for (int y = 0; y < Side; y++)
            for (int x = 20; x < 44; x++) (colours[x, y], seen[x, y]) = (new Vector4(x / 64f, y / 16 % 2, 0.5f, 1), 1);
        Image whole = TubeCompletion.Complete(new TextureProjection(colours, seen, own, new Matte(Side, Side)), 320);
        Assert.Equal(30 / 64f, whole[30, 8].X, 4);
        Assert.Equal(30 / 64f, whole[62, 8].X, 4);
        Assert.All(whole.Pixels, p => Assert.Equal(1, p.W, 4));
        // Stripes run on at their height through the sides.
        for (int x = 0; x < Side; x++)
        {
            Assert.True(whole[x, 8].Y < 0.3f, $"column {x}: {whole[x, 8].Y}");
            Assert.True(whole[x, 24].Y > 0.7f, $"column {x}: {whole[x, 24].Y}");
        }
    }
}
