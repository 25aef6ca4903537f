using System.Globalization;

namespace Impersonator.Networks.LiquidWarping;

/// <summary>A published network with the weights of a checkpoint.</summary>
/// <param name="Network">Which one it is.</param>
/// <param name="Weights">Its weights under our names; the word <c>network</c> says which network they are of.</param>
/// <param name="Elements">Types the numbers were stored in, e.g. <c>float32</c>.</param>
/// <param name="Ignored">Keys of tensors that the network does not have.</param>
public sealed record ImportedNetwork(LiquidWarpingNetwork Network, Weights Weights, IReadOnlyList<string> Elements, IReadOnlyList<string> Ignored)
{
    /// <summary>One line about what was found.</summary>
    public override string ToString()
    {
        long values = Network.Parameters.Sum(p => (long)p.Count);
        string widened = Elements is ["float32"] ? "" : ", kept as float32";
        string ignored = Ignored.Count == 0 ? "" : $"; ignored {Ignored.Count} tensors that it does not have, e.g. {Ignored[0]}";
        return string.Create(CultureInfo.InvariantCulture, $"{Network.Name}, {Network.Parameters.Length} tensors, {values:N0} values of {string.Join(" and ", Elements)}{widened}{ignored}");
    }
}
