using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class HiddenHandsTests
{
    private static readonly Vector4 Skin = new(0.5f, 0.32f, 0.25f, 1), Red = new(0.6f, 0.02f, 0.02f, 1);

    /// <summary>How red a mended left hand is near its wrist and at its fingers, where all of it up to a share of its length was.</summary>
    private static (float Wrist, float Fingers) Redness(float upTo)
    {
        SkinnedMesh mesh = BodyModel.Default.Create(Shape.Average).Mesh;
        int[] hand = [.. Enumerable.Range(0, mesh.VertexCount).Where(v => mesh.Parts[v] == BodyPart.LeftHand)];
        float from = hand.Min(v => mesh.RestPositions[v].X), to = hand.Max(v => mesh.RestPositions[v].X);
        var atlas = new Atlas(mesh, 256);
        var texture = new Image(256, 256);
        var places = new float[256 * 256];
        for (int i = 0; i < places.Length; i++)
        {
            (int x, int y) = (i % 256, i / 256);
            int t = atlas.TriangleAt(x, y);
            bool ours = t >= 0 && mesh.Parts[mesh.Triangles[3 * t]] == BodyPart.LeftHand;
            places[i] = ours ? (atlas.Interpolate(mesh.RestPositions, t, atlas.WeightsAt(x, y, t)).X - from) / (to - from) : float.NaN;
            texture.Pixels[i] = places[i] < upTo ? Red : Skin;
        }
        Image mended = HiddenHands.Mend(new SubjectLayer("body", mesh, texture), atlas);
        float Mean(float low, float high) => Enumerable.Range(0, places.Length).Where(i => places[i] > low && places[i] < high).Average(i => mended.Pixels[i].X / (mended.Pixels[i].X + mended.Pixels[i].Y + mended.Pixels[i].Z));
        return (Mean(0, 0.3f), Mean(0.7f, 1));
    }

    [Fact]
    public void Mend_SleeveOverTheWrist_Stays()
    {
        (float wrist, float fingers) = Redness(0.4f);
        Assert.InRange(wrist, 0.85f, 1);
        Assert.InRange(fingers, 0.4f, 0.55f);
    }

    [Fact]
    public void Mend_HandThatIsAllCloth_BecomesSkin()
    {
        (float wrist, float fingers) = Redness(2);
        Assert.InRange(wrist, 0.4f, 0.6f);
        Assert.InRange(fingers, 0.4f, 0.6f);
    }
}
