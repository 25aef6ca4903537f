using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis;
using Impersonator.Synthesis.Generation;
using Impersonator.Tests.Synthesis.Generation;

namespace Impersonator.Tests.Subjects;

public sealed class SeveralPhotosTests
{
    private static readonly Lazy<Subject> Both = new(() =>
    {
        // The same person from behind, with a green back.
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw(
            further: [(Joint.Pelvis, Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI))],
            colour: (mesh, v) => mesh.Parts[v] == BodyPart.Torso && mesh.RestPositions[v].Z < 0 ? new Vector4(0.1f, 0.6f, 0.1f, 1) : SyntheticPhoto.Colour(mesh, v));
        Subject behind = Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image, new PersonalizerOptions { TextureSide = 512, SkirtTextureSide = 384 });
        return GenerationSubject.Made.SeenIn(behind);
    });

    private static Vector4 Texture(Subject subject, Func<Vector3, bool> wanted)
    {
        SubjectLayer layer = subject.Layers[0];
        Vector3[] at = subject.Body.Mesh.RestPositions;
        int corner = Enumerable.Range(0, layer.Mesh.Triangles.Length).First(i => layer.Mesh.Parts[layer.Mesh.Triangles[i]] == BodyPart.Torso && wanted(at[layer.Mesh.Triangles[i]]));
        Vector2 uv = layer.Mesh.Texcoords[layer.Mesh.TexcoordTriangles[corner]];
        return layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height);
    }

    [Fact]
    public void SeenIn_APhotoFromBehind_GivesTheBackItsColourAndLeavesTheFront()
    {
        Vector4 back = Texture(Both.Value, p => p.Z < -0.06f && p.Y is > 1.1f and < 1.25f && MathF.Abs(p.X) < 0.05f);
        Vector4 chest = Texture(Both.Value, p => p.Z > 0.08f && p.Y is > 1.15f and < 1.25f && MathF.Abs(p.X) < 0.05f);
        Assert.True(back.Y > 2 * back.X, $"{back} is not green");
        Assert.True(Vector4.Distance(chest, new Vector4(0.7f, 0.1f, 0.1f, 1)) < 0.05f, $"{chest}");
    }

    [Fact]
    public void AddPhotos_FrameFromBehind_IsSeenInTheOtherPhotoAndHasNoFlowToTheFirst()
    {
        Subject subject = Both.Value;
        (SourceMaps first, SourceMaps other, FrameMaps maps) = (new(), new(), new());
        first.Fill(subject);
        other.Fill(subject, subject.MoreSources[0]);
        Camera crop = CameraPath.Orbit(subject.Source!.Camera.Scaled(SourceMaps.Side, SourceMaps.Side), subject.Person.Pose.Root, MathF.PI);
        maps.Draw(first, subject.Person.Pose, crop);
        maps.AddPhotos([other], crop);
        const int Cells = FrameMaps.FlowSide, Seen = 10 * SourceMaps.Side * SourceMaps.Side;
        short[] flow = maps.OtherFlows.Single();
        int shown = 0;
        for (int i = 0; i < Cells * Cells; i++)
        {
            if (maps.Frame[Seen + (2 * (i / Cells) * SourceMaps.Side) + (2 * (i % Cells))] < 180) continue;
            shown++;
            Assert.Equal(FrameMaps.Nothing, maps.Flow[i]);
            Assert.NotEqual(FrameMaps.Nothing, flow[i]);
        }
        Assert.True(shown > 500, $"{shown}");
    }

    [Fact]
    public void Portrait_TwoPhotosAndAGeneratorThatPaintsTheMesh_LooksLikeTheMeshEngine()
    {
        byte[] mesh = Views.Portrait(Both.Value, 128).Rgba, drawn = Views.Portrait(Both.Value, 128, GeneratorWeights.Neutral).Rgba;
        Assert.True(mesh.Zip(drawn, (a, b) => Math.Abs(a - b)).Average() < 0.5);
    }

    [Fact]
    public void WriteThenRead_KeepsTheOtherPhoto()
    {
        string path = Path.Combine(Path.GetTempPath(), $"several-{Guid.NewGuid():N}.safetensors");
        try
        {
            SubjectFile.Write(path, Both.Value);
            SubjectSource kept = SubjectFile.Read(path, BodyModel.Default).MoreSources.Single(), written = Both.Value.MoreSources.Single();
            Assert.Equal((written.Camera, written.Pose!.Root), (kept.Camera, kept.Pose!.Root));
            Assert.Equal(written.Pose.Rotations.AsEnumerable(), kept.Pose.Rotations);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void SeenIn_ASubjectOfAnOlderVersion_IsRefusedInOneLine()
        => Assert.DoesNotContain('\n', Assert.Throws<InputException>(() => GenerationSubject.Made.SeenIn(GenerationSubject.Made with { Source = null })).Message);
}
