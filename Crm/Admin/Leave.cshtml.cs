using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What an admin does when somebody goes: hand their work over, disable their account, delete what is personal.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class LeaveModel(CrmDb db, CurrentUser user, Leaving leaving) : CrmPage
{
    public const string HandingOver = "hand-over";
    public const string Disabling = "disable";
    public const string Deleting = "delete";

    [BindProperty(SupportsGet = true)]
    public string Step { get; set; } = "";

    [BindProperty]
    [Display(Name = "Who takes over")]
    public int? Successor { get; set; }

    [BindProperty]
    [Display(Name = "Their name")]
    public string? Name { get; set; }

    public Person Person { get; private set; } = null!;

    public Duties Duties { get; private set; } = null!;

    public IReadOnlyList<Option> Successors { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        if (await MistakeAsync(cancel) is { } mistake)
        {
            return Invalid(mistake.Field, mistake.Words);
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        var name = Person.Name;
        await leaving.RunAsync(Person, Kind, Successor, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Done(name);
    }

    private IActionResult Done(string name)
    {
        var handed = Successor is { } id ? $" {Successors.FirstOrDefault(o => o.Value == Text(id))?.Text ?? "Somebody else"} has taken over." : "";
        Say(Step switch
        {
            HandingOver => $"{name}'s work is handed over.",
            Disabling => $"{name}'s account is disabled, and they are signed out.",
            _ => $"{name} is deleted. What they wrote stays, under “{Person.FormerName}”.",
        } + handed);
        return Go(Step == Deleting ? "/people" : $"/people/{Person.Id}");
    }

    private async Task<(string Field, string Words)?> MistakeAsync(CancellationToken cancel) =>
        await leaving.MistakeAsync(Person, Kind, Successor, cancel) ?? NameMistake();

    private (string Field, string Words)? NameMistake() =>
        Step != Deleting || string.Equals(Typed.Line(Name), Person.Name, StringComparison.OrdinalIgnoreCase) ? null : (nameof(Name), $"Write “{Person.Name}” here if you mean it.");

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        if (await db.People.FirstOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, cancel) is not { } person || !IsStep(person))
        {
            return false;
        }

        Person = person;
        Duties = await Duties.CountAsync(db, id, cancel);
        var team = await db.People.Where(p => p.Id != id).Assignable().AsOptions(cancel);
        Successors = [new Option("", Step == HandingOver ? "Choose somebody" : "Nobody: it stays as it is"), .. team];
        return true;
    }

    private bool IsStep(Person person) => Step is HandingOver or Deleting || (Step == Disabling && person.DisabledAt is null);

    private LeavingStep Kind => Step switch
    {
        HandingOver => LeavingStep.HandOver,
        Disabling => LeavingStep.Disable,
        _ => LeavingStep.Delete,
    };

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>True when admins look at their own account.</summary>
    public bool IsSelf => Person.Id == user.Id;
}
