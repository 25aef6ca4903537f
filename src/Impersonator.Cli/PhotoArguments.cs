using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Cli;

/// <summary>The photo and what goes with it, the same for every verb that starts from one.</summary>
internal sealed class PhotoArguments
{
    private const string MeshEngine = "mesh", GeneratorEngine = "generator";

    public Argument<string> Photo { get; } = new("photo") { Description = "JPEG, PNG or WebP of a person: whole, or the upper body; or a subject saved by export." };

    public Option<string?> Joints { get; } = new("--joints") { Description = "JSON with the person's keypoints (ours, COCO or OpenPose). Default: the photo's name with .json if there is one, else found in the photo." };

    public Option<string[]> MorePhotos { get; } = new("--photo") { Description = "Another photo of the same person in the same clothes, for what the first does not show (the back); may be repeated. Joints: the photo's name with .json if there is one, else found in it." };

    public Option<int?> PersonNumber { get; } = new("--person") { Description = "Which of several people, from 0, largest first. Default: the largest." };

    public Option<string?> Matte { get; } = new("--matte") { Description = "Picture of the photo's size: white or opaque where the person is." };

    public Option<int> Seed { get; } = new("--seed") { Description = "Seed of what is made up: background behind and around the person.", DefaultValueFactory = _ => 1 };

    public Option<string?> Background { get; } = new("--background") { Description = "A picture or #rrggbb to draw behind the person. Default: the photo, completed." };

    public Option<int> Size { get; } = new("--size") { Description = "Longer side of the result, pixels.", DefaultValueFactory = _ => 512 };

    public Option<string?> Wear { get; } = new("--wear") { Description = "Photo of somebody else whose clothes to wear: OTHER[:upper|lower|all]." };

    public Option<string?> WearJoints { get; } = new("--wear-joints") { Description = "Keypoints of the other photo. Default: OTHER with .json if there is one, else --joints, which then names both photos, else found in the photo." };

    public Option<string?> WearMatte { get; } = new("--wear-matte") { Description = "Matte of the other photo." };

    public Option<string> Output { get; } = new("--output", "-o") { Description = "The file to write.", Required = true };

    public Option<string> Engine { get; } = new("--engine")
    {
        Description = "How pictures are drawn: mesh (textured body) or generator (a network that makes it look like a photo).",
        DefaultValueFactory = _ => Weights.Shipped.Contains(GeneratorSubject.Network) ? GeneratorEngine : MeshEngine,
    };

    public Option<string?> Generator { get; } = new("--generator") { Description = "Weights of a generator trained yourself (impersonator train generator); draws with it." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress." };

    public void AddTo(Command command)
    {
        command.Add(Photo);
        foreach (Option option in (Option[])[Joints, MorePhotos, PersonNumber, Matte, Background, Seed, Size, Wear, WearJoints, WearMatte, Engine, Generator, Quiet, Output]) command.Add(option);
    }

    /// <summary>The subject, and the weights of the generator that is to draw it; null for its mesh.</summary>
    public (Subject Subject, Weights? Generator) Drawn(Studio studio, ParseResult parsed, IProgress<StageProgress> progress, CancellationToken token)
    {
        bool chosen = parsed.GetResult(Engine) is { Implicit: false };
        string engine = parsed.GetValue(Engine)!;
        string? file = parsed.GetValue(Generator);
        if (engine is not (MeshEngine or GeneratorEngine)) throw new InputException($"Engine \"{engine}\" is unknown; use mesh or generator.");
        if (chosen && engine == MeshEngine && file is not null) throw new InputException("--generator does not go with --engine mesh; leave one of them out.");
        Weights? weights = file is not null ? Weights.Read(file) : engine == MeshEngine ? null
            : Weights.Shipped.Contains(GeneratorSubject.Network) ? Weights.ReadShipped(GeneratorSubject.Network)
            : throw new InputException("This program was built without the generator's weights; use --engine mesh, or give weights of your own with --generator FILE.");
        Subject subject = Subject(studio, parsed, progress, token);
        // Subjects of older versions have their mesh alone.
        return (subject, subject.Source is null && !chosen && file is null ? null : weights);
    }

    /// <summary>Reads the photo and makes the subject, in other clothes if asked for.</summary>
    public Subject Subject(Studio studio, ParseResult parsed, IProgress<StageProgress> progress, CancellationToken token)
    {
        CheckOutput(parsed);
        string path = parsed.GetValue(Photo)!;
        int seed = parsed.GetValue(Seed);
        // Everybody is found before anybody is worked on: the second photo may show nobody.
        Found wearer = Find(studio, path, parsed.GetValue(Joints), parsed.GetValue(PersonNumber), parsed.GetValue(Matte), parsed.GetValue(Background), seed, token);
        // Backgrounds of other photos are never seen: flat ones cost nothing.
        Found[] more = [.. (parsed.GetValue(MorePhotos) ?? []).Select(photo => Find(studio, photo, null, null, null, "#808080", seed, token))];
        Subject Personalized() => more.Aggregate(wearer.Personalize(studio, progress, token), (subject, other) => subject.SeenIn(other.Personalize(studio, progress, token)));
        if (parsed.GetValue(Wear) is not { } wear) return Personalized();
        (string other, WearParts parts) = Worn(wear);
        string? joints = parsed.GetValue(WearJoints) ?? Beside(other) ?? parsed.GetValue(Joints);
        // The other's background is never seen: a flat one costs nothing.
        Found giver = Find(studio, other, joints, null, parsed.GetValue(WearMatte), "#808080", seed, token);
        parts = giver.Known(studio, parts);
        return Personalized().Wearing(giver.Personalize(studio, progress, token), parts);
    }

    /// <summary>Found out now, not after the work: a folder that is not there.</summary>
    private void CheckOutput(ParseResult parsed)
    {
        string output = parsed.GetValue(Output)!;
        if (Path.GetDirectoryName(Path.GetFullPath(output.TrimEnd('/', '\\'))) is { } folder && !Directory.Exists(folder))
            throw new OutputException($"{output}: the folder {folder} does not exist; create it or write elsewhere.");
    }

    /// <summary>Reads the photo and finds the person in it, without making a subject.</summary>
    public (Photo Photo, Person Person) Person(Studio studio, ParseResult parsed, CancellationToken token)
    {
        CheckOutput(parsed);
        string path = parsed.GetValue(Photo)!;
        if (path.EndsWith(SubjectFile.Ending, StringComparison.OrdinalIgnoreCase)) throw new InputException($"{path}: a model draws from a photo, not from a saved subject; give the photo.");
        Photo photo = PhotoReader.Read(path);
        Person person = Recover(studio, photo, parsed.GetValue(Joints) ?? Beside(path), parsed.GetValue(PersonNumber), token).Person;
        if (HalfBodies.IsHalf(person.Keypoints)) throw new InputException($"{photo.Name}: only the upper body is in the picture, and a model draws whole people; leave the model out or give a photo down to the feet.");
        return (photo, person);
    }

    /// <summary>The background that was asked for, if any.</summary>
    public Image? BackgroundImage(ParseResult parsed) => parsed.GetValue(Background) is { } given ? Backdrop(given) : null;

    private static Found Find(Studio studio, string path, string? joints, int? number, string? matte, string? background, int seed, CancellationToken token)
    {
        if (path.EndsWith(SubjectFile.Ending, StringComparison.OrdinalIgnoreCase)) return new Found(SubjectFile.Read(path, studio.Model));
        Photo photo = PhotoReader.Read(path);
        var options = new PersonalizeOptions
        {
            Matte = matte is null ? null : MatteReader.Read(matte),
            Background = background is null ? null : Backdrop(background),
            Seed = seed,
        };
        return new Found(photo, Recover(studio, photo, joints ?? Beside(path), number, token).Person, options);
    }

    /// <summary>The joints file beside a photo, if there is one.</summary>
    public static string? Beside(string photo) => Path.ChangeExtension(photo, ".json") is var file && File.Exists(file) ? file : null;

    /// <summary>The person in a photo: from joints where they are given, else from the photo alone.</summary>
    public static FitResult Recover(Studio studio, Photo photo, string? joints, int? number, CancellationToken token)
        => joints is null ? studio.Recover(photo, number, token) : studio.Recover(photo, JointsFile.Read(joints, photo, number), token);

    private static Image Backdrop(string text)
    {
        if (!text.StartsWith('#')) return PhotoReader.Read(text).Image;
        if (text.Length != 7 || !uint.TryParse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint rgb))
            throw new InputException($"Background \"{text}\" is no colour; write #rrggbb, e.g. #3060a0.");
        var image = new Image(1, 1);
        image[0, 0] = new Vector4(Srgb.ToLinear((byte)(rgb >> 16)), Srgb.ToLinear((byte)(rgb >> 8)), Srgb.ToLinear((byte)rgb), 1);
        return image;
    }

    /// <summary>OTHER[:upper|lower|all]; a drive letter's colon is no separator.</summary>
    private static (string Path, WearParts Parts) Worn(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 1) return (text, WearParts.All);
        return text[(colon + 1)..] switch
        {
            "upper" => (text[..colon], WearParts.Upper),
            "lower" => (text[..colon], WearParts.Lower),
            "all" => (text[..colon], WearParts.All),
            var other => throw new InputException($"Parts \"{other}\" to wear are unknown; use upper, lower or all."),
        };
    }
}
