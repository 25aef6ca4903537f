namespace Impersonator.Subjects;

/// <summary>Which of somebody's clothes to wear.</summary>
public enum WearParts
{
    /// <summary>Everything from the neck down.</summary>
    All,

    /// <summary>From the neck to the waist, with the arms.</summary>
    Upper,

    /// <summary>From the waist down, with shoes.</summary>
    Lower,
}
