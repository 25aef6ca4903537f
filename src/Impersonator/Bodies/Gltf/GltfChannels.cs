using System.Numerics;
using System.Text.Json.Nodes;

namespace Impersonator.Bodies.Gltf;

/// <summary>A motion as glTF channels: the root's travel and every joint's rotation, one key per frame.</summary>
internal static class GltfChannels
{
    public static JsonObject Animation(Skeleton skeleton, GltfAnimation animation, GltfBuffer buffer, CancellationToken cancellationToken)
    {
        IReadOnlyList<Pose> poses = animation.Poses;
        if (poses.Count == 0 || !(animation.FramesPerSecond > 0)) throw new ArgumentException($"{poses.Count} poses at {animation.FramesPerSecond} frames per second.", nameof(animation));
        foreach (Pose pose in poses)
            if (pose.Rotations.Length != skeleton.JointCount) throw new ArgumentException($"{pose.Rotations.Length} rotations for {skeleton.JointCount} joints.", nameof(animation));

        JsonArray channels = [], samplers = [];
        var times = new float[poses.Count];
        for (int f = 0; f < times.Length; f++) times[f] = f / animation.FramesPerSecond;
        int input = buffer.AddTimes(times);
        Connect(0, "translation", buffer.AddTranslations([.. poses.Select(p => p.Root)]));
        var keys = new Quaternion[poses.Count];
        for (int j = 0; j < skeleton.JointCount; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool rests = true;
            for (int f = 0; f < keys.Length; f++)
            {
                Quaternion q = Quaternion.Normalize(poses[f].Rotations[j]);
                // q and −q are one rotation, but players go the long way round between them.
                keys[f] = f > 0 && Quaternion.Dot(keys[f - 1], q) < 0 ? -q : q;
                rests &= q == Quaternion.Identity;
            }
            if (!rests) Connect(j, "rotation", buffer.AddRotations(keys));
        }
        return new JsonObject { ["name"] = animation.Name, ["channels"] = channels, ["samplers"] = samplers };

        void Connect(int joint, string path, int output)
        {
            samplers.Add((JsonNode)new JsonObject { ["input"] = input, ["output"] = output, ["interpolation"] = "LINEAR" });
            channels.Add((JsonNode)new JsonObject { ["sampler"] = samplers.Count - 1, ["target"] = new JsonObject { ["node"] = joint, ["path"] = path } });
        }
    }
}
