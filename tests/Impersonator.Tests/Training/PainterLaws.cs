using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

/// <summary>What every painter's samples must obey.</summary>
internal static class PainterLaws
{
    private static readonly (Keypoint Keypoint, int Joint)[] Joints =
    [
        (Keypoint.LeftElbow, Joint.LeftElbow), (Keypoint.RightElbow, Joint.RightElbow), (Keypoint.LeftWrist, Joint.LeftWrist), (Keypoint.RightWrist, Joint.RightWrist),
        (Keypoint.LeftKnee, Joint.LeftKnee), (Keypoint.RightKnee, Joint.RightKnee), (Keypoint.LeftAnkle, Joint.LeftAnkle), (Keypoint.RightAnkle, Joint.RightAnkle),
    ];

    public static void SameSeedSameBytes(IPainter painter, IPainter other)
    {
        (Sample a, Sample b) = (new Sample(96), new Sample(96));
        painter.Paint(7, a);
        other.Paint(6, b);
        other.Paint(7, b);
        Assert.Equal(a.Rgb, b.Rgb);
        Assert.Equal(a.Alpha, b.Alpha);
        Assert.Equal(a.OtherAlpha, b.OtherAlpha);
        Assert.Equal(a.Parts, b.Parts);
        Assert.Equal(a.Keypoints, b.Keypoints);
        Assert.Equal(a.Pose, b.Pose);
        Assert.Equal(a.Camera, b.Camera);
        for (int i = 0; i < a.Parts.Length; i++)
        {
            if (a.Parts[i] == 0) continue;
            Assert.Equal(a.Depth[i], b.Depth[i]);
            for (int k = 0; k < 3; k++) Assert.Equal(a.Surface[(k * a.Parts.Length) + i], b.Surface[(k * a.Parts.Length) + i]);
        }
        painter.Paint(8, b);
        Assert.NotEqual(a.Rgb, b.Rgb);
    }

    public static void JointsProjectOntoKeypoints(Sample s)
    {
        foreach ((Keypoint keypoint, int joint) in Joints)
        {
            var p = new Vector3(s.Joints3D.AsSpan(3 * joint, 3));
            if (s.Keypoints[(3 * (int)keypoint) + 2] == 0 || p.Z < 0.1f) continue;
            Vector2 pixel = s.Camera.PrincipalPoint + (new Vector2(p.X, p.Y) * s.Camera.FocalLength / p.Z);
            Assert.Equal(s.Keypoints[3 * (int)keypoint], pixel.X, 0.05f);
            Assert.Equal(s.Keypoints[(3 * (int)keypoint) + 1], pixel.Y, 0.05f);
        }
    }

    /// <summary>Shape, pose and camera alone, put into the library's body, give the sample's joints and keypoints.</summary>
    public static void PoseLeadsToJointsAndKeypoints(Sample s)
    {
        Body body = BodyModel.Default.Create(new Shape([.. s.Shape]));
        Vector3 root = s.Camera.WorldFromCamera(new Vector3(s.Joints3D.AsSpan(0, 3)));
        (Quaternion[] turns, Vector3[] places) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
        Kinematics.Forward(Skeleton.SmplH, body.RestJoints, new Pose([.. s.Pose], root), turns, places);
        for (int j = 0; j < Joint.Count; j++)
            Assert.True(Vector3.Distance(s.Camera.CameraFromWorld(places[j]), new Vector3(s.Joints3D.AsSpan(3 * j, 3))) < 1e-3f, $"joint {j}");
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            Landmark landmark = Keypoints33.Landmarks[k];
            Vector3 world = places[landmark.Joint] + Vector3.Transform(landmark.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[landmark.Joint], turns[landmark.Joint]);
            if (s.Keypoints[(3 * k) + 2] == 0 || s.Camera.CameraFromWorld(world).Z < 0.1f) continue;
            Assert.True(Vector2.Distance(s.Camera.Project(world), new Vector2(s.Keypoints.AsSpan(3 * k, 2))) < 0.2f, Keypoints33.Names[k]);
        }
    }

    public static void PartsLieOnTheMatte(Sample s)
    {
        for (int i = 0; i < s.Parts.Length; i++)
            if (s.Parts[i] != 0) Assert.True(s.Alpha[i] >= 60, $"part {s.Parts[i]} with alpha {s.Alpha[i]}");
    }

    /// <summary>Seen keypoints, and those that lie on the matte.</summary>
    public static (int Seen, int OnMatte) SeenOnMatte(Sample s)
    {
        (int seen, int on) = (0, 0);
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            if (s.Keypoints[(3 * k) + 2] != 2) continue;
            seen++;
            if (s.Alpha[((int)s.Keypoints[(3 * k) + 1] * s.Size) + (int)s.Keypoints[3 * k]] > 64) on++;
        }
        return (seen, on);
    }

    /// <summary>Distances from the canonical coordinates shown at seen points of the naked surface to the template's own, metres.</summary>
    public static IEnumerable<float> LandmarkErrors(Sample s, IEnumerable<string> names)
    {
        Vector3[] template = BodyModel.Default.Template.RestPositions;
        foreach (string name in names)
        {
            int k = Keypoints33.Names.IndexOf(name);
            if (s.Keypoints[(3 * k) + 2] != 2) continue;
            int at = ((int)s.Keypoints[(3 * k) + 1] * s.Size) + (int)s.Keypoints[3 * k];
            if (s.Parts[at] != (byte)BodyPart.Head) continue;
            yield return Vector3.Distance(Canonical(s, at), Keypoints33.Landmarks[k].Rest.Of(template));
        }
    }

    /// <summary>Share of arm, leg, hand and foot pixels whose canonical coordinates lie on their own part's side.</summary>
    public static float OnOwnSide(Sample s)
    {
        (int all, int right) = (0, 0);
        for (int i = 0; i < s.Parts.Length; i++)
        {
            if (s.Parts[i] < (byte)BodyPart.LeftUpperArm) continue;
            all++;
            if (Canonical(s, i).X > 0 == (s.Parts[i] % 2 == 1)) right++;
        }
        return all == 0 ? 1 : (float)right / all;
    }

    private static Vector3 Canonical(Sample s, int pixel)
    {
        int plane = s.Size * s.Size;
        return CanonicalBox.Metres(new Vector3(s.Surface[pixel], s.Surface[plane + pixel], s.Surface[(2 * plane) + pixel]) / ushort.MaxValue);
    }
}
