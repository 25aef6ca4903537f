namespace Impersonator.Training.Trainers;

/// <summary>What each thing that PersonNet learns weighs.</summary>
internal sealed record LossWeights
{
    /// <summary>Cross-entropy of heat maps to a Gaussian.</summary>
    public float Heat { get; init; } = 1;

    /// <summary>Laplace likelihood of the mean of the heat map with the predicted scale.</summary>
    public float Likelihood { get; init; } = 0.1f;

    /// <summary>Heat at the counterpart of the other side: left taken for right.</summary>
    public float Mirror { get; init; } = 0.5f;

    /// <summary>Inside the picture or not.</summary>
    public float Inside { get; init; } = 0.3f;

    /// <summary>Cross-entropy of the matte.</summary>
    public float Matte { get; init; } = 2;

    /// <summary>Absolute error of the matte.</summary>
    public float MatteError { get; init; } = 1;

    /// <summary>Absolute error of the matte's slopes: its edge.</summary>
    public float MatteEdge { get; init; } = 1;

    /// <summary>Cross-entropy of body parts.</summary>
    public float Parts { get; init; } = 0.5f;

    /// <summary>Absolute error of canonical coordinates, fractions of their box.</summary>
    public float Surface { get; init; } = 4;

    /// <summary>Absolute error of depth, metres.</summary>
    public float Depth { get; init; } = 1;
}
