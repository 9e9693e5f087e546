using Crm.Accounts;
using Crm.Data;
using Crm.Timeline;

namespace Crm.Web;

public enum FieldKind
{
    Line,
    Markdown,
    Date,
    Choice,
}

/// <summary>A choice in a list: what is sent and what is read.</summary>
public sealed record Option(string Value, string Text);

/// <summary>How a value looks: its words, the tone of its tag (<c>good</c>, <c>warn</c>, <c>bad</c>…), or whose face stands before it.</summary>
/// <param name="Labels">Drawn one by one in place of the words.</param>
public sealed record Shown(string Text, string? Tone = null, string? Person = null, IReadOnlyList<string>? Labels = null);

/// <summary>
/// Declares that a property of <typeparamref name="T"/> can be edited in place. The declaration is all that a field costs:
/// <see cref="FieldPage{T}"/> and the partials <c>_Field</c> and <c>_FieldForm</c> do the rest.
/// </summary>
public sealed class Field<T>
    where T : class, ITracked
{
    /// <summary>Name in the address, such as <c>due</c>.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required FieldKind Kind { get; init; }

    /// <summary>Name of the entity's property, under which its changes are recorded.</summary>
    public required string Property { get; init; }

    /// <summary>The value as a form holds it.</summary>
    public required Func<T, string> Read { get; init; }

    /// <summary>A value of the property as <see cref="Read"/> would write it, for callers that send it with its type.</summary>
    public Func<object, string> Text { get; init; } = value => ChangeRecorder.Text(value) ?? "";

    /// <summary>Calls the entity's verb. Returns a sentence when the value cannot be.</summary>
    public required Func<T, string, Clock, string?> Write { get; init; }

    public required Func<T, Clock, Shown> Show { get; init; }

    /// <summary>What the button says when there is no value.</summary>
    public string Empty { get; init; } = "None";

    public TextRule? Rule { get; init; }

    /// <summary>For choices; the values outside of it are refused.</summary>
    public Func<CrmDb, T, CancellationToken, Task<List<Option>>>? Options { get; init; }

    /// <summary>Draws the value as the page's heading.</summary>
    public bool IsHeading { get; init; }

    /// <summary>Draws the value as the title of a row in a list.</summary>
    public bool IsRow { get; init; }

    /// <summary>What is wrong with a value before it is written, or null.</summary>
    public string? Mistake(string typed, IReadOnlyList<Option> options) => Rule?.Check(typed, Label) ?? Kind switch
    {
        FieldKind.Choice when options.All(o => o.Value != typed) => $"{Label}: please choose one of the list.",
        FieldKind.Date when typed.Length > 0 && !Day.TryParse(typed, out _) => $"{Label} is not a date: write it as 2027-03-14.",
        _ => null,
    };

    public FieldView View(T entity, Clock clock, bool canEdit) => View(entity.Id, entity.Version, Show(entity, clock), canEdit);

    /// <summary>For rows that were read without their entity.</summary>
    public FieldView View(int id, int version, Shown shown, bool canEdit) =>
        new(typeof(T).Name.ToLowerInvariant(), id, Name, Label, Kind, version, shown, Empty, canEdit, IsHeading, IsRow);
}

/// <summary>One value on a page, to read and perhaps to edit.</summary>
public sealed record FieldView(
    string Kind, int RecordId, string Name, string Label, FieldKind Input, int Version, Shown Shown, string Empty, bool CanEdit, bool IsHeading, bool IsRow = false)
{
    public string ElementId => $"{Kind}-{RecordId}-{Name}";

    public string Url => $"/{Root}/{RecordId}/fields/{Name}";

    private string Root => Kind switch
    {
        "project" => "projects",
        "projecttask" => "tasks",
        "checklist" => "checklists",
        _ => "checklist-items",
    };
}

/// <summary>What somebody else wrote into the field that is being saved.</summary>
public sealed record Conflict(string Who, DateTime When, string Theirs, string TheirsShown);

/// <summary>The form of one field, with what was typed and what is wrong with it.</summary>
public sealed record FieldForm(FieldView View, string Value, IReadOnlyList<Option> Options, string BackUrl, int? Max, bool Required)
{
    public string? Error { get; init; }

    public Conflict? Conflict { get; init; }
}
