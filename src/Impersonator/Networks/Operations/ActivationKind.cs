namespace Impersonator.Networks.Operations;

internal enum ActivationKind
{
    Relu,
    Silu,
    Gelu,
    HardSwish,
    Sigmoid,
    Tanh,
    Softplus,
    Exp,
}
