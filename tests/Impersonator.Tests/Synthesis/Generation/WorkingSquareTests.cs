using System.Numerics;
using Impersonator.Rendering;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Tests.Synthesis.Generation;

public sealed class WorkingSquareTests
{
    private static readonly Camera Photo = new(300, 450, 640, new Vector2(140, 230), Camera.FacingMinusZ, new Vector3(0.1f, 0.85f, 3.4f));

    [Fact]
    public void Crop_AnyPoint_LiesAtThePixelOfItsPhotoPixel()
    {
        var square = new WorkingSquare(-20.5f, 30.25f, 410);
        Camera crop = square.Crop(Photo, 256);
        var point = new Vector3(0.3f, 0.4f, -0.2f);
        Vector2 expected = (Photo.Project(point) - new Vector2(square.Left, square.Top)) * 256 / square.Side;
        Assert.True(Vector2.Distance(expected, crop.Project(point)) < 1e-2f);
    }

    [Fact]
    public void Around_Points_HoldsThemWithRoomOnAllSides()
    {
        Vector3[] points = [new(-0.3f, 0.2f, 0), new(0.3f, 1.2f, 0.1f)];
        var square = WorkingSquare.Around([points], Photo);
        Assert.All(points.Select(Photo.Project), p => Assert.True(p.X > square.Left && p.Y > square.Top && p.X < square.Left + square.Side && p.Y < square.Top + square.Side));
    }

    [Fact]
    public void Anchored_SquaresOfAMovingPerson_HoldThemAndMoveByWholePixels()
    {
        var sides = new HashSet<float>();
        for (int k = 0; k < 40; k++)
        {
            var square = new WorkingSquare(13.7f + (0.31f * k), 41.2f - (0.17f * k), 300 + (0.4f * k));
            WorkingSquare anchored = square.Anchored(256);
            Assert.True(anchored.Left <= square.Left && anchored.Top <= square.Top && anchored.Left + anchored.Side >= square.Left + square.Side && anchored.Top + anchored.Side >= square.Top + square.Side);
            Assert.True(anchored.Side < 1.07f * square.Side);
            float pixels = anchored.Left * 256 / anchored.Side;
            Assert.Equal(MathF.Round(pixels), pixels, 1e-2f);
            sides.Add(anchored.Side);
        }
        Assert.InRange(sides.Count, 1, 3);
    }

    [Fact]
    public void Around_WhatLiesBesideThePicture_DoesNotCount()
    {
        Vector3[] points = [new(-0.3f, 0.2f, 0), new(0.3f, 1.2f, 0.1f)];
        Assert.Equal(WorkingSquare.Around([[.. points, Photo.WorldFromCamera(new Vector3(0, 40, 3.4f))]], Photo).Top, WorkingSquare.Around([points], Photo).Top, 150f);
        Assert.True(WorkingSquare.Around([[new(9, 9, 0), new(9.5f, 9.5f, 0)]], Photo).IsEmpty);
    }
}
