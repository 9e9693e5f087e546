namespace Crm.Data.Checks;

/// <summary>Something that the check came upon. Holds nothing personal: it may be pasted into a mail.</summary>
/// <param name="IsProblem">False for what is only worth knowing.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record Finding(bool IsProblem, string Words, string Advice);
