namespace Impersonator.Subjects.Heads;

/// <summary>What the fitted body says of a pixel before colours are looked at.</summary>
internal enum HairSeed : byte
{
    /// <summary>Not the person.</summary>
    Nothing,

    /// <summary>Arms and trunk.</summary>
    Other,

    /// <summary>The middle of the face.</summary>
    Face,

    /// <summary>Neck and shoulders, where hair may hang.</summary>
    RatherOther,

    /// <summary>The sides of the head.</summary>
    Open,

    /// <summary>Near the hairline.</summary>
    RatherHair,

    /// <summary>Beside the head, where the body has nothing.</summary>
    Outside,

    /// <summary>The top of the skull.</summary>
    Hair,
}
