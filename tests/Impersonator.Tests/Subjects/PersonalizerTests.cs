using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Subjects;

public sealed class PersonalizerTests : IDisposable
{
    private static readonly Lazy<Subject> Made = new(() =>
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw();
        return Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image);
    });

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"subject-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    private static Vector4 TextureAt(Subject subject, Func<int, bool> wanted)
    {
        SubjectLayer layer = subject.Layers[0];
        int corner = Enumerable.Range(0, layer.Mesh.Triangles.Length).First(i => wanted(layer.Mesh.Triangles[i]));
        Vector2 uv = layer.Mesh.Texcoords[layer.Mesh.TexcoordTriangles[corner]];
        return layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height);
    }

    [Fact]
    public void Create_SeenTexels_HaveThePhotosColour()
    {
        Subject subject = Made.Value;
        Vector3[] at = subject.Body.Mesh.RestPositions;
        Vector4 chest = TextureAt(subject, v => at[v].Z > 0.08f && at[v].Y is > 1.15f and < 1.25f && MathF.Abs(at[v].X) < 0.05f);
        Assert.True(Vector4.Distance(chest, new Vector4(0.7f, 0.1f, 0.1f, 1)) < 0.03f, $"{chest}");
    }

    [Fact]
    public void Create_BackOfTheHead_HasHairAndNoFace()
    {
        Subject subject = Made.Value;
        Vector3[] at = subject.Body.Mesh.RestPositions;
        Vector4 back = TextureAt(subject, v => subject.Body.Mesh.Parts[v] == BodyPart.Head && at[v].Z < -0.03f && at[v].Y is > 1.55f and < 1.6f && MathF.Abs(at[v].X) < 0.03f);
        Assert.True(back.X < 0.15f, $"{back} is no hair");
    }

    [Fact]
    public void Create_BackOfTheShirt_IsLikeItsFront()
    {
        Subject subject = Made.Value;
        Vector3[] at = subject.Body.Mesh.RestPositions;
        Vector4 back = TextureAt(subject, v => subject.Body.Mesh.Parts[v] == BodyPart.Torso && at[v].Z < -0.06f && at[v].Y is > 1.1f and < 1.25f && MathF.Abs(at[v].X) < 0.05f);
        Assert.True(Vector4.Distance(back, new Vector4(0.7f, 0.1f, 0.1f, 1)) < 0.08f, $"{back}");
    }

    [Fact]
    public void Create_EveryTexel_IsOpaque() => Assert.All(Made.Value.Layers[0].Texture.Pixels, p => Assert.Equal(1, p.W, 3));

    [Fact]
    public void Write_ThenRead_DrawsTheSamePicture()
    {
        SubjectFile.Write(_file, Made.Value);
        Subject read = SubjectFile.Read(_file, BodyModel.Default);
        Assert.Equal(Made.Value.Person.Camera, read.Person.Camera);
        Assert.Equal(Made.Value.Source!.Camera, read.Source!.Camera);
        Assert.True(Made.Value.Source.Picture.Pixels.Zip(read.Source.Picture.Pixels, (a, b) => Vector4.Distance(a, b)).Max() < 0.02f);
        byte[] before = Views.Portrait(Made.Value, 128).Rgba, after = Views.Portrait(read, 128).Rgba;
        Assert.True(before.Zip(after, (a, b) => Math.Abs(a - b)).Max() <= 2);
    }

    [Fact]
    public void Read_WithoutSource_IsASubjectWithoutOne()
    {
        SubjectFile.Write(_file, Made.Value with { Source = null });
        Assert.Null(SubjectFile.Read(_file, BodyModel.Default).Source);
    }

    [Fact]
    public void Create_Source_ShowsThePersonWhereItsCameraSees()
    {
        Subject subject = Made.Value;
        SubjectSource source = subject.Source!;
        Vector2 chest = source.Camera.Project(subject.Person.Pose.Root + new Vector3(0, 0.25f, 0.1f));
        Assert.True(Vector4.Distance(source.Picture.Sample(chest.X, chest.Y), new Vector4(0.7f, 0.1f, 0.1f, 1)) < 0.02f);
        Assert.Equal(Vector4.Zero, source.Picture[0, 0]);
    }

    [Fact]
    public void Read_CutOff_GetsOneClearLine()
    {
        SubjectFile.Write(_file, Made.Value);
        byte[] bytes = File.ReadAllBytes(_file);
        File.WriteAllBytes(_file, bytes[..(bytes.Length / 2)]);
        Assert.DoesNotContain('\n', Assert.Throws<InputException>(() => SubjectFile.Read(_file, BodyModel.Default)).Message);
    }

    [Fact]
    public void Wearing_Upper_ChangesTheShirtAndKeepsTrousersAndFace()
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw();
        var green = new Image(photo.Width, photo.Height);
        for (int i = 0; i < green.Pixels.Length; i++) green.Pixels[i] = matte.Values[i] > 0 ? photo.Image.Pixels[i].X > 0.65f ? new Vector4(0.05f, 0.6f, 0.1f, 1) : photo.Image.Pixels[i] : photo.Image.Pixels[i];
        Subject giver = Personalizer.Create(photo with { Image = green }, person, BodyModel.Default, matte, photo.Image);
        Subject dressed = Made.Value.Wearing(giver, WearParts.Upper);
        Vector3[] at = dressed.Body.Mesh.RestPositions;
        Vector4 Chest(Subject s) => TextureAt(s, v => at[v].Z > 0.08f && at[v].Y is > 1.15f and < 1.25f && MathF.Abs(at[v].X) < 0.05f);
        Vector4 Thigh(Subject s) => TextureAt(s, v => s.Body.Mesh.Parts[v] == BodyPart.LeftUpperLeg && at[v].Z > 0.05f && at[v].Y is > 0.6f and < 0.7f);
        Vector4 Nose(Subject s) => TextureAt(s, v => s.Body.Mesh.Parts[v] == BodyPart.Head && at[v].Z > 0.14f);
        Assert.True(Chest(dressed).Y > Chest(dressed).X, $"{Chest(dressed)} is not green");
        Assert.True(Vector4.Distance(Thigh(dressed), Thigh(Made.Value)) < 0.02f);
        Assert.True(Vector4.Distance(Nose(dressed), Nose(Made.Value)) < 0.02f);
    }
}
