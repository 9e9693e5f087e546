using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Timeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>
/// Shows and saves one field of one record: the one way in which anything is edited in place. Different fields of a record
/// never get into each other's way; the same field changed by somebody else since the form was opened is a conflict.
/// </summary>
public abstract class FieldPage<T>(CrmDb db, Clock clock) : CrmPage
    where T : class, ITracked
{
    public FieldForm Form { get; private set; } = null!;

    protected abstract IReadOnlyList<Field<T>> Fields { get; }

    /// <summary>The record, if the person may see it, with all that the fields' verbs need.</summary>
    protected abstract Task<T?> FindAsync(int id, CancellationToken cancel);

    protected abstract bool CanEdit(T record);

    /// <summary>The page that the record stands on.</summary>
    protected abstract string PageOf(T record);

    /// <summary>What a change brings with it, beyond the field itself.</summary>
    protected virtual Task BeforeSaveAsync(T record, CancellationToken cancel) => Task.CompletedTask;

    [Writes]
    public async Task<IActionResult> OnGetAsync(int id, string field, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } record || Find(field) is not { } declared)
        {
            return NotFound();
        }

        if (!CanEdit(record))
        {
            return NotAllowed();
        }

        Form = await FormAsync(declared, record, declared.Read(record), cancel);
        return Page();
    }

    public async Task<IActionResult> OnGetValueAsync(int id, string field, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } record || Find(field) is not { } declared)
        {
            return NotFound();
        }

        return WantsFragment ? Value(declared, record) : LocalRedirect(PageOf(record));
    }

    [Writes]
    public async Task<IActionResult> OnPostAsync(int id, string field, string? value, int version, string? join, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (Find(field) is not { } declared)
        {
            return NotFound();
        }

        if (await FindAsync(id, cancel) is not { } record)
        {
            return await GoneAsync<T>(db, id, cancel);
        }

        if (!CanEdit(record))
        {
            return NotAllowed();
        }

        var typed = declared.Kind == FieldKind.Markdown ? Typed.Prose(value) : Typed.Line(value);
        Form = await FormAsync(declared, record, typed, cancel);
        if (join is null && await ConflictAsync(declared, record, typed, version, cancel) is { } conflict)
        {
            Form = Form with { Conflict = conflict };
            return Refuse(StatusCodes.Status409Conflict);
        }

        if (join is not null)
        {
            Form = Form with { Value = $"{declared.Read(record)}\n\n{typed}" };
            return Page();
        }

        if ((declared.Mistake(typed, Form.Options) ?? declared.Write(record, typed, clock)) is { } error)
        {
            Form = Form with { Error = error };
            return Refuse(StatusCodes.Status422UnprocessableEntity);
        }

        await BeforeSaveAsync(record, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return await SavedAsync(declared, id, cancel);
    }

    private async Task<IActionResult> SavedAsync(Field<T> declared, int id, CancellationToken cancel)
    {
        var record = (await FindAsync(id, cancel))!;
        Announce($"{declared.Label} saved");
        return WantsFragment ? Value(declared, record) : LocalRedirect(PageOf(record));
    }

    private Field<T>? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    private PartialViewResult Value(Field<T> declared, T record) => Fragment("_Field", declared.View(record, clock, CanEdit(record)));

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private async Task<FieldForm> FormAsync(Field<T> declared, T record, string value, CancellationToken cancel) => new(
        declared.View(record, clock, canEdit: true),
        value,
        declared.Options is null ? [] : await declared.Options(db, record, cancel),
        PageOf(record),
        declared.Rule?.Max,
        declared.Rule?.Required ?? false);

    private async Task<Conflict?> ConflictAsync(Field<T> declared, T record, string typed, int version, CancellationToken cancel)
    {
        var current = declared.Read(record);
        if (record.Version == version || current == typed)
        {
            return null;
        }

        var theirs = await db.Changes
            .Where(c => c.Kind == typeof(T).Name && c.RecordId == record.Id && c.Field == declared.Property && c.Version > version)
            .OrderByDescending(c => c.Version)
            .Select(c => new { Who = c.Person == null ? "Somebody" : c.Person.Name, c.At })
            .FirstOrDefaultAsync(cancel);
        return theirs is null ? null : new Conflict(theirs.Who, theirs.At, current, declared.Show(record, clock).Text);
    }
}

/// <summary>Whole days as forms and addresses write them.</summary>
public static class Day
{
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and <= 2200;

    /// <summary>Null for anything that is no day.</summary>
    public static DateOnly? Parse(string? text) => TryParse(text, out var day) ? day : null;

    public static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A day within the centuries that anything here can be due in.</summary>
public sealed class DayAttribute() : System.ComponentModel.DataAnnotations.ValidationAttribute("This is no day that can be looked for: write it as 2027-03-14.")
{
    public override bool IsValid(object? value) => value is not DateOnly day || Day.TryParse(Day.Text(day), out _);
}
