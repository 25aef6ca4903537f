using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Tests.Bodies;

namespace Impersonator.Tests.Synthesis.LiquidWarping;

/// <summary>A stick figure in SMPL's layout, its texture coordinates, a photo of noise, and where the figure stands in it.</summary>
internal sealed class SmallPerson
{
    public SmallPerson(TemporaryFolder folder, int width, int height)
    {
        new SmallSmpl().WriteNpz(folder["small.npz"]);
        BodyModel model = SmplImport.Read(folder["small.npz"]);
        Body = model.Create(Shape.Average);
        File.WriteAllText(folder["small.obj"], SmplUvMapTests.Obj(Body.Mesh));
        Uv = SmplUvMap.Read(folder["small.obj"], Body.Mesh);
        var image = new Image(width, height);
        var random = new Random(3);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = new Vector4(random.NextSingle(), random.NextSingle(), random.NextSingle(), 1);
        Photo = new Photo("noise.png", image);
        Camera camera = Camera.Front(width, height, height, 2.2f) with { Translation = new Vector3(0, 0.9f, 2.2f) };
        Person = new Person(new Keypoints([]), Shape.Average, Pose.Rest(model.Skeleton, Body.RestJoints[0]), camera);
    }

    public Body Body { get; }

    public SmplUvMap Uv { get; }

    public Photo Photo { get; }

    public Person Person { get; }
}
