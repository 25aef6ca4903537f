using System.Buffers.Binary;
using System.Text;

namespace Impersonator.Torch;

/// <summary>A Linux shared library's bytes: which symbols it wants, and a way to ask for less.</summary>
/// <remarks>Source: System V ABI, "Object Files"; Linux Standard Base, "Symbol Versioning" (Elf64_Verneed, Elf64_Vernaux).</remarks>
internal sealed class ElfFile(byte[] bytes)
{
    private const uint DynamicSymbols = 11, VersionNeeds = 0x6ffffffe;
    private const int SymbolSize = 24;
    private const ushort Weak = 2;

    public byte[] Bytes => bytes;

    /// <summary>Symbols that the library needs from others; those marked weak may be absent.</summary>
    public IEnumerable<string> Undefined()
    {
        foreach (long section in Sections(DynamicSymbols))
        {
            long table = Long(section + 0x18), length = Long(section + 0x20), strings = Strings(section);
            for (long entry = table + SymbolSize; entry < table + length; entry += SymbolSize)
            {
                bool defined = Short(entry + 6) != 0, weak = bytes[entry + 4] >> 4 == 2;
                if (!defined && !weak) yield return Text(strings + Int(entry));
            }
        }
    }

    /// <summary>Marks the need for a version as weak, so that the loader accepts libraries without it.</summary>
    /// <returns>How many needs were marked.</returns>
    public int Weaken(string version)
    {
        int changed = 0;
        foreach (long section in Sections(VersionNeeds))
        {
            long strings = Strings(section);
            for (long need = Long(section + 0x18), next = 1; next != 0; need += next)
            {
                next = Int(need + 12);
                long entry = need + Int(need + 8);
                for (int k = 0; k < Short(need + 2); k++, entry += Int(entry + 12))
                {
                    if (Text(strings + Int(entry + 8)) != version) continue;
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((int)entry + 4), (ushort)(Short(entry + 4) | Weak));
                    changed++;
                }
            }
        }
        return changed;
    }

    private IEnumerable<long> Sections(uint type)
    {
        long first = Long(0x28);
        for (int i = 0; i < Short(0x3C); i++)
        {
            long section = first + (i * Short(0x3A));
            if (Int(section + 4) == type) yield return section;
        }
    }

    // sh_link of a section names the section of its strings.
    private long Strings(long section) => Long(Long(0x28) + (Int(section + 0x28) * Short(0x3A)) + 0x18);

    private ushort Short(long at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)at));

    private uint Int(long at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at));

    private long Long(long at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((int)at));

    private string Text(long at) => Encoding.ASCII.GetString(bytes, (int)at, Array.IndexOf(bytes, (byte)0, (int)at) - (int)at);
}
