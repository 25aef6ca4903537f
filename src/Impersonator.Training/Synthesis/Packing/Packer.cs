using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Training.Synthesis.Packing;

/// <summary>Gathers shapes, garments, pictures and poses from folders into one pack file.</summary>
public static class Packer
{
    private const int PosesPerFile = 220, PosesPerClip = 60, MostTriangles = 30000;
    private const string NotForEveryUse = "nc_";

    /// <summary>Makes a pack.</summary>
    /// <param name="makeHumanFolder">MakeHuman's data folder: base mesh, targets, rig.</param>
    /// <param name="assetFolders">In any nesting: .mhclo garments, skins (<c>skins/…diffuse…</c>), pictures below <c>backgrounds</c>, <c>panoramas</c> and <c>textures</c>, motions. Files whose names begin with <c>nc_</c> are left out.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="people">Bodies to draw.</param>
    /// <param name="report">Receives lines for people.</param>
    /// <param name="cancellationToken">Stops between files and bodies.</param>
    /// <exception cref="InputException">The MakeHuman folder cannot be used.</exception>
    public static void Pack(string makeHumanFolder, IReadOnlyList<string> assetFolders, string output, int people, Action<string> report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assetFolders);
        ArgumentNullException.ThrowIfNull(report);
        if (people is < 50 or > 20000) throw new InputException($"--people {people}: 50 to 20000 bodies.");
        foreach (string folder in assetFolders)
            if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder.");
        string[] files = [.. assetFolders.SelectMany(f => Directory.GetFiles(f, "*", SearchOption.AllDirectories)).Where(f => !Path.GetFileName(f).StartsWith(NotForEveryUse, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        var bodies = new BaseBodies(makeHumanFolder, people, cancellationToken);
        report($"{people} people drawn");

        var textures = new List<PackTexture>();
        var skins = new List<PackSkin>();
        List<Garment> garments = Garments(files, bodies, textures, report, cancellationToken);
        foreach (string path in files.Where(f => f.Contains("/skins/") && Path.GetFileName(f).Contains("diffuse", StringComparison.OrdinalIgnoreCase))) AddSkin(path, textures, skins);
        HelperBasis helpers = KeepUsedHelpers(garments, bodies, report);

        string[] pictures = [.. files.Where(f => Path.GetExtension(f).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp")];
        List<PackTexture> Load(Func<string, bool> wanted, int most, int quality)
        {
            var loaded = new List<PackTexture>();
            foreach (string path in pictures.Where(wanted))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    loaded.Add(PictureShrinker.Load(path, most, alpha: false, quality));
                }
                catch (InputException bad)
                {
                    report($"left out: {bad.Message}");
                }
            }
            return loaded;
        }
        var pack = new PeoplePack
        {
            Helpers = helpers,
            People = bodies.People,
            Traits = bodies.Traits,
            Garments = garments,
            Textures = textures,
            Skins = skins,
            Backdrops = Load(p => p.Contains("background") && !p.Contains("panorama"), 460, 76),
            Panoramas = [.. Load(p => p.Contains("panorama"), 256, 84).Select(p => new Panorama(p))],
            Fabrics = Load(p => p.Contains("textures/") && !p.Contains("makehuman"), 160, 78),
            Poses = Poses(files, report, cancellationToken),
        };
        using (OutputFile file = OutputFile.Create(output))
        {
            pack.Save(file.Stream);
            file.Complete();
        }
        report($"{output}: {new FileInfo(output).Length / 1048576.0:F1} MiB, {garments.Count} garments, {textures.Count} textures, {skins.Count} skins, {pack.Backdrops.Count} backdrops, {pack.Panoramas.Count} panoramas, {pack.Fabrics.Count} fabrics, {pack.PoseCount} poses");
        foreach (IGrouping<Slot, Garment> group in garments.GroupBy(g => g.Slot)) report($"  {group.Key}: {string.Join(", ", group.Select(g => $"{g.Name} {g.Triangles.Count}{(g.Cutout ? " cut" : "")} {g.Male:F1}"))}");
    }

    private static List<Garment> Garments(string[] files, BaseBodies bodies, List<PackTexture> textures, Action<string> report, CancellationToken cancellationToken)
    {
        var hanger = new GarmentHanger(bodies);
        var garments = new List<Garment> { hanger.Tights() };
        foreach (string path in files.Where(f => f.EndsWith(".mhclo", StringComparison.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
            if (path.Contains("/teeth/") || path.Contains("/tongue/") || path.Contains("/eyes/") || path.Contains("/proxymeshes/") || name.Contains("special") || garments.Any(g => g.Name == name)) continue;
            try
            {
                GarmentFile file = GarmentFile.Read(path);
                if (file.Triangles.Count > MostTriangles) throw new InputException($"{name}: {file.Triangles.Count} triangles are too many");
                Garment garment = hanger.Hang(name, path, file);
                bool hair = garment.Slot is Slot.Hair or Slot.Brows or Slot.Lashes or Slot.Beard;
                if (file.Texture == null && hair) continue;
                if (file.Texture != null)
                {
                    PackTexture texture = PictureShrinker.Load(file.Texture, garment.Slot is Slot.Brows or Slot.Lashes or Slot.Shoes or Slot.Glasses ? 128 : 256, hair || file.Transparent, 78);
                    (garment.Texture, garment.Cutout) = (textures.Count, hair || file.Transparent);
                    textures.Add(texture);
                }
                garments.Add(garment);
            }
            catch (InputException bad)
            {
                report($"left out: {bad.Message}");
            }
        }
        return garments;
    }

    /// <summary>Drops helpers that nothing hangs on, and numbers the rest anew.</summary>
    private static HelperBasis KeepUsedHelpers(List<Garment> garments, BaseBodies bodies, Action<string> report)
    {
        int skin = ShapedBody.SkinCount;
        int[] used = [.. garments.SelectMany(g => g.Anchors.Concat(g.ScaleAnchors)).Where(a => a >= skin).Select(a => a - skin).Distinct().Order()];
        var renumbered = used.Select((h, i) => (h, i)).ToDictionary(x => skin + x.h, x => (ushort)(skin + x.i));
        foreach (Garment garment in garments)
        {
            garment.Anchors = Array.ConvertAll(garment.Anchors, a => renumbered.GetValueOrDefault(a, a));
            garment.ScaleAnchors = Array.ConvertAll(garment.ScaleAnchors, a => renumbered.GetValueOrDefault(a, a));
        }
        return bodies.FitHelpers(used, report);
    }

    private static void AddSkin(string path, List<PackTexture> textures, List<PackSkin> skins)
    {
        string name = Path.GetFileName(path).ToLowerInvariant();
        if (name.Contains("suit") || name.Contains("normal") || name.Contains("spec")) return;
        float years = name.Contains("young") ? 25 : name.Contains("old") ? 70 : 45, dark = name.Contains("dark") || name.Contains("african") ? 0.8f : name.Contains("asian") ? 0.35f : 0.15f;
        skins.Add(new PackSkin(textures.Count, name.Contains("female") ? 0 : 1, years, dark));
        textures.Add(PictureShrinker.Load(path, 512, alpha: false, 78));
    }

    private static short[] Poses(string[] files, Action<string> report, CancellationToken cancellationToken)
    {
        var dice = new Dice(3);
        var poses = new List<short>(PackPoses.Of(MotionLibrary.Names.Select(MotionLibrary.Create), PosesPerClip, dice));
        foreach (string path in files.Where(MotionFile.CanRead))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (path.Contains("poseunits") || path.Contains("face")) continue;
            try
            {
                poses.AddRange(PackPoses.Of([MotionFile.Read(path, cancellationToken: cancellationToken)], PosesPerFile, dice));
            }
            catch (InputException bad)
            {
                report($"left out: {bad.Message}");
            }
        }
        return [.. poses];
    }
}
