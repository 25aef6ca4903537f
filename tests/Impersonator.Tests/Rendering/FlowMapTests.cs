using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class FlowMapTests
{
    private static readonly SkinnedMesh Ball = TestMeshes.Sphere(new Vector3(0.1f, 0, 0), 0.8f, 48);
    private static readonly Camera Front = Camera.Front(96, 96, 120, 3);
    private static readonly Camera Back = Front with { Rotation = Quaternion.Normalize(Front.Rotation * Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI)) };

    [Fact]
    public void Add_SameCamera_LeadsToThePixelItself()
    {
        FlowMap flow = FlowTo(Front, Front, out SurfaceMaps frame, out _);
        for (int y = 0; y < 96; y++)
            for (int x = 0; x < 96; x++)
            {
                Vector2 pixel = flow.Pixels[(y * 96) + x];
                if (frame.TriangleAt(x, y) < 0) Assert.True(float.IsNaN(pixel.X));
                else Assert.True(Vector2.Distance(pixel, new Vector2(x + 0.5f, y + 0.5f)) < 0.01f);
            }
    }

    [Fact]
    public void Add_SameCamera_SeesAllThatFacesIt()
    {
        FlowMap flow = FlowTo(Front, Front, out SurfaceMaps frame, out float[] facing);
        Assert.True(facing[(48 * 96) + 48] > 0.9f);
        for (int i = 0; i < facing.Length; i++)
        {
            if (float.IsNaN(flow.Pixels[i].X)) continue;
            // The cosine on a triangle of this pixel, from its corners.
            int t = 3 * frame.TriangleAt(i % 96, i / 96);
            Vector3 a = Front.CameraFromWorld(Ball.RestPositions[Ball.Triangles[t]]), b = Front.CameraFromWorld(Ball.RestPositions[Ball.Triangles[t + 1]]), c = Front.CameraFromWorld(Ball.RestPositions[Ball.Triangles[t + 2]]);
            float cosine = -Vector3.Dot(Vector3.Normalize(Vector3.Cross(b - a, c - a)), Vector3.Normalize(new Vector3((new Vector2((i % 96) + 0.5f, (i / 96) + 0.5f) - Front.PrincipalPoint) / Front.FocalLength, 1)));
            Assert.Equal(cosine, facing[i], 3);
        }
        Assert.Contains(frame.Triangles, t => t >= 0);
    }

    [Fact]
    public void Add_SphereFromBehind_SeesNothingOfItsFront()
    {
        FlowMap flow = FlowTo(Back, Front, out _, out float[] facing);
        Assert.Contains(flow.Pixels, p => !float.IsNaN(p.X));
        // From outside, less than half of the sphere is seen: the two views share nothing.
        Assert.All(facing, f => Assert.Equal(0, f));
    }

    [Fact]
    public void Add_QuadBehindAnother_SeesOnlyWhatSticksOut()
    {
        int[] triangles = [0, 2, 1, 0, 3, 2];
        Vector3[] far = TestMeshes.Quad(0, 0, 64, 64, 2).RestPositions, near = TestMeshes.Quad(0, 0, 32, 64, 1.9f).RestPositions;
        SurfaceMaps frame = TestMeshes.Draw(TestMeshes.Square, far, triangles);
        SurfaceMaps photo = TestMeshes.Draw(TestMeshes.Square, far, triangles);
        Rasterizer.Draw(photo, TestMeshes.Square, near, triangles, 2);
        var flow = new FlowMap();
        flow.Clear(64, 64);
        flow.Add(frame, TestMeshes.Square, photo, far, triangles);
        float[] facing = flow.Facing;
        for (int x = 0; x < 64; x++)
        {
            if (x < 31) Assert.Equal(0, facing[(20 * 64) + x]);
            if (x > 32) Assert.True(facing[(20 * 64) + x] > 0.8f);
        }
    }

    [Fact]
    public void Add_SlantingPlane_DoesNotHideItself()
    {
        // 80° from facing the camera: depth changes by 9 cm from pixel to pixel.
        Vector3[] floor = [new(-2, 0.35f, 1), new(2, 0.35f, 1), new(2, 0.35f, 6), new(-2, 0.35f, 6)];
        int[] triangles = [0, 1, 2, 0, 2, 3];
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, floor, triangles, twoSided: true);
        var flow = new FlowMap();
        flow.Clear(64, 64);
        // Outward is up, against y.
        flow.Add(maps, TestMeshes.Square, maps, floor, triangles);
        int seen = 0;
        for (int i = 0; i < flow.Pixels.Length; i++)
        {
            if (float.IsNaN(flow.Pixels[i].X)) continue;
            seen++;
            Assert.True(flow.Facing[i] > 0.04f, $"pixel {i % 64}, {i / 64}: {flow.Facing[i]}");
        }
        Assert.True(seen > 500);
    }

    private static FlowMap FlowTo(Camera frameCamera, Camera photoCamera, out SurfaceMaps frame, out float[] facing)
    {
        Vector3[] inFrame = [.. Ball.RestPositions.Select(frameCamera.CameraFromWorld)], inPhoto = [.. Ball.RestPositions.Select(photoCamera.CameraFromWorld)];
        frame = TestMeshes.Draw(frameCamera, inFrame, Ball.Triangles);
        SurfaceMaps photo = TestMeshes.Draw(photoCamera, inPhoto, Ball.Triangles);
        var flow = new FlowMap();
        flow.Clear(frame.Width, frame.Height);
        flow.Add(frame, photoCamera, photo, inPhoto, Ball.Triangles, threads: 2);
        facing = flow.Facing;
        return flow;
    }
}
