using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class WardrobeTests
{
    private static readonly Vector4 Blue = new(0.05f, 0.1f, 0.7f, 1);

    /// <summary>The drawn person, in a blue collar up to the chin.</summary>
    private static (Subject Plain, Subject Collared, bool[] Neck) Draw()
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw();
        Subject plain = Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image);
        SubjectLayer layer = plain.Layers[0];
        Vector3[] at = plain.Body.Mesh.RestPositions;
        float low = plain.Body.RestJoints[Joint.Neck].Y, high = plain.Body.RestJoints[Joint.Head].Y - 0.02f;
        bool[] neck = [.. at.Select((p, v) => plain.Body.Mesh.Parts[v] == BodyPart.Head && p.Y > low && p.Y < high)];
        var atlas = new Atlas(layer.Mesh, layer.Texture.Width);
        var texture = new Image(layer.Texture.Width, layer.Texture.Height);
        for (int y = 0; y < texture.Height; y++)
            for (int x = 0; x < texture.Width; x++)
            {
                int t = atlas.TriangleAt(x, y);
                texture[x, y] = t >= 0 && Enumerable.Range(0, 3).Any(k => neck[layer.Mesh.Triangles[(3 * t) + k]]) ? Blue : layer.Texture[x, y];
            }
        Vector3[] thick = [.. layer.Mesh.RestPositions.Select((p, v) => neck[v] ? p + (0.03f * Vector3.Normalize(new Vector3(p.X, 0, p.Z + 0.02f))) : p)];
        return (plain, plain with { Layers = [layer with { Mesh = layer.Mesh.WithRestPositions(thick), Texture = texture }] }, neck);
    }

    [Fact]
    public void Wearing_OverAnOwnCollar_BaresTheNeck()
    {
        (Subject plain, Subject collared, bool[] neck) = Draw();
        SubjectLayer dressed = collared.Wearing(plain, WearParts.Upper).Layers[0], kept = collared.Wearing(plain, WearParts.Lower).Layers[0];
        Vector3 Mean(SubjectLayer layer)
        {
            var sum = Vector3.Zero;
            int n = 0;
            for (int i = 0; i < layer.Mesh.Triangles.Length; i++)
                if (neck[layer.Mesh.Triangles[i]])
                {
                    Vector2 uv = layer.Mesh.Texcoords[layer.Mesh.TexcoordTriangles[i]];
                    Vector4 c = layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height);
                    (sum, n) = (sum + new Vector3(c.X, c.Y, c.Z), n + 1);
                }
            return sum / n;
        }
        Assert.True(Mean(dressed).X > Mean(dressed).Z, $"{Mean(dressed)} is no skin");
        Assert.True(Mean(kept).Z > 2 * Mean(kept).X, $"{Mean(kept)}: trousers change no collar");

        float Thickness(SubjectLayer layer) => Enumerable.Range(0, neck.Length).Where(v => neck[v]).Average(v => Vector3.Distance(layer.Mesh.RestPositions[v], collared.Body.Mesh.RestPositions[v]));
        Assert.True(Thickness(dressed) < 0.3f * Thickness(kept), $"{Thickness(dressed)} of {Thickness(kept)} m left");
    }

    [Fact]
    public void Wearing_UpperClothes_LeavesTheHipsInWhatTheyWear()
    {
        (Subject plain, _, _) = Draw();
        SubjectLayer before = plain.Layers[0], after = plain.Wearing(plain, WearParts.Upper).Layers[0];
        float waist = plain.Body.RestJoints[Joint.Spine1].Y - 0.04f;
        SkinnedMesh mesh = before.Mesh;
        float worst = 0;
        for (int i = 0; i < mesh.Triangles.Length; i++)
        {
            int v = mesh.Triangles[i];
            if (mesh.Parts[v] != BodyPart.Torso || plain.Body.Mesh.RestPositions[v].Y > waist) continue;
            Vector2 at = mesh.Texcoords[mesh.TexcoordTriangles[i]] * before.Texture.Width;
            worst = MathF.Max(worst, Vector4.Distance(before.Texture.Sample(at.X, at.Y), after.Texture.Sample(at.X, at.Y)));
        }
        Assert.InRange(worst, 0, 0.1f);
    }
}
