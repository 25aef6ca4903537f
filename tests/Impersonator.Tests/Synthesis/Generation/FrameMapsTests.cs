using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Synthesis;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Tests.Synthesis.Generation;

public sealed class FrameMapsTests
{
    private const int Side = SourceMaps.Side, Plane = Side * Side, Cells = FrameMaps.FlowSide;

    private static Camera PhotoCrop => GenerationSubject.Made.Source!.Camera.Scaled(Side, Side);

    private static FrameMaps Draw(float degrees)
    {
        var maps = new FrameMaps();
        Pose pose = GenerationSubject.Made.Person.Pose;
        maps.Draw(GenerationSubject.Maps, pose, CameraPath.Orbit(PhotoCrop, pose.Root, degrees * MathF.PI / 180));
        return maps;
    }

    private static IEnumerable<(Vector2 Place, Vector2 Here, bool Covered, int Pixel)> CellsOf(FrameMaps maps)
    {
        for (int i = 0; i < Cells * Cells; i++)
        {
            (int x, int y) = (i % Cells, i / Cells);
            int pixel = (2 * y * Side) + (2 * x);
            bool covered = new[] { 0, 1, Side, Side + 1 }.All(o => maps.Frame[(3 * Plane) + pixel + o] == 255);
            if (maps.Flow[i] != FrameMaps.Nothing)
                yield return (new Vector2(maps.Flow[i], maps.Flow[(Cells * Cells) + i]) / FrameMaps.FlowUnit, (new Vector2(x + 0.5f, y + 0.5f) * 2 / Cells) - Vector2.One, covered, pixel);
        }
    }

    [Fact]
    public void Draw_PhotoPoseBeforeThePhotosCamera_FlowIsTheIdentity()
    {
        FrameMaps maps = Draw(0);
        float[] shown = [.. CellsOf(maps).Where(c => c.Covered && maps.Frame[(10 * Plane) + c.Pixel] > 128).Select(c => Vector2.Distance(c.Place, c.Here)).Order()];
        Assert.True(shown.Length > 1000, $"{shown.Length} cells");
        // Where a leg ends before the other, a cell holds both.
        Assert.True(shown[shown.Length * 99 / 100] < 2f / Cells, $"{shown[shown.Length * 99 / 100] * Cells / 2} cells");
        // Beside the mesh the place is as far beside it in the photo.
        float[] carried = [.. CellsOf(maps).Where(c => maps.Frame[(3 * Plane) + c.Pixel] == 0).Select(c => Vector2.Distance(c.Place, c.Here)).Order()];
        Assert.True(carried[carried.Length / 2] < 2f / Cells, $"{carried[carried.Length / 2] * Cells / 2} cells");
    }

    [Fact]
    public void Draw_PhotoPoseBeforeThePhotosCamera_HasThePhotosColours()
    {
        FrameMaps maps = Draw(0);
        byte[] photo = GenerationSubject.Maps.Photo;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < 3 * Plane; i++)
        {
            if (maps.Frame[(3 * Plane) + (i % Plane)] < 255 || photo[(3 * Plane) + (i % Plane)] < 255) continue;
            sum += Math.Abs(maps.Frame[i] - photo[i]);
            count++;
        }
        Assert.True(count > 3000 && sum / count < 6, $"{sum / count} over {count}");
    }

    [Fact]
    public void Draw_FromBehind_NothingIsSeenAndEverySurfaceHasAPlaceOnThePerson()
    {
        FrameMaps maps = Draw(180);
        byte[] photo = GenerationSubject.Maps.Photo;
        int covered = 0, seen = 0, hit = 0;
        foreach ((Vector2 place, _, bool inside, int pixel) in CellsOf(maps).Where(c => c.Covered))
        {
            covered++;
            if (maps.Frame[(10 * Plane) + pixel] > 64) seen++;
            (int x, int y) = ((int)((place.X + 1) * Side / 2), (int)((place.Y + 1) * Side / 2));
            if (photo[(3 * Plane) + (y * Side) + x] > 128) hit++;
        }
        Assert.True(covered > 1000 && covered == Enumerable.Range(0, Cells * Cells).Count(i => new[] { 0, 1, Side, Side + 1 }.All(o => maps.Frame[(3 * Plane) + (2 * (i / Cells) * Side) + (2 * (i % Cells)) + o] == 255)), $"{covered} covered cells with a place");
        Assert.True(seen < 0.03 * covered, $"{seen} of {covered} seen");
        Assert.True(hit > 0.97 * covered, $"{hit} of {covered} on the person");
    }

    [Fact]
    public void Draw_Flow_ReachesTwelveCellsAndNoFarther()
    {
        FrameMaps maps = Draw(40);
        bool Covered(int x, int y) => x >= 0 && y >= 0 && x < Cells && y < Cells && new[] { 0, 1, Side, Side + 1 }.Any(o => maps.Frame[(10 * Plane) + (2 * y * Side) + (2 * x) + o] > 0 || maps.Frame[(7 * Plane) + (2 * y * Side) + (2 * x) + o] > 0);
        int beyond = 0, near = 0;
        for (int i = 0; i < Cells * Cells; i++)
        {
            bool any = false, close = false;
            for (int dy = -CarriedFlow.Reach; dy <= CarriedFlow.Reach; dy++)
                for (int dx = -CarriedFlow.Reach; dx <= CarriedFlow.Reach; dx++)
                {
                    int squared = (dx * dx) + (dy * dy);
                    if (squared > CarriedFlow.Reach * CarriedFlow.Reach || !Covered((i % Cells) + dx, (i / Cells) + dy)) continue;
                    any = true;
                    close |= squared <= 121;
                }
            if (maps.Flow[i] != FrameMaps.Nothing && !any) beyond++;
            if (maps.Flow[i] == FrameMaps.Nothing && close) near++;
        }
        Assert.Equal((0, 0), (beyond, near));
    }

    [Fact]
    public void Draw_FromBehind_CarriesOutwardsToTheSameSideOfThePerson()
    {
        FrameMaps maps = Draw(180);
        // Beside the arm at the frame's right is the person's right arm, which the photo shows at its left.
        (Vector2 Place, Vector2 Here, bool, int Pixel)[] carried = [.. CellsOf(maps).Where(c => c.Here.X > 0 && c.Here.Y is > -0.3f and < 0 && maps.Frame[(3 * Plane) + c.Pixel] == 0).OrderBy(c => c.Here.X)];
        Assert.True(carried[^1].Place.X < carried[0].Place.X && carried[^1].Place.X < -0.25f, $"{carried[0].Place} … {carried[^1].Place}");
    }

    [Fact]
    public void Draw_TheSameFrameTwiceWithAnotherBetween_GivesTheSameBytes()
    {
        var maps = new FrameMaps();
        Pose pose = GenerationSubject.Made.Person.Pose;
        maps.Draw(GenerationSubject.Maps, pose, PhotoCrop);
        (byte[] frame, short[] flow) = ([.. maps.Frame], [.. maps.Flow]);
        maps.Draw(GenerationSubject.Maps, pose, CameraPath.Orbit(PhotoCrop, pose.Root, 2));
        Assert.NotEqual(frame, maps.Frame);
        maps.Draw(GenerationSubject.Maps, pose, PhotoCrop);
        Assert.Equal(frame, maps.Frame);
        Assert.Equal(flow, maps.Flow);
    }

    [Fact]
    public void Draw_OutsideTheMesh_IsNeutral()
    {
        FrameMaps maps = Draw(0);
        Assert.Equal([0, 0, 0, 0, 128, 128, 128, 0, 0, 0, 0, 128], Enumerable.Range(0, FrameMaps.Channels).Select(c => maps.Frame[c * Plane]));
    }

    [Fact]
    public void DrawAround_ASubjectBesideThePicture_IsEmpty()
    {
        Pose pose = GenerationSubject.Made.Person.Pose;
        Assert.True(new FrameMaps().DrawAround(GenerationSubject.Maps, pose with { Root = pose.Root + new Vector3(20, 0, 0) }, GenerationSubject.Made.Person.Camera).IsEmpty);
    }
}
