using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Darkens the backdrop where a person's shadow falls on a level ground, and close to what touches it.</summary>
internal static class GroundShade
{
    /// <summary>Changes the backdrop.</summary>
    public static void Apply(Vector3[] behind, float[] cover, int size, View view, float ground, Lighting lighting, Vector3[] joints, Dice dice)
    {
        Vector3 eye = view.Position;
        bool cast = lighting.Shadows && lighting.Lamps[0].Toward.Y > 0.25f;
        float strength = dice.Range(0.3f, 0.85f), contact = dice.Range(0.3f, 0.85f);
        int spread = 1 + dice.Below(3);
        if (eye.Y < ground + 0.1f) return;
        (Vector3 first, Vector3 right, Vector3 down) = view.Rays();
        // x, z and how close.
        Span<Vector3> touching = stackalloc Vector3[Joint.BodyCount];
        (Vector2 low, Vector2 high) = (new Vector2(1e9f), new Vector2(-1e9f));
        int count = 0;
        foreach (Vector3 joint in joints.AsSpan(0, Joint.BodyCount))
        {
            if (joint.Y - ground >= 0.3f) continue;
            touching[count++] = new Vector3(joint.X, joint.Z, joint.Y - ground);
            // Twice the widest circle.
            (low, high) = (Vector2.Min(low, new Vector2(joint.X - 0.8f, joint.Z - 0.8f)), Vector2.Max(high, new Vector2(joint.X + 0.8f, joint.Z + 0.8f)));
        }
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                if (cover[(y * size) + x] >= 1) continue;
                Vector3 ray = first + (x * right) + (y * down);
                if (ray.Y >= -0.02f) continue;
                Vector3 place = eye + (ray * ((ground - eye.Y) / ray.Y));
                if (place.LengthSquared() > 9) continue;
                float dark = 0;
                bool near = place.X > low.X && place.X < high.X && place.Z > low.Y && place.Z < high.Y;
                for (int k = 0; near && k < count; k++)
                {
                    float dx = place.X - touching[k].X, dz = place.Z - touching[k].Y, wide = 0.09f + touching[k].Z, far = ((dx * dx) + (dz * dz)) / (wide * wide);
                    if (far < 4) dark += (1 - (far / 4)) * (1 - (far / 4)) * (1 - (touching[k].Z / 0.3f));
                }
                float left = 1 - (contact * MathF.Min(1, dark));
                if (cast) left *= 1 - (strength * (1 - lighting.Lit(place, 0.01f, spread)));
                if (left < 1) behind[(y * size) + x] *= left;
            }
    }
}
