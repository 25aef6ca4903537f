using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Training.Evaluation.Benchmark;

/// <summary>Finds the person and the matte that a subject is made of.</summary>
/// <param name="photo">A painted photo of one person.</param>
/// <exception cref="Files.InputException">Nobody was found, or too little of them.</exception>
internal delegate (Person Person, Matte Matte) BodyEstimate(Photo photo);
