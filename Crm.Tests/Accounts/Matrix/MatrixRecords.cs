using Crm.Accounts;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>A record that people stand to in different ways.</summary>
/// <param name="Mark">Words that stand nowhere else, to find out where they leak; null for none.</param>
/// <param name="See">The right without which it is not found.</param>
internal sealed record MatrixRecord(string Name, int Id, string? Mark, Right See, Func<Person, Standing> StandingOf);

/// <summary>A project of each kind, with tasks, checklists and comments of each kind.</summary>
internal sealed class MatrixRecords(CrmHost host, Person admin, Person member, Person client, Person otherMember, Person otherClient)
{
    private readonly Dictionary<string, List<MatrixRecord>> _byRoot = new(StringComparer.Ordinal);
    private int _marks;

    /// <summary>By the first word of their addresses.</summary>
    public IReadOnlyDictionary<string, List<MatrixRecord>> ByRoot => _byRoot;

    public IEnumerable<MatrixRecord> All => _byRoot.Values.SelectMany(r => r);

    public async Task FillAsync()
    {
        var shared = await ProjectAsync("shared", false, false, member, client);
        var other = await ProjectAsync("of others", false, false, otherMember, otherClient);
        var mine = await ProjectAsync("private with me", true, false, member, client);
        var hidden = await ProjectAsync("private of others", true, false, otherMember, otherClient);
        var archived = await ProjectAsync("archived", false, true, member, client);

        var inside = await TaskAsync(shared, "team only", Audience.TeamOnly);
        var shown = await TaskAsync(shared, "client-visible", Audience.ClientVisible);
        await TaskAsync(shared, "client-visible and archived", Audience.ClientVisible, isArchived: true);
        await TaskAsync(mine, "client-visible", Audience.ClientVisible);
        await TaskAsync(other, "client-visible", Audience.ClientVisible);
        await TaskAsync(hidden, "client-visible", Audience.ClientVisible);
        await TaskAsync(archived, "client-visible", Audience.ClientVisible);

        await CommentAsync(shared, null, member, Audience.TeamOnly);
        await CommentAsync(shared, null, otherMember, Audience.ClientVisible);
        await CommentAsync(shared, null, client, Audience.ClientVisible);
        await CommentAsync(shared, inside, member, Audience.ClientVisible);
        await CommentAsync(shared, shown, otherMember, Audience.TeamOnly);
        await CommentAsync(shared, shown, client, Audience.ClientVisible);
        await CommentAsync(mine, null, member, Audience.ClientVisible);
        await CommentAsync(other, null, otherClient, Audience.ClientVisible);
        await CommentAsync(hidden, null, otherMember, Audience.ClientVisible);
        await CommentAsync(archived, null, client, Audience.ClientVisible);

        foreach (var of in new[] { shared, other, mine, hidden, archived })
        {
            var change = await host.ReadAsync(db => db.Changes.Where(c => c.ProjectId == of.Project.Id).Select(c => c.Id).FirstAsync());
            Add("history", new MatrixRecord($"a change of {of.Record.Name}", (int)change, null, Right.SeeProject, of.Record.StandingOf));
            var rating = Rating.Give(of.Project.Id, of.Project.OwnerId, 4, "", host.Now);
            await host.SaveAsync(db => db.Ratings.Add(rating));
            Add("ratings", new MatrixRecord($"a rating of {of.Record.Name}", rating.Id, null, Right.SeeProject, of.Record.StandingOf));
        }

        await ImportAsync("of mine", member, null);
        await ImportAsync("of a colleague", otherMember, null);
        await ImportAsync("into a hidden project", admin, hidden);
    }

    /// <summary>Registers something that everybody stands to alike.</summary>
    public void Add(string root, int id, Right see) => Add(root, new MatrixRecord($"a record of {root}", id, null, see, p => new Standing(p.Role)));

    private void Add(string root, MatrixRecord record)
    {
        if (!_byRoot.TryGetValue(root, out var records))
        {
            _byRoot[root] = records = [];
        }

        records.Add(record);
    }

    private string Mark(string kind) => $"Zq{kind}{(++_marks).ToString(System.Globalization.CultureInfo.InvariantCulture)}x";

    private async Task<(Project Project, MatrixRecord Record)> ProjectAsync(string name, bool isPrivate, bool isArchived, params Person[] members)
    {
        var project = Project.Create(Mark("project"), members[0].Id, host.Now);
        project.ShowTo(isPrivate ? ProjectVisibility.Private : ProjectVisibility.Team);
        project.Add(members[1].Id);
        if (isArchived)
        {
            project.Archive(host.Now);
        }

        await host.SaveAsync(db => db.Projects.Add(project));
        var record = new MatrixRecord($"a project {name}", project.Id, project.Name, Right.SeeProject, p => new Standing(
            p.Role, IsMember: members.Any(m => m.Id == p.Id), IsPrivate: isPrivate, IsArchived: isArchived));
        Add("projects", record);
        return (project, record);
    }

    private async Task<(ProjectTask Task, MatrixRecord Record)> TaskAsync(
        (Project Project, MatrixRecord Record) of, string name, Audience audience, bool isArchived = false)
    {
        var task = ProjectTask.Create(of.Project.Id, Mark("task"), 1, of.Project.OwnerId, host.Now);
        task.ShowTo(audience);
        if (isArchived)
        {
            task.Archive(host.Now);
        }

        var item = task.AddChecklist(Mark("list")).Add(Mark("item"));
        await host.SaveAsync(db => db.Tasks.Add(task));
        Standing StandingOf(Person p) => of.Record.StandingOf(p) with
        {
            IsArchived = isArchived,
            IsInArchive = of.Record.StandingOf(p).IsArchived,
            IsClientVisible = audience == Audience.ClientVisible,
        };
        var where = $"{name}, in {of.Record.Name}";
        var record = new MatrixRecord($"a task that is {where}", task.Id, task.Title, Right.SeeTask, StandingOf);
        Add("tasks", record);
        Add("checklists", new MatrixRecord($"a checklist of a task that is {where}", task.Checklists[0].Id, task.Checklists[0].Name, Right.SeeTask, StandingOf));
        Add("checklist-items", new MatrixRecord($"an item of a task that is {where}", item.Id, item.Text, Right.SeeTask, StandingOf));
        return (task, record);
    }

    private async Task CommentAsync((Project Project, MatrixRecord Record) of, (ProjectTask Task, MatrixRecord Record)? on, Person author, Audience audience)
    {
        var comment = Interaction.Comment(of.Project.Id, on?.Task.Id, author.Id, Mark("words"), host.Now);
        comment.ShowTo(audience);
        await host.SaveAsync(db => db.Interactions.Add(comment));
        var place = on?.Record ?? of.Record;
        Add("comments", new MatrixRecord($"a comment ({audience}) of {author.Name} on {place.Name}", comment.Id, comment.Body, Right.SeeComment, p => place.StandingOf(p) with
        {
            IsClientVisible = audience == Audience.ClientVisible && (on is null || on.Value.Task.Audience == Audience.ClientVisible),
            IsOwn = author.Id == p.Id,
            IsByClient = author.Role == Role.Client,
        }));
    }

    private async Task ImportAsync(string name, Person by, (Project Project, MatrixRecord Record)? into)
    {
        var mark = Mark("board");
        var job = ImportJob.Of($"{mark}.json", $"{mark}.json", new ImportPreview($"trello:{mark}", mark, 0, 0, 0, 0, [], [], []), by.Id, host.Now);
        if (into is { } made)
        {
            job.Reach(0, new ImportReport(made.Project.Id, new ImportCounts(), []));
        }

        await host.SaveAsync(db => db.Imports.Add(job));
        Add("imports", new MatrixRecord($"an import {name}", job.Id, mark, Right.SeeImport, p =>
            (into?.Record.StandingOf(p) ?? new Standing(p.Role)) with { IsOwn = by.Id == p.Id }));
    }
}
