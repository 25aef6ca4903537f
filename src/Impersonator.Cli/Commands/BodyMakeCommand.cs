using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Bodies.Gltf;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator body make</c>: a body of given traits, as a picture or a glTF file.</summary>
internal static class BodyMakeCommand
{
    private const int Width = 600, Height = 600;

    public static Command Create()
    {
        var average = new Phenotype();
        static Option<float> Trait(string name, string description, float average) => new(name) { Description = description, DefaultValueFactory = _ => average };
        Option<float> gender = Trait("--gender", "0 female to 1 male.", average.Gender), age = Trait("--age", "Years, 10 to 90.", average.Age),
            weight = Trait("--weight", "0 thin to 1 heavy.", average.Weight), muscle = Trait("--muscle", "0 slack to 1 muscular.", average.Muscle),
            height = Trait("--height", "0 short to 1 tall.", average.Height), proportions = Trait("--proportions", "0 uncommon to 1 ideal.", average.Proportions);
        var output = new Option<string>("-o") { Description = "A .png, .jpg or .webp picture, or a .glb file.", Required = true };
        var command = new Command("make", "Makes a body of given traits in the T-pose.") { gender, age, weight, muscle, height, proportions, output };
        command.SetAction((parsed, token) =>
        {
            float Between(Option<float> option, float least, float most)
            {
                float value = parsed.GetValue(option);
                return value >= least && value <= most ? value : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option.Name}: {value} is not between {least} and {most}."));
            }
            var phenotype = new Phenotype(Between(gender, 0, 1), Between(age, 10, 90), Between(weight, 0, 1), Between(muscle, 0, 1), Between(height, 0, 1), Between(proportions, 0, 1));
            BodyModel model = BodyModel.Default;
            Body body = model.Create(model.ShapeOf(phenotype));
            string path = parsed.GetValue(output)!;
            if (path.EndsWith(".glb", StringComparison.OrdinalIgnoreCase)) GltfExport.Write(path, model.Skeleton, body.RestJoints, [new GltfLayer("body", body.Mesh)], cancellationToken: token);
            else ImageWriter.Write(path, Picture(body));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {body.Mesh.RestPositions.Max(p => p.Y):F2} m tall, shape [{string.Join(", ", body.Shape.Coefficients.Take(8).Select(c => c.ToString("F2", CultureInfo.InvariantCulture)))}, …]"));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Frame Picture(Body body)
    {
        var frame = new Frame(Width, Height);
        Array.Fill(frame.Rgba, byte.MaxValue);
        float tall = body.Mesh.RestPositions.Max(p => p.Y);
        Camera camera = Camera.Front(Width, Height, 2 * Height, 2.3f * tall) with { Translation = new Vector3(0, tall / 2, 2.3f * tall) };
        MeshPreview.Draw(frame, camera, body.Mesh.RestPositions, body.Mesh.Triangles);
        return frame;
    }
}
