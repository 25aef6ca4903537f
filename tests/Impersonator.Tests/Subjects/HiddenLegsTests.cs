using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class HiddenLegsTests
{
    [Fact]
    public void Create_PortraitInRed_WearsDarkTrousersAndKeepsItsShirt()
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw(colour: (mesh, v) => mesh.Parts[v] == BodyPart.Head ? new Vector4(0.6f, 0.4f, 0.3f, 1) : new Vector4(0.7f, 0.1f, 0.1f, 1));
        const int Chest = 190;
        var cut = new Matte(matte.Width, Chest);
        for (int y = 0; y < Chest; y++)
            for (int x = 0; x < cut.Width; x++) cut[x, y] = matte[x, y];
        Person portrait = person with
        {
            Camera = person.Camera with { Height = Chest },
            Keypoints = new Keypoints([.. person.Keypoints.Observations.Select(o => o.Position.Y < Chest ? o : default)]),
        };
        SubjectLayer layer = Personalizer.Create(photo with { Image = photo.Image.Crop(0, 0, photo.Width, Chest) }, portrait, BodyModel.Default, cut, photo.Image.Crop(0, 0, photo.Width, Chest)).Layers[0];

        Vector4 Mean(Func<BodyPart, bool> wanted)
        {
            (Vector4 sum, int n) = (Vector4.Zero, 0);
            SkinnedMesh mesh = layer.Mesh;
            for (int i = 0; i < mesh.Triangles.Length; i++)
            {
                if (!wanted(mesh.Parts[mesh.Triangles[i]])) continue;
                Vector2 uv = mesh.Texcoords[mesh.TexcoordTriangles[i]];
                (sum, n) = (sum + layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height), n + 1);
            }
            return sum / n;
        }
        Vector4 shirt = Mean(p => p == BodyPart.Torso), legs = Mean(p => p is BodyPart.LeftLowerLeg or BodyPart.RightUpperLeg);
        Assert.True(shirt.X > 0.5f && shirt.Y < 0.25f, $"shirt {shirt}");
        Assert.True(legs.X < 0.15f, $"legs {legs}");
    }
}
