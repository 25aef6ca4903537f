namespace Impersonator.Bodies;

/// <summary>What a person would say of a body. Each trait but age is in [0, 1] with 0.5 the average.</summary>
/// <param name="Gender">0 female, 1 male.</param>
/// <param name="Age">Years, 10 to 90.</param>
/// <param name="Weight">0 thin, 1 heavy.</param>
/// <param name="Muscle">0 slack, 1 muscular.</param>
/// <param name="Height">0 short, 1 tall.</param>
/// <param name="Proportions">0 uncommon, 1 ideal.</param>
public sealed record Phenotype(float Gender = 0.5f, float Age = 25, float Weight = 0.5f, float Muscle = 0.5f, float Height = 0.5f, float Proportions = 0.5f);
