using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Tasks.Checklists;

/// <summary>A checklist as the API shows it.</summary>
/// <param name="Position">Its place among the checklists of its task: the smaller first.</param>
/// <param name="Items">In their order.</param>
/// <param name="Version">Grows with each change of the checklist itself, not of its items; the ETag begins with it.</param>
public sealed record ChecklistResource(int Id, int TaskId, string Name, int Position, IReadOnlyList<ChecklistItemResource> Items, int Version)
{
    /// <summary>How many of the items are done.</summary>
    public int Done => Items.Count(i => i.IsDone);
}

/// <summary>One step of a checklist as the API shows it.</summary>
/// <param name="Position">Its place in the checklist: the smaller first.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record ChecklistItemResource(int Id, int ChecklistId, string Text, bool IsDone, int Position, int Version);

/// <summary>What it takes to add a checklist to a task, or to change it.</summary>
public sealed record ChecklistInput
{
    [Display(Name = "Name")]
    [Line(Checklist.NameLength, Required = true)]
    public string? Name { get; init; }
}

/// <summary>What it takes to add an item to a checklist.</summary>
public sealed record CreateChecklistItem
{
    [Display(Name = "Text")]
    [Line(ChecklistItem.TextLength, Required = true)]
    public string? Text { get; init; }
}

/// <summary>What of an item can be changed. What is not sent stays as it is.</summary>
public sealed record ChecklistItemPatch
{
    [Display(Name = "Text")]
    [Line(ChecklistItem.TextLength, Required = true)]
    public string? Text { get; init; }

    public bool? IsDone { get; init; }
}
