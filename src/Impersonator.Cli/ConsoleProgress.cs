using System.Diagnostics;
using Spectre.Console;

namespace Impersonator.Cli;

/// <summary>Shows progress with the time left on stderr: a bar on a terminal, a line per stage elsewhere, nothing when quiet.</summary>
internal static class ConsoleProgress
{
    /// <summary>Runs work that reports its progress.</summary>
    public static T Run<T>(bool quiet, Func<IProgress<StageProgress>, T> work)
    {
        if (quiet) return work(new Silent());
        if (Console.IsErrorRedirected) return work(new Lines());
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    private sealed class Silent : IProgress<StageProgress>
    {
        public void Report(StageProgress value) { }
    }

    private sealed class Bars(ProgressContext context) : IProgress<StageProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(StageProgress value)
        {
            lock (_tasks)
            {
                if (!_tasks.TryGetValue(value.Stage, out ProgressTask? task))
                    _tasks[value.Stage] = task = context.AddTask(Markup.Escape(value.Stage), maxValue: value.Total);
                task.Value = value.Done;
            }
        }
    }

    /// <summary>For logs: each stage when it begins, then every tenth with the time left.</summary>
    private sealed class Lines : IProgress<StageProgress>
    {
        private readonly Stopwatch _watch = new();
        private string _stage = "";
        private int _tenth;

        public void Report(StageProgress value)
        {
            if (value.Stage != _stage)
            {
                (_stage, _tenth) = (value.Stage, 0);
                _watch.Restart();
                Console.Error.WriteLine($"{value.Stage} …");
            }
            int tenth = value.Total > 0 ? 10 * value.Done / value.Total : 0;
            if (tenth <= _tenth || value.Done == value.Total) return;
            _tenth = tenth;
            double left = _watch.Elapsed.TotalSeconds / value.Done * (value.Total - value.Done);
            Console.Error.WriteLine($"{value.Stage} {value.Done}/{value.Total}, {left:F0} s left");
        }
    }
}
