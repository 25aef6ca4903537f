using Impersonator.Files;

namespace Impersonator.Torch;

/// <summary>libtorch or the wished device cannot be had. The message says why and what to do.</summary>
public sealed class TorchException(string message) : InputException(message);
