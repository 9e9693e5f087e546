namespace Crm.Shared;

/// <summary>A sentence at the foot of the page.</summary>
/// <param name="UndoUrl">Where a button posts to that takes back what was done.</param>
/// <param name="Label">What that button says.</param>
/// <param name="Tone"><c>good</c> or <c>bad</c>.</param>
public sealed record FlashMessage(string Words, string? UndoUrl, string Tone = "good", string Label = "Undo");
