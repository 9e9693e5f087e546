using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Imports.Trello;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports;

/// <summary>What the preview shows beside the file's own figures.</summary>
/// <param name="ProjectName">The project that the board became at an earlier import.</param>
public sealed record ImportPlan(ImportPreview Preview, IReadOnlyList<BecomesRow> People, IReadOnlyList<Option> Options, int? ProjectId, string? ProjectName, bool IsDeleted);

/// <summary>Whom somebody on the board becomes.</summary>
/// <param name="Known">Name of the person that an earlier import made of them: no choice any more.</param>
public sealed record BecomesRow(int Place, PreviewedPerson Person, string? Known, string Chosen);

/// <summary>Offers whom the people of a board may become, and reads what was chosen.</summary>
public sealed class ImportChoices(CrmDb db, PeopleImport people)
{
    public static readonly string SomebodyNew = PeopleImport.SomebodyNew.ToString(CultureInfo.InvariantCulture);

    public async Task<ImportPlan> PlanAsync(ImportJob job, IReadOnlyDictionary<int, string?> typed, CurrentUser user, CancellationToken cancel)
    {
        var preview = job.ReadPreview();
        var matched = await people.MatchAsync([.. preview.People.Select(p => p.Person)], new Dictionary<string, int>(StringComparer.Ordinal), cancel);
        var keys = preview.People.Select(p => p.Person.Key).ToList();
        var known = await db.People.Where(p => keys.Contains(p.ImportKey!)).ToDictionaryAsync(p => p.ImportKey!, p => p.Name, StringComparer.Ordinal, cancel);
        var project = await db.Projects.IgnoreQueryFilters().VisibleTo(user).Where(p => p.ImportKey == preview.Key)
            .Select(p => new { p.Id, p.Name, IsDeleted = p.DeletedAt != null }).FirstOrDefaultAsync(cancel);
        var rows = preview.People.Select((p, i) => new BecomesRow(
            i,
            p,
            known.GetValueOrDefault(p.Person.Key),
            typed.GetValueOrDefault(i) ?? matched.GetValueOrDefault(p.Id, PeopleImport.SomebodyNew).ToString(CultureInfo.InvariantCulture)));
        return new ImportPlan(preview, [.. rows], await OptionsAsync(cancel), project?.Id, project?.Name, project?.IsDeleted ?? false);
    }

    /// <summary>Whether the board is here already, in a project that the person does not see.</summary>
    private async Task<bool> IsHiddenAsync(ImportJob job, CurrentUser user, CancellationToken cancel)
    {
        var key = job.ReadPreview().Key;
        var projects = db.Projects.IgnoreQueryFilters().Where(p => p.ImportKey == key);
        return await projects.AnyAsync(cancel) && !await projects.VisibleTo(user).AnyAsync(cancel);
    }

    /// <summary>Starts an import that waits for it. Whoever saves it puts it into the <see cref="ImportQueue"/> then.</summary>
    /// <param name="typed">Ids of people here by their places in the preview; null when they cannot be read.</param>
    /// <returns>Why it cannot be started, or null.</returns>
    public async Task<string?> StartAsync(ImportJob job, IReadOnlyDictionary<int, string?>? typed, CurrentUser user, CancellationToken cancel)
    {
        if (await IsHiddenAsync(job, user, cancel))
        {
            return "This board is here already, in a project that only its members see. Ask an admin to add you to it.";
        }

        if (typed is null || await ReadAsync(job.ReadPreview(), typed, cancel) is not { } chosen)
        {
            return "Choose for each person somebody of the list. The list has changed since you opened the page.";
        }

        job.Start(chosen);
        return null;
    }

    /// <returns>Ids of people here by ids on the board; null if somebody was chosen who is not there.</returns>
    private async Task<Dictionary<string, int>?> ReadAsync(ImportPreview preview, IReadOnlyDictionary<int, string?> typed, CancellationToken cancel)
    {
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, value) in typed)
        {
            if (place < 0 || place >= preview.People.Count || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            chosen[preview.People[place].Id] = id;
        }

        var ids = chosen.Values.Where(id => id != PeopleImport.SomebodyNew).Distinct().ToList();
        return await db.People.CountAsync(p => ids.Contains(p.Id), cancel) == ids.Count ? chosen : null;
    }

    private async Task<List<Option>> OptionsAsync(CancellationToken cancel)
    {
        var clients = await db.People.Where(p => p.DisabledAt == null && p.Role == Role.Client).AsOptions(cancel);
        var team = await db.People.Where(p => p.DisabledAt == null && p.Role != Role.Client).AsOptions(cancel);
        return [new Option(SomebodyNew, "Somebody new"), .. team, .. clients.Select(o => o with { Text = $"{o.Text} (client)" })];
    }
}
