using System.Text;

namespace Impersonator.Tests.Files;

/// <summary>NumPy files made by hand.</summary>
internal static class Npy
{
    /// <summary>A <c>.npy</c> of a version whose header says this.</summary>
    public static byte[] File(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    public static string Header(string descr, string shape, bool fortran = false) => $"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}";
}
