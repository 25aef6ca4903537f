using System.Numerics;
using static Impersonator.Bodies.Joint;

namespace Impersonator.Training.Synthesis;

internal sealed partial class PoseMaker
{
    private static readonly int[] Sides = [1, -1];

    /// <summary>One of many everyday things to do with the arms.</summary>
    private void Arms()
    {
        Track();
        float what = dice.Unit();
        if (what < 0.05f)
        {
            // Crossed before the chest.
            int over = dice.Sign();
            Hand(over, new Vector3(-over * dice.Range(0.1f, 0.16f), -dice.Range(0.18f, 0.24f), dice.Range(0.15f, 0.19f)), 0.8f, 0.9f, -0.2f);
            Hand(-over, new Vector3(over * dice.Range(0.08f, 0.14f), -dice.Range(0.2f, 0.26f), dice.Range(0.12f, 0.15f)), 0.8f, 0.9f, -0.2f);
            return;
        }
        if (what < 0.13f)
        {
            // Both hands together: holding, praying, cooking.
            var at = new Vector3(dice.Normal(0.08f), dice.Range(-0.46f, -0.05f), dice.Range(0.2f, 0.42f));
            float apart = dice.Range(0.03f, 0.2f);
            foreach (int side in Sides) Hand(side, at + new Vector3(side * apart, dice.Normal(0.03f), dice.Normal(0.03f)), 0.6f, 0.8f, 0.2f);
            return;
        }
        if (what < 0.18f)
        {
            float raise = dice.Range(110, 175), bend = dice.Range(0, 70), front = dice.Range(-10, 60);
            foreach (int side in Sides)
            {
                Collar(side, dice.Range(10, 25), 0);
                Arm(side, raise + dice.Normal(12), front + dice.Normal(12), bend + dice.Range(0, 20), dice.Normal(30));
            }
            return;
        }
        if (what < 0.22f)
        {
            float raise = dice.Range(60, 110);
            foreach (int side in Sides) Arm(side, raise + dice.Normal(8), dice.Normal(15), MathF.Abs(dice.Normal(20)), dice.Normal(40));
            return;
        }
        if (what < 0.26f)
        {
            // Behind the back.
            float down = dice.Range(-0.44f, -0.34f);
            foreach (int side in Sides) Hand(side, new Vector3(side * dice.Range(0.02f, 0.08f), down, -dice.Range(0.12f, 0.17f)), 1, 0.3f, 0.6f);
            return;
        }
        if (what < 0.30f)
        {
            // Both on the hips, or both at the head or in the hair.
            bool head = dice.Chance(0.5f);
            foreach (int side in Sides)
                if (head) ToHead(side);
                else ToHip(side);
            return;
        }
        foreach (int side in Sides)
        {
            float one = dice.Unit();
            Collar(side, dice.Normal(4), dice.Normal(5));
            if (one < 0.32f) HangArm(side);
            else if (one < 0.38f) ToHip(side);
            else if (one < 0.44f) ToPocket(side);
            else if (one < 0.53f) ToHead(side);
            else if (one < 0.6f)
            {
                // Waving, pointing up, holding on.
                Collar(side, dice.Range(5, 22), 0);
                Arm(side, dice.Range(80, 170), dice.Range(-20, 90), dice.Range(0, 110), dice.Normal(40));
            }
            else if (one < 0.71f) Arm(side, dice.Range(25, 95), dice.Range(40, 110), dice.Range(0, 60), dice.Normal(35));
            else if (one < 0.89f) Hand(side, new Vector3(side * dice.Range(-0.1f, 0.3f), dice.Range(-0.46f, 0.1f), dice.Range(0.17f, 0.44f)), 0.6f, 0.9f, 0.3f);
            else Arm(side, dice.Range(10, 100), dice.Range(-60, 110), dice.Range(5, 125), dice.Normal(50));
        }
    }

    private void ToHip(int side) => Hand(side, new Vector3(side * ((body.HipReach / ArmScale) + dice.Range(-0.01f, 0.04f)), -dice.Range(0.36f, 0.43f), dice.Range(0, 0.1f)), 1, 0.1f, 0.4f);

    private void ToPocket(int side) => Hand(side, new Vector3(side * ((body.HipReach / ArmScale) - dice.Range(-0.01f, 0.05f)), -dice.Range(0.42f, 0.5f), dice.Range(0, 0.08f)), 0.7f, 0.1f, 0.9f);

    private void ToHead(int side) => Hand(side, new Vector3(side * dice.Range(0.03f, 0.16f), dice.Range(0.05f, 0.3f), dice.Range(-0.02f, 0.16f)), 0.8f, dice.Range(-0.6f, 0.9f), -0.3f);

    private void Stand()
    {
        _pose.Local[Pelvis] = Turn.Z(Wobble(4)) * Turn.X(Wobble(5)) * Turn.Y(Wobble(6));
        Torso(dice.Normal(7), dice.Normal(6), dice.Normal(10));
        Track();
        float width = MathF.Abs(dice.Normal(0.06f)) + 0.06f, shift = dice.Normal(0.05f);
        if (dice.Chance(0.12f)) width += dice.Range(0.05f, 0.3f);
        float crouch = dice.Chance(0.7f) ? dice.Range(0.965f, 0.997f) : dice.Range(0.85f, 0.97f), turnOut = dice.Range(0, 22), what = dice.Unit();
        int front = dice.Sign();
        foreach (int side in Sides)
        {
            // Ankles crossed; or one leg before the other, as on a line.
            float x = side * (width + MathF.Abs(dice.Normal(0.02f))), z = dice.Normal(0.06f);
            if (what < 0.09f) (x, z) = (-side * dice.Range(0, 0.13f), side == front ? dice.Range(0.06f, 0.16f) : dice.Range(-0.06f, 0.02f));
            else if (what < 0.14f) (x, z) = (side * dice.Range(-0.01f, 0.05f), side == front ? dice.Range(0.1f, 0.35f) : dice.Range(-0.25f, 0));
            Foot(side, x + shift, crouch - dice.Range(0, 0.02f), z, turnOut + dice.Normal(8));
        }
        Feet(1);
        if (dice.Chance(0.15f)) OnTiptoe();
        Arms();
    }

    /// <summary>As in high heels: the foot points down, the toes stay level.</summary>
    private void OnTiptoe()
    {
        float raise = Angle(15, 50);
        foreach (int ankle in (ReadOnlySpan<int>)[LeftAnkle, RightAnkle])
        {
            _pose.Local[ankle] *= Turn.X(raise);
            _pose.Local[ankle + 3] = Turn.X(-raise * 0.9f);
        }
        Track();
    }

    private void Walk()
    {
        bool run = dice.Chance(0.35f);
        float phase = dice.Range(0, 2 * MathF.PI), stride = run ? dice.Range(0.25f, 0.5f) : dice.Range(0.12f, 0.32f);
        _pose.Local[Pelvis] = Turn.Y(Wobble(5)) * Turn.X(run ? Angle(5, 20) : Angle(-3, 8));
        Torso(run ? dice.Range(0, 15) : dice.Normal(5), dice.Normal(4), dice.Normal(6) + (10 * MathF.Sin(phase)));
        Track();
        foreach (int side in Sides)
        {
            float p = phase + (side > 0 ? 0 : MathF.PI), swing = MathF.Cos(p), lift = MathF.Max(0, MathF.Sin(p));
            Foot(side, side * dice.Range(-0.035f, 0.1f), (run ? 0.93f : 0.97f) - (lift * (run ? dice.Range(0.2f, 0.45f) : dice.Range(0.04f, 0.15f))),
                (swing * stride) - (run ? lift * 0.2f : 0.03f), dice.Normal(6) + 4);
        }
        Feet(run ? 0.5f : 0.75f);
        if (dice.Chance(0.3f))
        {
            Arms();
            return;
        }
        foreach (int side in Sides)
        {
            float swing = (-MathF.Cos(phase + (side > 0 ? 0 : MathF.PI)) * (run ? 45 : 25)) + dice.Normal(6);
            Arm(side, MathF.Abs(swing) + 8, swing > 0 ? dice.Range(70, 100) : dice.Range(-100, -70), run ? dice.Range(60, 110) : dice.Range(8, 35), dice.Normal(12));
        }
    }

    private void Sit()
    {
        _pose.Local[Pelvis] = Turn.X(Angle(-25, 10)) * Turn.Z(Wobble(4));
        Torso(dice.Range(-5, 30), dice.Normal(6), dice.Normal(10));
        Track();
        float what = dice.Unit(), spread = MathF.Abs(dice.Normal(14)) + 2, shins = dice.Range(60, 115);
        bool onFloor = what < 0.2f;
        int over = dice.Sign();
        foreach (int side in Sides)
        {
            float up = Degrees(dice.Range(70, 98)), outward = Degrees(spread + dice.Normal(4)) * side, bend = Degrees(90 - shins + dice.Normal(8));
            var thigh = new Vector3(MathF.Sin(outward) * MathF.Sin(up), -MathF.Cos(up), MathF.Cos(outward) * MathF.Sin(up));
            var shin = new Vector3(side * Wobble(5), -MathF.Cos(bend), MathF.Sin(bend));
            if (what < 0.12f) (thigh, shin) = (new Vector3(side * 0.75f, -0.15f, 0.7f), new Vector3(-side * 0.9f, -0.25f, 0.15f + (side == over ? 0.1f : 0)));
            else if (what < 0.16f) (thigh, shin) = (new Vector3(side * dice.Range(0.02f, 0.4f), -0.08f, 1), new Vector3(side * dice.Range(0, 0.2f), -0.1f, 1));
            else if (what < 0.2f) (thigh, shin) = (new Vector3(side * 0.2f, dice.Range(0.5f, 1), 0.8f), new Vector3(side * 0.05f, -1, dice.Range(0, 0.6f)));
            else if (what < 0.35f) (thigh, shin) = (new Vector3(side == over ? -side * 0.22f : side * 0.05f, side == over ? 0.12f : -0.05f, 1), new Vector3(side == over ? -side * 0.35f : 0, -0.85f, side == over ? 0.4f : 0.1f));
            Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Normalize(thigh), Vector3.Normalize(shin), 0);
        }
        (_pose.Seated, _pose.FromAllSides) = (!onFloor, dice.Chance(0.5f));
        Feet(onFloor ? 0 : 0.8f);
        if (dice.Chance(0.5f))
        {
            Arms();
            return;
        }
        foreach (int side in Sides)
        {
            if (dice.Chance(0.2f))
            {
                HangArm(side);
                continue;
            }
            // On a thigh or knee.
            Vector3 thigh = Vector3.Lerp(_place[Hip(side)], _place[Hip(side) + 3], dice.Range(0.4f, 1));
            Vector3 pole = Vector3.Transform(new Vector3(side * 0.8f, -0.3f, -0.7f), _global[Spine3]);
            Reach(Shoulder(side), Shoulder(side) + 2, Shoulder(side) + 4, thigh + new Vector3(-side * dice.Range(-0.02f, 0.1f), 0.1f, 0), pole, side * Wobble(25));
            Wrist(side);
        }
    }

    private void Crouch()
    {
        _pose.Local[Pelvis] = Turn.X(Angle(0, 35)) * Turn.Y(Wobble(8));
        Torso(dice.Range(0, 35), dice.Normal(6), dice.Normal(10));
        Track();
        if (dice.Chance(0.4f))
        {
            // On one knee or both.
            int down = dice.Sign();
            bool both = dice.Chance(0.4f);
            foreach (int side in Sides)
                if (side == down || both)
                    Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Normalize(new Vector3(side * 0.1f, -1, dice.Range(-0.2f, 0.5f))), Vector3.Normalize(new Vector3(0, -dice.Range(0, 0.4f), -1)), 0);
                else
                    Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Normalize(new Vector3(side * 0.15f, -dice.Range(0, 0.4f), 1)), Vector3.Normalize(new Vector3(0, -1, dice.Range(-0.3f, 0.2f))), 0);
            Feet(0.2f);
        }
        else
        {
            float drop = dice.Range(0.3f, 0.75f), spread = dice.Range(0.08f, 0.25f), outward = dice.Range(5, 40);
            foreach (int side in Sides) Foot(side, side * spread, drop, dice.Range(-0.05f, 0.2f), outward);
            Feet(0.8f);
        }
        _pose.FromAllSides = dice.Chance(0.5f);
        Arms();
    }

    private void Bend()
    {
        float bend = dice.Range(20, 95);
        _pose.Local[Pelvis] = Turn.X(Degrees(bend * 0.65f)) * Turn.Y(Wobble(10));
        Torso(bend * 0.5f, dice.Normal(10), dice.Normal(15));
        Track();
        foreach (int side in Sides) Foot(side, side * dice.Range(0.06f, 0.2f), dice.Range(0.85f, 0.99f), dice.Range(-0.1f, 0.35f), dice.Range(0, 20));
        Feet(1);
        if (dice.Chance(0.5f))
        {
            Arms();
            return;
        }
        foreach (int side in Sides)
        {
            // Hands toward knees, shins or the floor.
            Vector3 target = _place[Hip(side) + 3] + new Vector3(side * dice.Range(-0.1f, 0.1f), dice.Range(-0.4f, 0.1f), dice.Range(0.05f, 0.3f));
            Reach(Shoulder(side), Shoulder(side) + 2, Shoulder(side) + 4, target, new Vector3(side, 0, -0.3f), side * Wobble(25));
            Wrist(side);
        }
    }

    /// <summary>Kicks, lunges, jumps, splits, balances.</summary>
    private void Leap()
    {
        _pose.Local[Pelvis] = Turn.X(Angle(-15, 25)) * Turn.Z(Wobble(12)) * Turn.Y(Wobble(15));
        float what = dice.Unit();
        int lead = dice.Sign();
        // Who kicks to the side or behind leans away.
        bool leaning = what < 0.3f && dice.Chance(0.5f);
        if (leaning) _pose.Local[Pelvis] = Turn.Y(Wobble(30)) * Turn.Z(-lead * Angle(-50, 10)) * Turn.X(Angle(-25, 40));
        Torso(dice.Normal(12), dice.Normal(12), dice.Normal(18));
        Track();
        foreach (int side in Sides)
        {
            if (what < 0.3f && side == lead) Foot(side, side * dice.Range(0, 0.7f), dice.Range(-0.6f, 0.7f), dice.Range(-0.3f, 0.8f), dice.Normal(15));
            else if (what is >= 0.4f and < 0.5f) Foot(side, side * dice.Range(0.35f, 0.65f), side == lead ? dice.Range(0.5f, 0.75f) : dice.Range(0.7f, 0.9f), dice.Normal(0.05f), side == lead ? dice.Range(40, 90) : dice.Range(0, 30));
            else if (what < 0.5f) Foot(side, side * dice.Range(0.05f, 0.15f), dice.Range(0.4f, 0.8f), (side == lead ? 1 : -1) * dice.Range(0.3f, 0.6f), dice.Normal(10));
            else if (what < 0.75f) Foot(side, side * dice.Range(0.02f, 0.3f), dice.Range(0.35f, 0.95f), dice.Range(-0.45f, 0.35f), dice.Range(0, 25));
            else Foot(side, side * (side == lead ? dice.Range(-0.25f, 0.6f) : 0.05f), side == lead ? dice.Range(0.3f, 0.9f) : dice.Range(0.93f, 0.99f), side == lead ? dice.Range(-0.5f, 0.5f) : 0, dice.Range(0, 60));
        }
        _pose.Grounded = what is < 0.5f or >= 0.75f;
        _pose.FromAllSides = true;
        Feet(dice.Range(0, 0.7f));
        Arms();
    }

    /// <summary>On hands and knees, or hands and feet.</summary>
    private void Crawl()
    {
        bool bear = dice.Chance(0.4f), crab = dice.Chance(0.15f);
        _pose.Local[Pelvis] = Turn.X(crab ? Angle(-110, -70) : Angle(65, 105)) * Turn.Y(Wobble(10));
        Torso(dice.Normal(12), dice.Normal(8), dice.Normal(10));
        Track();
        foreach (int side in Sides)
        {
            var thigh = new Vector3(side * dice.Range(0.05f, 0.25f), -1, dice.Range(-0.2f, 0.5f) * (crab ? -0.3f : 1));
            Vector3 shin = crab ? new Vector3(0, -1, dice.Range(0, 0.4f)) : bear ? new Vector3(0, -1, -dice.Range(0.2f, 0.8f)) : new Vector3(side * dice.Normal(0.1f), -dice.Range(0, 0.15f), -1);
            if (crab) thigh = new Vector3(side * 0.2f, dice.Range(0, 0.4f), 1);
            Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Normalize(thigh), Vector3.Normalize(shin), 0);
            Vector3 reach = _place[Shoulder(side)] + (new Vector3(side * dice.Range(-0.05f, 0.15f), -1, dice.Range(-0.2f, 0.35f)) * (0.45f * ArmScale));
            Reach(Shoulder(side), Shoulder(side) + 2, Shoulder(side) + 4, reach, new Vector3(side, 0, crab ? 1 : -0.4f), side * Wobble(25));
            _pose.Local[Shoulder(side) + 4] = Turn.Z(side * Angle(20, 80)) * Wobbles(10);
        }
        Feet(bear || crab ? 0.5f : 0);
        _pose.Upright = false;
    }

    /// <summary>Handstands, headstands, cartwheels, dives.</summary>
    private void HeadDown()
    {
        Stand();
        float apart = dice.Range(0, 70), split = dice.Range(-60, 60);
        bool loose = dice.Chance(0.6f);
        foreach (int side in Sides)
        {
            if (loose)
            {
                float outward = Degrees(apart) * side, raise = Degrees(split) * side * (dice.Chance(0.3f) ? -1 : 1);
                var thigh = new Vector3(MathF.Sin(outward), -MathF.Cos(outward) * MathF.Cos(raise), MathF.Sin(raise));
                float bend = dice.Chance(0.5f) ? dice.Range(0, 0.3f) : dice.Range(0.2f, 2);
                Vector3 down = Vector3.Normalize(thigh), shin = Vector3.Transform(down, Turn.About(Vector3.UnitX, bend));
                Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Transform(down, _global[Pelvis]), Vector3.Transform(shin, _global[Pelvis]), 0);
                _pose.Local[Hip(side) + 6] = Turn.X(Angle(0, 45)) * Turn.Y(Wobble(10));
            }
            Collar(side, dice.Range(10, 25), 0);
            Arm(side, dice.Range(150, 180), dice.Range(-20, 60), dice.Range(0, 50), dice.Normal(20));
        }
        Quaternion over = dice.Chance(0.5f) ? Turn.X(MathF.PI + Wobble(20)) : Turn.Z(MathF.PI + Wobble(35));
        _pose.Local[Pelvis] = Turn.Y(Angle(0, 360)) * over * _pose.Local[Pelvis];
        _pose.Grounded = dice.Chance(0.7f);
        _pose.Upright = false;
    }

    /// <summary>Anything joint limits allow.</summary>
    private void Free()
    {
        _pose.Local[Pelvis] = Turn.X(Wobble(35)) * Turn.Z(Wobble(20));
        Torso(dice.Normal(22), dice.Normal(16), dice.Normal(22));
        Track();
        foreach (int side in Sides)
        {
            float raise = Angle(-20, 110), outward = Angle(-10, 55) * side, bend = Angle(0, 130);
            Quaternion basis = _global[Pelvis];
            var thigh = new Vector3(MathF.Sin(outward), -MathF.Cos(raise) * MathF.Cos(outward), MathF.Sin(raise) * MathF.Cos(outward));
            Vector3 shin = Vector3.Transform(Vector3.Normalize(thigh), Turn.About(Vector3.Normalize(new Vector3(1, side * dice.Normal(0.2f), side * dice.Normal(0.2f))), bend));
            Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, Vector3.Transform(Vector3.Normalize(thigh), basis), Vector3.Transform(shin, basis), 0);
            _pose.Local[Hip(side) + 6] = Turn.X(Angle(-25, 40)) * Turn.Y(Wobble(10));
            Collar(side, dice.Normal(9), dice.Normal(9));
            Arm(side, dice.Range(0, 175), dice.Range(-50, 120), dice.Range(0, 140), dice.Normal(60));
        }
        _pose.Grounded = false;
    }

    private void FromMotion()
    {
        int frame = dice.Below(pack.PoseCount);
        for (int j = 0; j < BodyCount; j++)
        {
            float noise = j is Neck or Head ? 7 : j >= LeftShoulder ? 8 : j == Pelvis ? 0 : 3;
            _pose.Local[j] = PackPoses.At(pack.Poses, frame, j) * Wobbles(noise);
        }
        // Which way a motion happens to go says nothing.
        Vector3 forward = Vector3.Transform(Vector3.UnitZ, _pose.Local[Pelvis]);
        _pose.Local[Pelvis] = Turn.Y(-MathF.Atan2(forward.X, forward.Z)) * _pose.Local[Pelvis];
        Track();
        if (dice.Chance(0.25f)) Arms();
    }

    /// <summary>On the back, belly or side.</summary>
    private void LieDown()
    {
        float how = dice.Unit();
        Quaternion tip = how < 0.45f ? Turn.X(-MathF.PI / 2) : how < 0.7f ? Turn.X(MathF.PI / 2) : Turn.Z(dice.Sign() * MathF.PI / 2);
        _pose.Local[Pelvis] = Turn.Y(Angle(0, 360)) * tip * Turn.X(Wobble(10)) * Turn.Z(Wobble(10)) * _pose.Local[Pelvis];
        (_pose.Grounded, _pose.Seated, _pose.Upright) = (true, false, false);
    }
}
