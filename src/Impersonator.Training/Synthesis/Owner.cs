namespace Impersonator.Training.Synthesis;

/// <summary>Whose a mesh is.</summary>
internal enum Owner : byte
{
    /// <summary>The person meant, with clothes, hair and carried things.</summary>
    Person,

    /// <summary>Somebody else.</summary>
    Other,

    /// <summary>Seats, tables, rods: hides people, but is none.</summary>
    Scenery,
}
