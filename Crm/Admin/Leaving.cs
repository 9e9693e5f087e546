using Crm.Accounts;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

public enum LeavingStep
{
    /// <summary>Their work goes to somebody else, and they stay.</summary>
    HandOver,

    /// <summary>They come in no more, until the account is enabled again.</summary>
    Disable,

    /// <summary>What is personal of them is deleted for good.</summary>
    Delete,
}

/// <summary>What is done when somebody goes, on the page and over the API. The caller holds the write transaction.</summary>
public sealed class Leaving(CrmDb db, HandOver handOver, Removal removal, TimeProvider time)
{
    public const string SuccessorField = "Successor";

    /// <returns>The field and what is wrong with it; null for nothing. What is about no field has none.</returns>
    public async Task<(string Field, string Words)?> MistakeAsync(Person person, LeavingStep step, int? successor, CancellationToken cancel)
    {
        if (step != LeavingStep.HandOver && await db.People.IsLastAdminAsync(person, cancel))
        {
            return ("", AccountEdits.LastAdmin);
        }

        if (successor is { } id ? !await db.People.Where(p => p.Id != person.Id).Assignable().AnyAsync(p => p.Id == id, cancel) : step == LeavingStep.HandOver)
        {
            return (SuccessorField, "Choose who takes over.");
        }

        return step == LeavingStep.Delete && successor is null && await db.Projects.OwnedBy(person.Id).AnyAsync(cancel)
            ? (SuccessorField, "A project needs an owner: choose who takes over.")
            : null;
    }

    public async Task RunAsync(Person person, LeavingStep step, int? successor, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (successor is { } id)
        {
            await handOver.RunAsync(person.Id, id, cancel);
        }

        if (step == LeavingStep.Disable)
        {
            person.Disable(now);
            await Departure.ShutAsync(db, person, now, cancel);
        }
        else if (step == LeavingStep.Delete)
        {
            await removal.RunAsync(person, now, cancel);
        }
    }
}
