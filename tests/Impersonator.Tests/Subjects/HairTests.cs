using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Subjects.Heads;

namespace Impersonator.Tests.Subjects;

public sealed class HairTests
{
    private static readonly Vector4 Skin = new(0.6f, 0.4f, 0.3f, 1), Brown = new(0.06f, 0.03f, 0.015f, 1), Red = new(0.7f, 0.1f, 0.1f, 1);
    private static readonly Body Naked = BodyModel.Default.Create(Shape.Average);

    /// <summary>A standing body in a red shirt before a grey wall, its hair a ball around the skull, metres wide from its middle; 0 for none. Without strands it is a hat.</summary>
    private static (Photo Photo, Person Person, Matte Matte) Draw(float ball, bool strands = true, bool openNeck = false)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -1.1f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1.1f);
        var camera = new Camera(400, 600, 1000, new Vector2(200, 300), Camera.FacingMinusZ, new Vector3(0, 0.9f, 3.4f));
        var standing = new Person(new Keypoints([.. Enumerable.Repeat(new KeypointObservation(new Vector2(200, 60), 1), Keypoints.Count - 1), new KeypointObservation(new Vector2(200, 540), 1)]),
            Shape.Average, new Pose([.. rotations], new Vector3(0, Naked.HipHeight, 0)), camera);
        var posed = new PosedBody(Naked.Mesh, Naked, standing);
        var maps = new SurfaceMaps();
        maps.Clear(camera.Width, camera.Height);
        Rasterizer.Draw(maps, camera, [.. posed.Positions.Select(camera.CameraFromWorld)], Naked.Mesh.Triangles);
        var head = HeadMeasures.Of(Naked);
        Vector2 middle = camera.Project(Vector3.Transform(head.Centre, posed.Transforms[Joint.Head]));
        var (image, matte) = (new Image(camera.Width, camera.Height), new Matte(camera.Width, camera.Height));
        var random = new Random(3);
        for (int y = 0; y < camera.Height; y++)
            for (int x = 0; x < camera.Width; x++)
            {
                int t = maps.TriangleAt(x, y), v = t < 0 ? -1 : Naked.Mesh.Triangles[3 * t];
                bool onHead = v >= 0 && Naked.Mesh.Parts[v] == BodyPart.Head;
                bool hair = ball > 0 && (onHead ? head.AboveHairline(Naked.Mesh.RestPositions[v]) > 0.1f : v < 0 && Vector2.Distance(new Vector2(x + 0.5f, y + 0.5f), middle) < ball * 1000 / 3.4f);
                image[x, y] = hair ? Brown * new Vector4(new Vector3(strands ? 0.6f + (0.8f * random.NextSingle()) : 1), 1) : onHead || (openNeck && v >= 0 && IsThroat(v)) ? Skin : v >= 0 ? Red : new Vector4(0.4f, 0.4f, 0.4f, 1);
                matte[x, y] = hair || v >= 0 ? 1 : 0;
            }
        return (new Photo("drawn.png", image), standing, matte);
    }

    /// <summary>Bare in a shirt with a wide neck.</summary>
    private static bool IsThroat(int vertex)
    {
        Vector3 p = Naked.Mesh.RestPositions[vertex];
        return p.Y > Naked.RestJoints[Joint.Neck].Y - 0.08f && MathF.Abs(p.X) < 0.07f;
    }

    // Made once: they are not changed.
    private static readonly Lazy<Subject> BigHair = new(() => Make(Draw(ball: 0.2f))), Hair = new(() => Make(Draw(ball: 0.15f))), Bald = new(() => Make(Draw(ball: 0)));

    private static Subject Make((Photo Photo, Person Person, Matte Matte) drawn) => Personalizer.Create(drawn.Photo, drawn.Person, BodyModel.Default, drawn.Matte, drawn.Photo.Image);

    [Fact]
    public void Create_BigHair_ShellCoversTheMatteAndIsRound()
    {
        var drawn = Draw(ball: 0.2f);
        Subject subject = BigHair.Value;
        SubjectLayer hair = Assert.Single(subject.Layers, l => l.Name == HairShell.Name);
        var maps = new SurfaceMaps();
        maps.Clear(400, 600);
        foreach (SubjectLayer layer in subject.Layers)
            Rasterizer.Draw(maps, drawn.Person.Camera, [.. new PosedBody(layer.Mesh, subject.Body, drawn.Person).Positions.Select(drawn.Person.Camera.CameraFromWorld)], layer.Mesh.Triangles, twoSided: true);
        (int both, int either) = (0, 0);
        for (int y = 0; y < 125; y++)
            for (int x = 0; x < 400; x++)
            {
                (bool shown, bool wanted) = (maps.TriangleAt(x, y) >= 0, drawn.Matte[x, y] > 0.5f);
                (both, either) = (both + (shown && wanted ? 1 : 0), either + (shown || wanted ? 1 : 0));
            }
        Assert.True(both > 0.93f * either, $"{both} of {either} pixels");
        float wide = hair.Mesh.RestPositions.Max(p => p.X), back = HeadMeasures.Of(Naked).Centre.Z - hair.Mesh.RestPositions.Min(p => p.Z);
        Assert.InRange(back, 0.8f * wide, 1.4f * wide);
    }

    [Fact]
    public void Create_Hat_HasAThinBrimAndEndsAboveTheNape()
    {
        SubjectLayer hat = Assert.Single(Make(Draw(ball: 0.17f, strands: false)).Layers, l => l.Name == HairShell.Name), hair = Assert.Single(Make(Draw(ball: 0.17f)).Layers, l => l.Name == HairShell.Name);
        Vector3 middle = HeadMeasures.Of(Naked).Centre;
        static float Back(SubjectLayer layer, Vector3 middle) => middle.Z - layer.Mesh.RestPositions.Min(p => p.Z);
        static float Behind(SubjectLayer layer, Vector3 middle) => layer.Mesh.RestPositions.Where(p => p.Z < middle.Z - 0.05f).Min(p => p.Y);
        Assert.True(Back(hat, middle) < Back(hair, middle) - 0.015f, $"{Back(hat, middle):F3} m, hair {Back(hair, middle):F3} m");
        Assert.True(Behind(hat, middle) > Behind(hair, middle) + 0.03f, $"{Behind(hat, middle):F3} m, hair {Behind(hair, middle):F3} m");
        Assert.Equal(hair.Mesh.RestPositions.Max(p => p.X), hat.Mesh.RestPositions.Max(p => p.X), 0.03f);
    }

    [Fact]
    public void Create_BaldHead_HasNoHair() => Assert.DoesNotContain(Bald.Value.Layers, l => l.Name == HairShell.Name);

    [Fact]
    public void Create_Hair_IsHairColouredAllAround()
    {
        SubjectLayer hair = Assert.Single(Hair.Value.Layers, l => l.Name == HairShell.Name);
        // Away from the front, where the hairline is: no texel is nearer to skin than to hair.
        for (int y = 0; y < hair.Texture.Height; y += 8)
            for (int x = 0; x < hair.Texture.Width; x += 8)
            {
                if (MathF.Abs(x - (hair.Texture.Width / 2f)) < hair.Texture.Width / 4f) continue;
                Vector4 colour = hair.Texture[x, y];
                Assert.True(colour.W < 0.5f || Vector4.Distance(colour, Brown) < Vector4.Distance(colour, Skin), $"{colour} at {x}, {y}");
            }
    }

    [Fact]
    public void Create_HeadOutsideThePicture_HasNoHair()
    {
        (Photo photo, Person person, Matte matte) = Draw(ball: 0.15f);
        const int Cut = 140;
        Image image = photo.Image.Crop(0, Cut, 400, 600 - Cut);
        var rest = new Matte(400, 600 - Cut);
        matte.Values.AsSpan(Cut * 400).CopyTo(rest.Values);
        Camera camera = person.Camera with { Height = 600 - Cut, PrincipalPoint = person.Camera.PrincipalPoint - new Vector2(0, Cut) };
        Assert.DoesNotContain(Make((new Photo("cropped.png", image), person with { Camera = camera }, rest)).Layers, l => l.Name == HairShell.Name);
    }

    [Fact]
    public void Create_OpenNeck_NapeIsBareAndTheBackBelowIsClothed()
    {
        SubjectLayer body = Make(Draw(ball: 0.13f, openNeck: true)).Layers[0];
        float neck = Naked.RestJoints[Joint.Neck].Y, behind = HeadMeasures.Of(Naked).Centre.Z - 0.02f;
        Vector4 Median(float from, float to)
        {
            Vector4[] at = [.. Enumerable.Range(0, body.Mesh.Triangles.Length).Where(i => Naked.Mesh.Parts[body.Mesh.Triangles[i]] is BodyPart.Head or BodyPart.Torso && Naked.Mesh.RestPositions[body.Mesh.Triangles[i]] is var p
                && p.Z < behind && MathF.Abs(p.X) < 0.05f && p.Y > from && p.Y < to).Select(i => body.Texture.Sample(body.Texture.Width * body.Mesh.Texcoords[body.Mesh.TexcoordTriangles[i]].X, body.Texture.Height * body.Mesh.Texcoords[body.Mesh.TexcoordTriangles[i]].Y))];
            return at.OrderBy(c => c.Y / c.X).ElementAt(at.Length / 2);
        }
        Vector4 nape = Median(neck + 0.03f, neck + 0.06f), back = Median(neck - 0.09f, neck - 0.04f);
        Assert.True(Vector4.Distance(nape, Skin) < Vector4.Distance(nape, Red), $"nape {nape}");
        Assert.True(Vector4.Distance(back, Red) < Vector4.Distance(back, Skin), $"back {back}");
    }

    [Fact]
    public void Wearing_OtherClothes_KeepsOnesOwnHair()
    {
        Subject wearer = BigHair.Value, bald = Bald.Value;
        Assert.Contains(wearer.Wearing(bald, WearParts.All).Layers, l => l.Name == HairShell.Name);
        Assert.DoesNotContain(bald.Wearing(wearer, WearParts.All).Layers, l => l.Name == HairShell.Name);
    }

    [Fact]
    public void Write_SubjectWithHair_ReadsBack()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + SubjectFile.Ending);
        try
        {
            Subject subject = Hair.Value;
            SubjectFile.Write(path, subject);
            SubjectLayer read = Assert.Single(SubjectFile.Read(path, BodyModel.Default).Layers, l => l.Name == HairShell.Name), made = Assert.Single(subject.Layers, l => l.Name == HairShell.Name);
            Assert.Equal(made.Mesh.RestPositions, read.Mesh.RestPositions);
            Assert.Equal(made.Mesh.Weights, read.Mesh.Weights);
            for (int i = 0; i < made.Texture.Pixels.Length; i += 97) Assert.True(Vector4.Distance(made.Texture.Pixels[i], read.Texture.Pixels[i]) < 0.01f);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
