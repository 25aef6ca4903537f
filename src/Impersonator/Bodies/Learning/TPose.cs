using System.Numerics;

namespace Impersonator.Bodies.Learning;

/// <summary>Bends MakeHuman's rest (arms half down, elbows bent) into SMPL's: a T, palms down, feet forward, every joint frame parallel to the axes.</summary>
internal static class TPose
{
    /// <summary>Legs lean outwards as much as SMPL's do, so that thighs do not touch.</summary>
    private const float LegSpread = 2.5f * MathF.PI / 180;

    /// <summary>Re-poses one body.</summary>
    /// <param name="vertices">[V] MakeHuman's rest positions, metres.</param>
    /// <param name="joints">[52] their joints.</param>
    /// <param name="fingertips">[10] ends of the fingers in the order of the joints (five left, five right).</param>
    /// <param name="weights">[V] the 52 joints' weights.</param>
    /// <returns>[V] positions and [52] joints in the T-pose.</returns>
    public static (Vector3[] Vertices, Vector3[] Joints) Apply(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<Vector3> joints, ReadOnlySpan<Vector3> fingertips, JointWeights[] weights)
    {
        var rotations = new Quaternion[Joint.Count];
        Array.Fill(rotations, Quaternion.Identity);
        foreach (int side in (ReadOnlySpan<int>)[0, 1])
        {
            Vector3 along = side == 0 ? Vector3.UnitX : -Vector3.UnitX;
            (int shoulder, int elbow, int wrist) = (Joint.LeftShoulder + side, Joint.LeftElbow + side, Joint.LeftWrist + side);
            Vector3 upper = joints[elbow] - joints[shoulder], fore = joints[wrist] - joints[elbow];
            // The rest elbow is bent: its hinge must come to bend forwards, towards +Z.
            Vector3 hinge = Vector3.Cross(upper, fore), hingeInT = Vector3.Cross(along, Vector3.UnitZ);
            rotations[shoulder] = Frame(upper, hinge, along, hingeInT);
            Quaternion foreByHinge = Frame(fore, hinge, along, hingeInT);

            int hand = side == 0 ? Joint.LeftHand : Joint.RightHand;
            int index = hand, middle = hand + 3, pinky = hand + 6, thumb = hand + 12;
            rotations[wrist] = Frame(joints[middle] - joints[wrist], joints[index] - joints[pinky], along, Vector3.UnitZ);
            // Half of what the palm still has to turn is taken by the forearm, as radius and ulna do.
            rotations[elbow] = Quaternion.Slerp(foreByHinge, Frame(fore, Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(rotations[wrist])), along, Vector3.UnitZ), 0.5f);
            for (int finger = 0; finger < 5; finger++)
            {
                int first = hand + (3 * finger);
                for (int k = 0; k < 3; k++)
                {
                    int j = first + k;
                    if (first == thumb) { rotations[j] = rotations[wrist]; continue; }
                    Vector3 bone = (k < 2 ? joints[j + 1] : fingertips[(5 * side) + finger]) - joints[j];
                    // Straight fingers, spread as they were: into the palm's plane, then on in the same direction.
                    Vector3 spread = Vector3.Transform(joints[first + 1] - joints[first], rotations[wrist]) with { Y = 0 };
                    Quaternion carried = rotations[wrist];
                    rotations[j] = Between(Vector3.Transform(bone, carried), spread) * carried;
                }
            }

            (int hip, int knee, int ankle, int foot) = (Joint.LeftHip + side, Joint.LeftKnee + side, Joint.LeftAnkle + side, Joint.LeftFoot + side);
            Vector3 down = (along * MathF.Sin(LegSpread)) - (Vector3.UnitY * MathF.Cos(LegSpread));
            rotations[hip] = Between(joints[knee] - joints[hip], down);
            rotations[knee] = Between(joints[ankle] - joints[knee], down);
            Vector3 toes = (joints[foot] - joints[ankle]) with { Y = 0 };
            rotations[ankle] = rotations[foot] = Between(toes, Vector3.UnitZ);
        }

        var places = new Vector3[Joint.Count];
        for (int j = 0; j < Joint.Count; j++)
        {
            int parent = Skeleton.SmplH.Parents[j];
            places[j] = parent < 0 ? joints[j] : places[parent] + Vector3.Transform(joints[j] - joints[parent], rotations[parent]);
        }
        var transforms = new Matrix4x4[Joint.Count];
        for (int j = 0; j < Joint.Count; j++)
        {
            transforms[j] = Matrix4x4.CreateFromQuaternion(rotations[j]);
            transforms[j].Translation = places[j] - Vector3.Transform(joints[j], rotations[j]);
        }
        var posed = new Vector3[vertices.Length];
        for (int v = 0; v < posed.Length; v++)
        {
            Matrix4x4 blended = default;
            for (int k = 0; k < JointWeights.Count; k++) blended += transforms[weights[v].Joint(k)] * weights[v].Weight(k);
            posed[v] = Vector3.Transform(vertices[v], blended);
        }
        return (posed, places);
    }

    /// <summary>The shortest rotation from one direction to another.</summary>
    private static Quaternion Between(Vector3 from, Vector3 to)
    {
        (from, to) = (Vector3.Normalize(from), Vector3.Normalize(to));
        return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, to), 1 + Vector3.Dot(from, to)));
    }

    /// <summary>The rotation that brings a direction onto another, and a second direction as near as it can to its own.</summary>
    private static Quaternion Frame(Vector3 from, Vector3 fromSide, Vector3 to, Vector3 toSide)
    {
        Quaternion swing = Between(from, to);
        to = Vector3.Normalize(to);
        Vector3 side = Vector3.Transform(fromSide, swing);
        side -= to * Vector3.Dot(side, to);
        toSide -= to * Vector3.Dot(toSide, to);
        float angle = MathF.Atan2(Vector3.Dot(Vector3.Cross(side, toSide), to), Vector3.Dot(side, toSide));
        return Quaternion.Normalize(Quaternion.CreateFromAxisAngle(to, angle) * swing);
    }
}
