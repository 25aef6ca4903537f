namespace Impersonator.Training.Evaluation.Methods;

/// <summary>A way to draw a person in another pose from a photo; one of a table's rows. Safe to use from several threads.</summary>
internal interface IPictureMethod
{
    /// <summary>In tables.</summary>
    string Name { get; }

    /// <summary>Looks at a photo.</summary>
    /// <param name="photo">[7, S, S] as <see cref="Networks.GeneratorNet"/> takes it, bytes.</param>
    /// <returns>Draws frames of that person.</returns>
    FrameDrawing Read(byte[] photo);
}
