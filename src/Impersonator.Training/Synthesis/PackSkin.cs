namespace Impersonator.Training.Synthesis;

/// <summary>A skin texture and whom it suits.</summary>
/// <param name="Texture">Index into the pack's textures.</param>
/// <param name="Male">0 women, 1 men.</param>
/// <param name="Years">Age.</param>
/// <param name="Darkness">0 fair … 1 dark.</param>
internal sealed record PackSkin(int Texture, float Male, float Years, float Darkness)
{
    /// <summary>Reads one.</summary>
    public static PackSkin Read(BinaryReader input) => new(input.ReadInt32(), input.ReadSingle(), input.ReadSingle(), input.ReadSingle());

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter output)
    {
        output.Write(Texture);
        output.Write(Male);
        output.Write(Years);
        output.Write(Darkness);
    }
}
