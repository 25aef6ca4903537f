using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Impersonator.Torch;

/// <summary>Loads a libtorch of the user's choosing below TorchSharp. Must come before the first touch of any TorchSharp type.</summary>
/// <remarks>
/// Order matters: <c>torch_global_deps</c> pulls the CUDA packages in by its own search path, as <c>import torch</c> does; TorchSharp's
/// native shim comes last. All with lazy binding and global symbols.
/// </remarks>
public static class TorchLibrary
{
    private const int Lazy = 1, Global = 0x100;
    private const string Shim = "libLibTorchSharp.so";
    private static readonly string[] Order = ["torch_global_deps", "c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch"];
    private static readonly Dictionary<string, nint> Handles = [];
    private static readonly Lock Gate = new();

    /// <summary>Folder of the loaded libtorch; null before <see cref="Load"/>.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Whether the loaded libtorch was built for CUDA (not whether there is a device).</summary>
    public static bool HasCuda => Handles.ContainsKey("torch_cuda");

    /// <summary>Finds and loads libtorch, once per process; later calls do nothing.</summary>
    /// <param name="folder">A libtorch, a Python torch or its lib folder; else IMPERSONATOR_TORCH, the CPU package, python3's torch.</param>
    /// <exception cref="TorchException">None is found, or it does not fit.</exception>
    public static void Load(string? folder = null)
    {
        lock (Gate)
        {
            if (Folder is not null) return;
            if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
                throw new TorchException("Training needs Linux on x64 for now.");
            string found = TorchFolder.Find(folder);
            string shim = Path.Combine(AppContext.BaseDirectory, Shim);
            if (!File.Exists(shim)) throw new TorchException($"{Shim} does not lie beside the program; build or publish it again.");
            foreach (string name in Order)
            {
                string file = Path.Combine(found, $"lib{name}.so");
                if (File.Exists(file)) Handles[name] = Open(file);
            }
            var elf = new ElfFile(File.ReadAllBytes(shim));
            if (Missing(elf) is { Length: > 0 } missing)
                throw new TorchException($"{found}: this libtorch lacks {missing.Length} symbols that TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)} needs, {missing[0]} for one; use libtorch 2.10 or 2.11.");
            Handles["LibTorchSharp"] = Open(Loadable(shim, elf));
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, Resolve);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (assembly, name) => Resolve(name, assembly, null);
            Folder = found;
        }
    }

    /// <summary>Address of a function that libtorch exports and TorchSharp does not offer.</summary>
    internal static nint Export(string symbol) => NativeLibrary.GetExport(Handles["torch_cpu"], symbol);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => Handles.GetValueOrDefault(name);

    private static nint Open(string path)
    {
        nint handle = DlOpen(path, Lazy | Global);
        return handle != 0 ? handle : throw new TorchException($"{path} cannot be loaded: {Marshal.PtrToStringUTF8(DlError())?.ReplaceLineEndings(" ")}");
    }

    // Lazy binding would hide a missing function until its call ends the process.
    private static string[] Missing(ElfFile shim)
    {
        nint all = DlOpen(null, Lazy);
        return [.. shim.Undefined().Where(symbol => symbol != UnusedSymbol && !NativeLibrary.TryGetExport(all, symbol, out _))];
    }

    // GCC 13 linked the shim: <iostream> makes it name one function of libstdc++ 3.4.32 that nothing in it calls. Debian 12 ends
    // at 3.4.30 and refuses the file. A copy that marks the need as weak loads; the package's file stays as it is.
    private const string UnusedSymbol = "_ZSt21ios_base_library_initv";

    private static string Loadable(string shim, ElfFile elf)
    {
        if (DlOpen(shim, Lazy | Global) != 0) return shim;
        if (elf.Weaken("GLIBCXX_3.4.32") + elf.Weaken("GLIBCXX_3.4.31") == 0) return shim;
        string folder = Directory.CreateTempSubdirectory("torch-shim-").FullName;
        string copy = Path.Combine(folder, Shim);
        File.WriteAllBytes(copy, elf.Bytes);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        };
        return copy;
    }

    [DllImport("libc", EntryPoint = "dlopen")]
    private static extern nint DlOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string? path, int flags);

    [DllImport("libc", EntryPoint = "dlerror")]
    private static extern nint DlError();
}
