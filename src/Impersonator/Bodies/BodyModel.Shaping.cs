using System.Numerics;

namespace Impersonator.Bodies;

public sealed partial class BodyModel
{
    /// <summary>The body of a shape, standing in the T-pose with its lowest point at y = 0.</summary>
    /// <exception cref="ArgumentException">More coefficients than components.</exception>
    public Body Create(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Coefficients.Length > Components.Length)
            throw new ArgumentException($"{shape.Coefficients.Length} shape coefficients for {Components.Length} components.", nameof(shape));
        Vector3[] positions = [.. Template.RestPositions];
        for (int k = 0; k < shape.Coefficients.Length; k++)
        {
            if (shape.Coefficients[k] == 0) continue;
            Vector3[] component = Components[k];
            for (int v = 0; v < positions.Length; v++) positions[v] += component[v] * shape.Coefficients[k];
        }
        float lowest = positions.Min(p => p.Y);
        for (int v = 0; v < positions.Length; v++) positions[v].Y -= lowest;
        var joints = new Vector3[Skeleton.JointCount];
        for (int j = 0; j < joints.Length; j++) joints[j] = JointRegressors[j].Of(positions);
        return new Body(this, shape, Template.WithRestPositions(positions), joints);
    }
}
