using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.Generation;

/// <summary>Draws a subject by the generator: its mesh as a photo would show it.</summary>
/// <param name="subject">Whom to draw, shared by painters.</param>
internal sealed class GeneratorPainter(GeneratorSubject subject) : ISubjectPainter
{
    private readonly FrameMaps _maps = new();
    private readonly Composition _composition = new();
    private readonly Dictionary<string, NetworkArray> _inputs = [];
    private readonly TexturedRenderer _renderer = new();
    private readonly GroundShadow _shadow = new();
    private Image? _mesh;

    /// <inheritdoc/>
    public void Draw(Frame frame, Camera camera, Pose pose, bool shadow)
    {
        WorkingSquare square = _maps.DrawAround(subject.Source, pose, camera);
        TexturedMesh[] meshes = _maps.Meshes(subject.Source);
        if (shadow) _shadow.Draw(frame, camera, meshes);
        if (square.IsEmpty) return;
        if (subject.Others.Count > 0) _maps.AddPhotos(subject.Others, square.Crop(camera, SourceMaps.Side));
        IReadOnlyDictionary<string, NetworkArray> drawn = subject.Run(_maps, _inputs);
        _composition.Read(_maps.Frame, drawn["paint"].Values, drawn["matte"].Values, drawn["blend"].Values);
        if (_mesh?.Width != frame.Width || _mesh.Height != frame.Height) _mesh = new Image(frame.Width, frame.Height);
        else Array.Clear(_mesh.Pixels);
        _renderer.Draw(_mesh, camera, meshes);
        _composition.Draw(frame, square, _mesh);
    }
}
