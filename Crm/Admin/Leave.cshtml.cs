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
public sealed class LeaveModel(CrmDb db, CurrentUser user, HandOver handOver, Removal removal, Clock clock) : CrmPage
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
        await ActAsync(cancel);
        await write.CommitAsync(cancel);
        return Done(name);
    }

    private async Task ActAsync(CancellationToken cancel)
    {
        if (Successor is { } successor)
        {
            await handOver.RunAsync(Person.Id, successor, cancel);
        }

        if (Step == Disabling)
        {
            Person.Disable(clock.Now);
            await Departure.ShutAsync(db, Person, clock.Now, cancel);
        }
        else if (Step == Deleting)
        {
            await removal.RunAsync(Person, clock.Now, cancel);
        }
    }

    private IActionResult Done(string name)
    {
        var handed = Successor is { } id ? $" {Successors.First(o => o.Value == Text(id)).Text} has taken over." : "";
        Say(Step switch
        {
            HandingOver => $"{name}'s work is handed over.",
            Disabling => $"{name}'s account is disabled, and they are signed out.",
            _ => $"{name} is deleted. What they wrote stays, under “{Person.FormerName}”.",
        } + handed);
        return Go(Step == Deleting ? "/people" : $"/people/{Person.Id}");
    }

    private async Task<(string Field, string Words)?> MistakeAsync(CancellationToken cancel)
    {
        if (Step != HandingOver && await db.People.IsLastAdminAsync(Person, cancel))
        {
            return ("", PersonDetailsModel.LastAdmin);
        }

        if (Successor is { } id ? Successors.All(o => o.Value != Text(id)) : Step == HandingOver)
        {
            return (nameof(Successor), "Choose who takes over.");
        }

        return Step == Deleting ? DeletionMistake() : null;
    }

    private (string Field, string Words)? DeletionMistake()
    {
        if (Successor is null && Duties.Projects > 0)
        {
            return (nameof(Successor), "A project needs an owner: choose who takes over.");
        }

        return string.Equals(Typed.Line(Name), Person.Name, StringComparison.OrdinalIgnoreCase) ? null : (nameof(Name), $"Write “{Person.Name}” here if you mean it.");
    }

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

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>True when admins look at their own account.</summary>
    public bool IsSelf => Person.Id == user.Id;
}
