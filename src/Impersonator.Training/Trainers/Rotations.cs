using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Rotations as matrices [.., 3, 3] that turn columns.</summary>
internal static class Rotations
{
    /// <summary>The first two columns made orthonormal (Gram–Schmidt), the third their cross product.</summary>
    /// <param name="six">[.., 6].</param>
    public static Tensor OfSix(Tensor six)
    {
        Tensor a = six.narrow(-1, 0, 3), b = six.narrow(-1, 3, 3);
        Tensor first = a / Length(a);
        b -= (first * b).sum(-1, keepdim: true) * first;
        Tensor second = b / Length(b);
        return stack([first, second, linalg.cross(first, second, -1)], -1);
    }

    /// <summary>Of unit quaternions.</summary>
    /// <param name="quaternions">[.., 4] x, y, z, w.</param>
    public static Tensor OfQuaternions(Tensor quaternions)
    {
        Tensor At(int i) => quaternions.select(-1, i);
        (Tensor x, Tensor y, Tensor z, Tensor w) = (At(0), At(1), At(2), At(3));
        Tensor[] entries =
        [
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))),
        ];
        return stack(entries, -1).view([.. quaternions.shape.AsSpan(0, (int)quaternions.dim() - 1), 3, 3]);
    }

    /// <summary>[N, 3, 3] the least turn that brings directions to z.</summary>
    /// <param name="x">[N] of a direction (x, y, 1).</param>
    /// <param name="y">[N].</param>
    public static Tensor ToAxis(Tensor x, Tensor y)
    {
        Tensor n = 1 / ((x * x) + (y * y) + 1).sqrt();
        (Tensor dx, Tensor dy, Tensor dz) = (x * n, y * n, n);
        Tensor k = 1 / (1 + dz);
        Tensor Row(Tensor a, Tensor b, Tensor c) => stack([a, b, c], 1);
        return stack([Row(1 - (dx * dx * k), -(dx * dy * k), -dx), Row(-(dx * dy * k), 1 - (dy * dy * k), -dy), Row(dx, dy, dz)], 1);
    }

    /// <summary>[.., 3] rotation vectors, radians; not for gradients.</summary>
    public static Tensor Log(Tensor matrices)
    {
        Tensor At(int i, int j) => matrices.select(-2, i).select(-1, j);
        Tensor axis = stack([At(2, 1) - At(1, 2), At(0, 2) - At(2, 0), At(1, 0) - At(0, 1)], -1) * 0.5f; // sin · axis
        Tensor sine = axis.pow(2).sum(-1, keepdim: true).sqrt();
        Tensor cosine = ((At(0, 0) + At(1, 1) + At(2, 2) - 1) * 0.5f).unsqueeze(-1);
        return axis * (atan2(sine, cosine) / sine.clamp_min(1e-6f));
    }

    private static Tensor Length(Tensor x) => (x.pow(2).sum(-1, keepdim: true) + 1e-8f).sqrt();
}
