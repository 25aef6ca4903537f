using System.Numerics;
using static Impersonator.Bodies.Joint;

namespace Impersonator.Training.Synthesis;

/// <content>Poses whose legs are hard to tell apart: lifted high, crossed, split, seen from every side.</content>
internal sealed partial class PoseMaker
{
    /// <summary>Kicks and lifted knees, balances, fighters' stances, splits, legs crossed standing.</summary>
    private void Legs()
    {
        float what = dice.Unit();
        int lead = dice.Sign();
        if (what < 0.5f) Kick(lead);
        else if (what < 0.66f) Stance(lead);
        else if (what < 0.8f) Balance(lead);
        else if (what < 0.88f) Split(lead);
        else Cross(lead);
        if (dice.Chance(0.4f)) Guard(lead);
        else Arms();
        _pose.FromAllSides = true;
    }

    /// <summary>One leg high to the front, the side or behind, straight or with a bent knee; the body leans away from it.</summary>
    private void Kick(int lead)
    {
        float way = dice.Unit() switch { < 0.5f => Angle(-15, 25), < 0.85f => Angle(50, 110), _ => Angle(150, 185) };
        float raise = Degrees(way > 2 ? dice.Range(35, 105) : dice.Chance(0.55f) ? dice.Range(80, 150) : dice.Range(35, 90));
        float lean = raise * dice.Range(0, 0.45f);
        var towards = new Vector3(lead * MathF.Sin(way), 0, MathF.Cos(way));
        _pose.Local[Pelvis] = Turn.About(Vector3.Normalize(Vector3.Cross(towards, Vector3.UnitY)), lean) * Turn.Y(Wobble(20)) * Turn.X(Wobble(5));
        Torso(dice.Normal(10), dice.Normal(9), dice.Normal(16));
        Track();
        Vector3 thigh = (towards * MathF.Sin(raise)) - (Vector3.UnitY * MathF.Cos(raise));
        float bend = dice.Chance(0.55f) ? Angle(0, 25) : dice.Chance(0.5f) ? Angle(25, 80) : Angle(70, 140);
        LegTo(lead, thigh, bend);
        // In a leap the other knee bends too.
        bool leap = dice.Chance(0.25f);
        float support = MathF.Abs(dice.Normal(8));
        LegTo(-lead, new Vector3(-lead * dice.Normal(0.06f), -1, leap ? dice.Range(-0.6f, 0.6f) : dice.Range(-0.1f, 0.15f)), leap ? Angle(20, 130) : Degrees(support * 2));
        _pose.Grounded = !leap && dice.Chance(0.93f);
        Tread(-lead, leap ? 0 : 0.9f);
        _pose.Local[Hip(lead) + 6] = Turn.X(Angle(-25, 55)) * Turn.Y(Wobble(10));
    }

    /// <summary>Lunges to the front and the side, riders', cats' and fencers' stances.</summary>
    private void Stance(int lead)
    {
        _pose.Local[Pelvis] = Turn.X(Angle(-8, 20)) * Turn.Y(Wobble(20)) * Turn.Z(Wobble(5));
        Torso(dice.Normal(9), dice.Normal(6), dice.Normal(20));
        Track();
        float what = dice.Unit(), drop = dice.Range(0.5f, 0.88f);
        foreach (int side in Sides)
        {
            bool first = side == lead;
            if (what < 0.3f) Foot(side, side * dice.Range(0.25f, 0.48f), drop, dice.Normal(0.04f), dice.Range(30, 80));
            else if (what < 0.75f) Foot(side, side * dice.Range(-0.02f, 0.16f), drop, (first ? 1 : -1) * dice.Range(0.2f, 0.55f), first ? dice.Normal(10) : dice.Range(0, 50));
            else Foot(side, side * dice.Range(0, 0.12f), first ? drop + 0.05f : drop, first ? dice.Range(0.2f, 0.4f) : dice.Range(-0.12f, 0), dice.Range(0, 40));
        }
        Feet(dice.Range(0.5f, 1));
    }

    /// <summary>On one leg: a tree, a dancer's passé, arms or foot held; the other foot at the standing knee or behind.</summary>
    private void Balance(int lead)
    {
        _pose.Local[Pelvis] = Turn.X(Angle(-8, 15)) * Turn.Z(Wobble(6)) * Turn.Y(Wobble(10));
        Torso(dice.Normal(8), dice.Normal(8), dice.Normal(10));
        Track();
        LegTo(-lead, new Vector3(-lead * dice.Normal(0.05f), -1, dice.Normal(0.05f)), Angle(0, 12));
        float outward = Angle(0, 85), up = dice.Chance(0.7f) ? Angle(35, 110) : Angle(-25, 20);
        Vector3 thigh = new(lead * MathF.Sin(outward) * MathF.Sin(up), -MathF.Cos(up), MathF.Cos(outward) * MathF.Sin(up));
        LegTo(lead, thigh, up < 0.4f ? Angle(60, 130) : Angle(70, 135));
        Tread(-lead, dice.Chance(0.8f) ? 1 : 0.4f);
        _pose.Local[Hip(lead) + 6] = Turn.X(Angle(0, 50));
    }

    /// <summary>Both legs far apart, on the floor or in the air.</summary>
    private void Split(int lead)
    {
        bool toSides = dice.Chance(0.4f);
        _pose.Local[Pelvis] = Turn.X(Angle(-10, 35)) * Turn.Z(Wobble(8));
        Torso(dice.Normal(14), dice.Normal(12), dice.Normal(15));
        Track();
        foreach (int side in Sides)
        {
            float apart = Angle(55, 92), sign = side == lead ? 1 : -1;
            LegTo(side, toSides ? new Vector3(side * MathF.Sin(apart), -MathF.Cos(apart), dice.Range(0, 0.3f)) : new Vector3(side * 0.06f, -MathF.Cos(apart), sign * MathF.Sin(apart)), dice.Chance(0.7f) ? Angle(0, 15) : Angle(15, 80));
            _pose.Local[Hip(side) + 6] = Turn.X(Angle(-5, 50));
        }
        _pose.Grounded = dice.Chance(0.6f);
    }

    /// <summary>Standing with legs crossed at knees or ankles, or stepping across.</summary>
    private void Cross(int lead)
    {
        _pose.Local[Pelvis] = Turn.Z(Wobble(5)) * Turn.Y(Wobble(10));
        Torso(dice.Normal(7), dice.Normal(7), dice.Normal(12));
        Track();
        float step = dice.Range(0.04f, 0.3f);
        foreach (int side in Sides)
            Foot(side, -side * dice.Range(0.01f, 0.2f), dice.Range(0.86f, 0.99f), side == lead ? dice.Range(0.06f, 0.1f + step) : -dice.Range(0, step), dice.Range(-10, 25));
        Feet(dice.Range(0.6f, 1));
    }

    /// <summary>Fists or open hands before the chest and chin, one further out.</summary>
    private void Guard(int lead)
    {
        Track();
        foreach (int side in Sides)
            if (dice.Chance(0.15f)) Arm(side, dice.Range(30, 110), dice.Range(-40, 90), dice.Range(0, 60), dice.Normal(30));
            else Hand(side, new Vector3(side * dice.Range(0, 0.2f), dice.Range(-0.25f, 0.12f), side == lead ? dice.Range(0.25f, 0.5f) : dice.Range(0.14f, 0.32f)), 0.5f, 0.9f, 0.1f);
    }

    /// <summary>Points a thigh along a direction and bends the knee, the shin staying in the plane of thigh and the body's front.</summary>
    private void LegTo(int side, Vector3 thigh, float bend)
    {
        thigh = Vector3.Normalize(thigh);
        // A straight leg's knee faces forward, a raised one's upward.
        Vector3 hinge = Vector3.Cross(Vector3.Transform(Vector3.UnitZ, _global[Pelvis]) + (0.8f * Vector3.UnitY), thigh);
        if (hinge.LengthSquared() < 0.02f) hinge = Vector3.Transform(Vector3.UnitX, _global[Pelvis]);
        Vector3 shin = Vector3.Transform(thigh, Turn.About(Vector3.Normalize(hinge), MathF.Max(bend, 0.06f)));
        Limb(Hip(side), Hip(side) + 3, Hip(side) + 6, thigh, shin, 0);
    }

    /// <summary>Turns one foot towards flat on the ground, leaving the other.</summary>
    private void Tread(int side, float flatness)
    {
        int other = Hip(-side) + 6;
        Quaternion kept = _pose.Local[other];
        Feet(flatness);
        _pose.Local[other] = kept;
        Track();
    }
}
