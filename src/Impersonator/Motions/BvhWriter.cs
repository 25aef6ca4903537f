using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Writes motions as BVH: SMPL-H's joints under their names, centimetres, Y up, Euler angles in the order Z, X, Y.</summary>
public static class BvhWriter
{
    private const float CentimetresPerMetre = 100;

    /// <summary>Writes a motion.</summary>
    /// <param name="stream">Takes the text; left open.</param>
    /// <param name="motion">What to write.</param>
    /// <param name="body">Its bones; travel is scaled to its hip height.</param>
    public static void Write(Stream stream, Motion motion, Body body)
    {
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(body);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var order = new List<int>();
        writer.WriteLine("HIERARCHY");
        WriteJoint(writer, body.RestJoints, 0, 0, order);
        writer.WriteLine("MOTION");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Frames: {motion.FrameCount}"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Frame Time: {1 / (double)motion.FramesPerSecond:0.########}"));
        var line = new StringBuilder();
        foreach (Pose pose in motion.ForHipHeight(body.HipHeight).Poses)
        {
            line.Clear();
            Append(line, pose.Root * CentimetresPerMetre);
            foreach (int j in order) Append(line, Angles(pose.Rotations[j]));
            line.Length--;
            writer.WriteLine(line);
        }
    }

    private static void WriteJoint(StreamWriter writer, Vector3[] rest, int joint, int depth, List<int> order)
    {
        order.Add(joint);
        string indent = new(' ', 2 * depth);
        int parent = Skeleton.SmplH.Parents[joint];
        writer.WriteLine($"{indent}{(parent < 0 ? "ROOT" : "JOINT")} {Skeleton.SmplH.JointNames[joint]}");
        writer.WriteLine($"{indent}{{");
        writer.WriteLine($"{indent}  OFFSET {Text((parent < 0 ? default : rest[joint] - rest[parent]) * CentimetresPerMetre)}");
        writer.WriteLine($"{indent}  CHANNELS {(parent < 0 ? "6 Xposition Yposition Zposition" : "3")} Zrotation Xrotation Yrotation");
        int[] children = [.. Enumerable.Range(0, Joint.Count).Where(j => Skeleton.SmplH.Parents[j] == joint)];
        foreach (int child in children) WriteJoint(writer, rest, child, depth + 1, order);
        if (children.Length == 0)
        {
            // The last bone goes on as the one before it, half as long.
            writer.WriteLine($"{indent}  End Site");
            writer.WriteLine($"{indent}  {{");
            writer.WriteLine($"{indent}    OFFSET {Text((rest[joint] - rest[parent]) * (CentimetresPerMetre / 2))}");
            writer.WriteLine($"{indent}  }}");
        }
        writer.WriteLine($"{indent}}}");
    }

    /// <summary>Degrees about Z, X and Y whose rotations in this order, the first outermost, make the quaternion.</summary>
    internal static Vector3 Angles(Quaternion q)
    {
        // R = Rz·Rx·Ry for column vectors; elements by the usual formulas of a unit quaternion.
        double x = q.X, y = q.Y, z = q.Z, w = q.W;
        double sine = Math.Clamp(2 * ((y * z) + (w * x)), -1, 1);
        double aboutX = Math.Asin(sine), aboutZ, aboutY;
        if (Math.Abs(sine) < 0.999999)
        {
            aboutZ = Math.Atan2(-2 * ((x * y) - (w * z)), 1 - (2 * ((x * x) + (z * z))));
            aboutY = Math.Atan2(-2 * ((x * z) - (w * y)), 1 - (2 * ((x * x) + (y * y))));
        }
        else
        {
            // Both other axes coincide: all of their turn goes to the first.
            (aboutZ, aboutY) = (Math.Atan2(2 * ((x * y) + (w * z)), 1 - (2 * ((y * y) + (z * z)))), 0);
        }
        return new Vector3((float)aboutZ, (float)aboutX, (float)aboutY) * (180 / MathF.PI);
    }

    private static void Append(StringBuilder line, Vector3 values) => line.Append(Text(values)).Append(' ');

    private static string Text(Vector3 v) => string.Create(CultureInfo.InvariantCulture, $"{v.X:0.#####} {v.Y:0.#####} {v.Z:0.#####}");
}
