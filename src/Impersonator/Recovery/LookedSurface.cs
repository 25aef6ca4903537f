using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Points of the skin that a <see cref="PersonLook"/> shows, as <see cref="BodyFit"/> takes them: landmarks beyond the 17 keypoints, and its dense surface coordinates.</summary>
/// <remarks>Surface coordinates are places on the average body of the model that ships; other models have no such places.</remarks>
internal sealed class LookedSurface
{
    /// <summary>Pairs of landmarks that the network finds after the 17 keypoints, left before right of each.</summary>
    public static ImmutableArray<string> Pairs { get; } = ["eye", "ear", "mouth_corner", "index_knuckle", "pinky_knuckle", "middle_tip", "small_toe", "heel"];

    // Fingers bend, which the fit does not follow.
    private const string Bending = "middle_tip";

    // A landmark counts for less than a keypoint: the pairs lie close to each other and to keypoints.
    private const float LandmarkWeight = 0.3f, LeastSure = 0.3f;

    // Cells of the maps surely on a person, and on one part of the body.
    private const float Person = 0.8f, OnPart = 0.6f;

    // Cloth stands off the skin and the coordinates are read between cells: shares of the window's side, which is 1.3 persons.
    private const float Spread = 0.012f;

    // All the cells together count as so many keypoints, and more than so many tell nothing new.
    private const float TotalWeight = 6;
    private const int MostCells = 160;

    private readonly BodyModel _model;
    private readonly int[][] _vertices;
    private readonly int[] _landmarks;

    /// <summary>Prepares to look up places on a model's average body.</summary>
    /// <param name="model">The one that ships, or another with its template.</param>
    public LookedSurface(BodyModel model)
    {
        _model = model;
        SkinnedMesh mesh = model.Template;
        _vertices = [.. Enum.GetValues<BodyPart>().Select(part => Enumerable.Range(0, mesh.VertexCount).Where(v => mesh.Parts[v] == part).ToArray())];
        _landmarks = [.. Pairs.SelectMany(pair => (string[])[$"left_{pair}", $"right_{pair}"]).Select(name => model.Landmarks.FirstOrDefault(l => l.Name == name) is { } landmark
            ? Nearest(Enumerable.Range(0, mesh.VertexCount), landmark.Rest.Of(mesh.RestPositions)) : -1)];
    }

    /// <summary>What a look shows of the skin.</summary>
    public List<SurfaceObservation> Of(PersonLook look)
    {
        var seen = new List<SurfaceObservation>();
        AddLandmarks(look, seen);
        if (ReferenceEquals(_model, BodyModel.Default)) AddCells(look, seen);
        return seen;
    }

    private void AddLandmarks(PersonLook look, List<SurfaceObservation> seen)
    {
        for (int i = 0; i < _landmarks.Length; i++)
        {
            LookedKeypoint point = look.Keypoints[Keypoints.Count + i];
            if (_landmarks[i] < 0 || Pairs[i / 2] == Bending || point.Inside < 0.5f || point.Concentration < LeastSure) continue;
            seen.Add(SurfaceObservation.OfVertex(point.Position, _landmarks[i], point.Error, LandmarkWeight));
        }
    }

    private void AddCells(PersonLook look, List<SurfaceObservation> seen)
    {
        PersonMaps maps = look.Maps;
        int side = maps.Side, plane = side * side;
        var cells = new List<(Vector2 At, BodyPart Part, Vector3 Place, float Depth)>();
        for (int i = 0; i < plane; i++)
        {
            Vector2 fraction = new Vector2((i % side) + 0.5f, (i / side) + 0.5f) / side;
            if (maps.MatteAt(fraction) < Person) continue;
            (int part, float most) = (0, maps.Parts[i]);
            for (int p = 1; p < _vertices.Length; p++)
                if (maps.Parts[(p * plane) + i] > most) (part, most) = (p, maps.Parts[(p * plane) + i]);
            if (part == 0 || most < OnPart) continue;
            cells.Add((look.Window.ToPhoto(fraction), (BodyPart)part, CanonicalBox.Metres(new Vector3(maps.Surface[i], maps.Surface[plane + i], maps.Surface[(2 * plane) + i])), maps.Depth[i]));
        }
        int taken = Math.Min(cells.Count, MostCells);
        for (int i = 0; i < taken; i++)
        {
            // Evenly over the rows: a step that is no whole number of cells does not walk down one column.
            (Vector2 at, BodyPart part, Vector3 place, float depth) = cells[(int)((long)i * cells.Count / taken)];
            seen.Add(SurfaceObservation.OfVertex(at, Nearest(_vertices[(int)part], place), Spread * look.Window.Side, TotalWeight / taken) with { Depth = depth });
        }
    }

    private int Nearest(IEnumerable<int> vertices, Vector3 place)
    {
        (int best, float least) = (-1, float.PositiveInfinity);
        foreach (int v in vertices)
        {
            float away = Vector3.DistanceSquared(_model.Template.RestPositions[v], place);
            if (away < least) (best, least) = (v, away);
        }
        return best;
    }
}
