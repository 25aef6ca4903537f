using BenchmarkDotNet.Running;
using Impersonator.Benchmarks;

// "prior --motions DIR", "fit --photos DIR [--labels FILE] [--sheets DIR]", "silhouette --photos DIR --labels FILE [--sheets DIR]", "recover --photo FILE [-o TABLE]" and "limits --pack FILE [--people N] [--only NAMES]" measure motions, photos and packs of one's own;
// "rendering", "imaging", "networks" and "animate" write a table in half a minute; everything else is BenchmarkDotNet's.
if (args is ["rendering", ..]) RenderingFigures.Run(args.Length > 1 ? args[1] : "benchmarks/results/rendering.md");
else if (args is ["fit", ..]) FitFigures.Run(args[1..]);
else if (args is ["silhouette", ..]) SilhouetteFigures.Run(args[1..]);
else if (args is ["prior", ..]) PriorFigures.Run(args[1..]);
else if (args is ["animate", ..]) AnimateFigures.Run(args.Length > 1 ? args[1] : "benchmarks/results/animate.md");
else if (args is ["networks", ..]) NetworkFigures.Run(args.Length > 1 ? args[1] : "benchmarks/results/networks.md");
else if (args is ["recover", ..]) RecoverFigures.Run(args[1..]);
else if (args is ["limits", ..]) LimitFigures.Run(args[1..]);
else if (args is ["imaging", ..]) ImagingFigures.Run(args.Length > 1 ? args[1] : "benchmarks/results/imaging.md");
else if (args is ["synth", ..]) SynthFigures.Run(args.Length > 1 ? args[1] : "benchmarks/results/synth.md", args.Length > 2 ? args[2] : null);
else BenchmarkSwitcher.FromAssembly(typeof(Stopwatches).Assembly).Run(args);
