using Impersonator.Cli;

namespace Impersonator.Tests.BadInput;

/// <summary>The tool run inside the test, with a folder that holds a sound photo and its joints.</summary>
internal sealed class Tool : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Tool()
    {
        string samples = Path.Combine(Root(), "samples");
        File.Copy(Path.Combine(samples, "ada.jpg"), this["ada.jpg"]);
        File.Copy(Path.Combine(samples, "ada.joints.json"), this["ada.json"]);
    }

    public string this[string name] => _folder[name];

    public string[] Names => _folder.Names;

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a command that must fail on its input: exit code 1, one line on stderr that names what is wrong, no file more than before.</summary>
    public async Task RefusesAsync(string expected, params string[] args)
    {
        string[] before = Names;
        TextWriter console = Console.Error;
        var errors = new StringWriter();
        int code;
        try
        {
            Console.SetError(errors);
            code = await CommandLine.RunAsync(args);
        }
        finally
        {
            Console.SetError(console);
        }
        string line = errors.ToString();
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n'));
        Assert.Equal(CommandLine.BadInput, code);
        Assert.Equal(before, Names);
    }

    /// <summary>animate with ada's photo where nothing else is given.</summary>
    public Task AnimateRefusesAsync(string expected, string photo = "ada.jpg", string motion = "walk", string output = "out.webm", params string[] more)
        => RefusesAsync(expected, ["animate", this[photo], "--motion", motion, "-q", "-o", this[output], .. more]);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Impersonator.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
