using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class HiddenClothTests
{
    private static readonly Vector4 Light = new(0.8f, 0.8f, 0.8f, 1), Dark = new(0.1f, 0.1f, 0.5f, 1);

    /// <summary>Level stripes, eight centimetres each; bare arms.</summary>
    private static Vector4 Striped(SkinnedMesh mesh, int v) => mesh.Parts[v] is BodyPart.Torso or BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg
        ? (int)(mesh.RestPositions[v].Y / 0.08f) % 2 == 0 ? Light : Dark
        : new Vector4(0.6f, 0.4f, 0.3f, 1);

    [Fact]
    public void Find_ArmBeforeStripes_LeavesStripesBehindIt()
    {
        // The right forearm lies across the belly.
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw(further:
        [
            (Joint.RightShoulder, Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.5f)),
            (Joint.RightElbow, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1.5f)),
        ], colour: Striped);
        Body body = BodyModel.Default.Create(person.Shape);
        var posed = new PosedBody(body.Mesh, body, person);
        HiddenCloth cloth = HiddenCloth.Find(posed, photo.Image, matte, 224);
        (int hidden, int striped, int light) = (0, 0, 0);
        for (int v = 0; v < posed.Positions.Length; v++)
        {
            if (posed.Mesh.Parts[v] != BodyPart.Torso || posed.Normals[v].Z < 0.6f) continue;
            Vector3 at = posed.Project(posed.Positions[v]);
            if (posed.PartAt((int)at.X, (int)at.Y) is not (BodyPart.RightLowerArm or BodyPart.RightHand)) continue;
            hidden++;
            Vector4 colour = cloth.Clothes.Sample(at.X * photo.Width / posed.Camera.Width, at.Y * photo.Height / posed.Camera.Height), wanted = Striped(posed.Mesh, v);
            // Between stripes both may be.
            if (Vector4.Distance(colour, wanted) < 0.25f) striped++;
            if (Vector4.Distance(colour, Light) < 0.25f) light++;
        }
        Assert.True(hidden > 15, $"{hidden} vertices behind the arm");
        Assert.True(striped > 0.75f * hidden, $"{striped} of {hidden} have their stripe");
        Assert.InRange((float)light / hidden, 0.15f, 0.85f);
    }

    [Fact]
    public void Find_ArmsBesideTheBody_LeavesTheRestAsItIs()
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw();
        Body body = BodyModel.Default.Create(person.Shape);
        var posed = new PosedBody(body.Mesh, body, person);
        HiddenCloth cloth = HiddenCloth.Find(posed, photo.Image, matte, 224);
        Vector3 chest = posed.Project(posed.Positions[Enumerable.Range(0, posed.Positions.Length).First(v => posed.Normals[v].Z > 0.9f && posed.Mesh.Parts[v] == BodyPart.Torso)]);
        Assert.False(cloth.IsHidden(chest));
        Assert.False(cloth.IsHeldBefore(chest));
    }
}
