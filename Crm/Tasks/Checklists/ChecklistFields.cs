using Crm.Web;

namespace Crm.Tasks.Checklists;

/// <summary>What of checklists can be edited in place.</summary>
public static class ChecklistFields
{
    public static readonly Field<Checklist> Name = new()
    {
        Name = "name",
        Label = "Name of the checklist",
        Kind = FieldKind.Line,
        Property = nameof(Checklist.Name),
        Rule = new LineAttribute(Checklist.NameLength) { Required = true },
        Read = c => c.Name,
        Write = (c, typed, _) =>
        {
            c.Rename(typed);
            return null;
        },
        Show = (c, _) => new Shown(c.Name),
    };

    public static readonly Field<ChecklistItem> Text = new()
    {
        Name = "text",
        Label = "Item",
        Kind = FieldKind.Line,
        Property = nameof(ChecklistItem.Text),
        Rule = new LineAttribute(ChecklistItem.TextLength) { Required = true },
        Read = i => i.Text,
        Write = (i, typed, _) =>
        {
            i.Reword(typed);
            return null;
        },
        Show = (i, _) => new Shown(i.Text),
        IsRow = true,
    };

    /// <summary>Changed by a button on the page, and by its value over the API.</summary>
    public static readonly Field<ChecklistItem> IsDone = new()
    {
        Name = "done",
        Label = "Done",
        Kind = FieldKind.Choice,
        Property = nameof(ChecklistItem.IsDone),
        Options = (_, _, _) => Task.FromResult<List<Option>>([new Option(bool.TrueString, "Done"), new Option(bool.FalseString, "Open")]),
        Read = i => i.IsDone.ToString(),
        Write = (i, typed, _) =>
        {
            i.Check(bool.Parse(typed));
            return null;
        },
        Show = (i, _) => new Shown(i.IsDone ? "Done" : "Open"),
    };
}
