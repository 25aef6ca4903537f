using System.Text.Json.Nodes;

namespace Impersonator.Bodies.Gltf;

/// <summary>The materials of a file: one per layer, matt, with its picture inside the file.</summary>
internal sealed class GltfMaterials(GltfBuffer buffer)
{
    private const int LinearFilter = 9729, LinearMipmapLinearFilter = 9987, RepeatWrap = 10497;
    private const double Roughness = 0.9, PlainGrey = 0.6;
    private readonly JsonArray _materials = [], _textures = [], _images = [];

    /// <summary>Adds a layer's material and gives its index.</summary>
    /// <exception cref="ArgumentException">The texture is neither PNG nor JPEG.</exception>
    public int Add(GltfLayer layer)
    {
        var surface = new JsonObject { ["metallicFactor"] = 0, ["roughnessFactor"] = Roughness };
        if (layer.Texture.IsEmpty)
        {
            surface["baseColorFactor"] = new JsonArray(PlainGrey, PlainGrey, PlainGrey, 1);
        }
        else
        {
            _images.Add((JsonNode)new JsonObject { ["name"] = layer.Name, ["bufferView"] = buffer.AddView(layer.Texture.Span), ["mimeType"] = MimeType(layer.Texture.Span) });
            _textures.Add((JsonNode)new JsonObject { ["sampler"] = 0, ["source"] = _images.Count - 1 });
            surface["baseColorTexture"] = new JsonObject { ["index"] = _textures.Count - 1 };
        }
        var material = new JsonObject { ["name"] = layer.Name, ["pbrMetallicRoughness"] = surface };
        if (layer.TwoSided) material["doubleSided"] = true;
        if (layer.HasHoles) material["alphaMode"] = "MASK"; // cut at one half, the format's default
        _materials.Add((JsonNode)material);
        return _materials.Count - 1;
    }

    /// <summary>Puts them into the file's root.</summary>
    public void AddTo(JsonObject root)
    {
        root["materials"] = _materials;
        if (_images.Count == 0) return;
        root["textures"] = _textures;
        root["images"] = _images;
        root["samplers"] = new JsonArray(new JsonObject { ["magFilter"] = LinearFilter, ["minFilter"] = LinearMipmapLinearFilter, ["wrapS"] = RepeatWrap, ["wrapT"] = RepeatWrap });
    }

    private static string MimeType(ReadOnlySpan<byte> picture) => picture switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ => throw new ArgumentException("A glTF texture is a PNG or a JPEG.", nameof(picture)),
    };
}
