namespace Impersonator.Networks.Operations;

internal enum BinaryKind
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
