using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Rendering;

namespace Impersonator.Recovery.Capture;

/// <summary>Turns fitted states into a motion: up is up, the ground is under the feet that stand, and those stay where they are.</summary>
internal static class CaptureGrounding
{
    public static CapturedMotion Apply(string name, BodyModel model, FitProblem.State[] states, Camera camera, ImmutableArray<Similarity> steadied, float frameRate, int firstFrame, ImmutableArray<int> lost, CancellationToken token)
    {
        FitProblem.State any = states[0];
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -any.Pitch);
        var shape = new Shape(any.Shape);
        Body body = model.Create(shape), average = model.Create(Shape.Average);
        Pose[] level = [.. states.Select(s => Level(s, turn))];
        float[] ground = CaptureGround.Under(level, body.RestJoints, frameRate);
        Pose[] grounded = [.. level.Select((p, f) => p with { Root = p.Root - new Vector3(0, ground[f], 0) })];
        // The camera goes with the most usual ground; where it is another the poses as seen float or sink a little.
        float lift = -Median([.. ground]);
        Quaternion cameraRotation = Quaternion.Normalize(camera.Rotation * Quaternion.Conjugate(turn));
        camera = camera with
        {
            FocalLength = camera.FocalLength * MathF.Exp(any.Zoom),
            Rotation = cameraRotation,
            Translation = camera.Translation - Vector3.Transform(new Vector3(0, lift, 0), cameraRotation),
        };

        var contacts = FootContacts.Of(grounded, body.RestJoints, frameRate);
        Motion scaled = new Motion(name, frameRate, body.HipHeight, grounded).ForHipHeight(average.HipHeight);
        Pose[] planted = FootLock.Apply([.. scaled.Poses], contacts, average.RestJoints, frameRate, token);
        var motion = new Motion(name, frameRate, average.HipHeight, planted);
        return new CapturedMotion(motion.FromOrigin(), shape, [.. steadied.Select(s => Held(camera, s))], [.. level.Select(p => p with { Root = p.Root + new Vector3(0, lift, 0) })], firstFrame, lost);
    }

    /// <summary>The camera as it was at a frame, given the way from that frame's pixels to the first's.</summary>
    private static Camera Held(Camera camera, Similarity toFirst)
    {
        Similarity back = toFirst.Inverse();
        var roll = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, back.Angle);
        return camera with
        {
            FocalLength = camera.FocalLength * back.Scale,
            PrincipalPoint = back.Apply(camera.PrincipalPoint),
            Rotation = Quaternion.Normalize(roll * camera.Rotation),
            Translation = Vector3.Transform(camera.Translation, roll),
        };
    }

    private static Pose Level(FitProblem.State state, Quaternion turn) => RelaxedHands.Apply(new Pose(
        [Quaternion.Normalize(turn * state.Rotations[0]), .. state.Rotations.Skip(1), .. Enumerable.Repeat(Quaternion.Identity, Joint.Count - Joint.BodyCount)],
        Vector3.Transform(state.Root, turn)));

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
