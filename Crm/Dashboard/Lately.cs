using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Dashboard;

/// <summary>One thing that happened in the workspace, and where.</summary>
public sealed record Happening(DateTime At, string Who, string What, string Where, string Url);

/// <summary>What the reader may know of what happened lately, newest first: comments; for the team changes and ratings too. Three queries.</summary>
public static class Lately
{
    private const int Most = 12;

    public static async Task<IReadOnlyList<Happening>> LoadAsync(CrmDb db, CurrentUser user, CancellationToken cancel)
    {
        var all = await CommentsAsync(db, user, cancel);
        if (user.IsTeam)
        {
            all.AddRange(await ChangesAsync(db, user, cancel));
            all.AddRange(await RatingsAsync(db, user, cancel));
        }

        return [.. all.OrderByDescending(h => h.At).Take(Most)];
    }

    private static async Task<List<Happening>> CommentsAsync(CrmDb db, CurrentUser user, CancellationToken cancel)
    {
        var rows = await db.Interactions.VisibleTo(db, user)
            .Where(i => i.DeletedAt == null)
            .OrderByDescending(i => i.CreatedAt)
            .Take(Most)
            .Select(i => new { i.Id, i.CreatedAt, Who = i.Author.Name, i.ProjectId, Project = i.Project.Name, i.TaskId, Task = i.Task == null ? null : i.Task.Title })
            .ToListAsync(cancel);
        return [.. rows.Select(r => new Happening(
            r.CreatedAt, r.Who, "commented on", r.Task ?? r.Project, $"{Url(r.TaskId, r.ProjectId)}#comment-{r.Id}"))];
    }

    private static async Task<IEnumerable<Happening>> ChangesAsync(CrmDb db, CurrentUser user, CancellationToken cancel)
    {
        var seen = db.Projects.VisibleTo(user);
        var rows = await db.Changes
            .Where(c => c.NewsAt != null && seen.Any(p => p.Id == c.ProjectId))
            .OrderByDescending(c => c.NewsAt).ThenByDescending(c => c.Id)
            .Take(Most)
            .Select(c => new
            {
                Change = c,
                Who = c.Person == null ? "The command line" : c.Person.Name,
                Task = db.Tasks.Where(t => c.Kind == nameof(ProjectTask) && t.Id == c.RecordId).Select(t => t.Title).FirstOrDefault(),
                Project = db.Projects.Where(p => p.Id == c.ProjectId).Select(p => p.Name).FirstOrDefault(),
            })
            .AsNoTracking()
            .ToListAsync(cancel);
        return
            from row in rows
            let isTask = row.Change.Kind == nameof(ProjectTask)
            let name = isTask ? row.Task : row.Project
            where name is not null && row.Project is not null
            select new Happening(row.Change.At, row.Who, Verb(row.Change), name, Url(isTask ? row.Change.RecordId : null, row.Change.ProjectId!.Value));
    }

    private static async Task<IEnumerable<Happening>> RatingsAsync(CrmDb db, CurrentUser user, CancellationToken cancel)
    {
        var seen = db.Projects.VisibleTo(user);
        var rows = await db.Ratings
            .Where(r => seen.Any(p => p.Id == r.ProjectId))
            .OrderByDescending(r => r.UpdatedAt)
            .Take(Most)
            .Select(r => new { r.UpdatedAt, r.Stars, Who = r.Person.Name, r.ProjectId, Project = db.Projects.Where(p => p.Id == r.ProjectId).Select(p => p.Name).First() })
            .ToListAsync(cancel);
        return rows.Select(r => new Happening(r.UpdatedAt, r.Who, $"gave {r.Stars} of 5 stars to", r.Project, $"/projects/{r.ProjectId}/ratings"));
    }

    private static string Verb(Change change) => change.Field switch
    {
        nameof(ProjectTask.ArchivedAt) => change.To is null ? "brought back" : "archived",
        nameof(ProjectTask.DeletedAt) => change.To is null ? "restored" : "deleted",
        nameof(ProjectTask.Status) when change.To == nameof(Crm.Tasks.TaskStatus.Done) => "finished",
        nameof(Project.Members) => "changed who works on",
        var field => $"changed the {ChangeWords.LabelOf(field)} of",
    };

    private static string Url(int? taskId, int projectId) => taskId is { } task ? $"/tasks/{task}" : $"/projects/{projectId}";
}
