using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Tests.Synthesis;

/// <summary>The average body in one colour before a camera four metres away, without a photo.</summary>
internal static class NakedSubject
{
    /// <summary>Of a picture 200 wide.</summary>
    /// <param name="height">Rows; 300 leave some air above the head.</param>
    /// <param name="background">Of the same size; grey by default.</param>
    public static Subject Create(int height = 300, Image? background = null)
    {
        Body body = BodyModel.Default.Create(Shape.Average);
        Camera camera = Camera.Front(200, height, 500, 4) with { Translation = new Vector3(0, 0.9f, 4) };
        var person = new Person(new Keypoints([.. new KeypointObservation[Keypoints.Count]]), Shape.Average, Pose.Rest(Skeleton.SmplH, body.RestJoints[0]), camera);
        var texture = new Image(8, 8);
        Array.Fill(texture.Pixels, new Vector4(0.6f, 0.2f, 0.1f, 1));
        if (background is null) Array.Fill((background = new Image(200, height)).Pixels, new Vector4(0.3f, 0.3f, 0.3f, 1));
        return new Subject("naked", person, body, [new SubjectLayer("body", body.Mesh, texture)], background);
    }
}
