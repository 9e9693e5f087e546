using Crm.Timeline;

namespace Crm.Tasks;

/// <summary>A named list of small steps in a task.</summary>
public sealed class Checklist : ITracked
{
    public const int NameLength = 200;

    private readonly List<ChecklistItem> _items = [];

    internal Checklist(string name, int position, string? importKey) =>
        (Name, Position, ImportKey) = (name, position, importKey);

    public int Id { get; private set; }

    public int TaskId { get; private set; }

    public ProjectTask Task { get; private set; } = null!;

    public string Name { get; private set; }

    public int Position { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public string? ImportKey { get; private set; }

    public IReadOnlyList<ChecklistItem> Items => _items;

    int? ITracked.ProjectId => Task?.ProjectId;

    public void Rename(string name) => Name = name;

    /// <summary>Needs <see cref="Items"/> to be loaded.</summary>
    public ChecklistItem Add(string text, string? importKey = null)
    {
        var item = new ChecklistItem(text, _items.Count == 0 ? 0 : _items.Max(i => i.Position) + 1, importKey);
        _items.Add(item);
        return item;
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}

/// <summary>One step of a checklist.</summary>
public sealed class ChecklistItem : ITracked
{
    public const int TextLength = 500;

    internal ChecklistItem(string text, int position, string? importKey) =>
        (Text, Position, ImportKey) = (text, position, importKey);

    public int Id { get; private set; }

    public int ChecklistId { get; private set; }

    public Checklist Checklist { get; private set; } = null!;

    public string Text { get; private set; }

    public bool IsDone { get; private set; }

    public int Position { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public string? ImportKey { get; private set; }

    int? ITracked.ProjectId => Checklist?.Task?.ProjectId;

    public void Check(bool done) => IsDone = done;

    public void Reword(string text) => Text = text;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
