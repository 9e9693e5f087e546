using Crm.Data;
using Crm.Projects;

namespace Crm.Imports.Trello;

/// <summary>Gives a project what its board says of itself.</summary>
internal sealed class ProjectImport(CrmDb db)
{
    private readonly LocalEdits _edits = new();

    public async Task ApplyAsync(Board board, Project project, IReadOnlyDictionary<string, int> people, IReadOnlySet<int> former, DateTime now, CancellationToken cancel)
    {
        if (project.Id > 0)
        {
            await _edits.ReadAsync<Project>(db, [project.Id], cancel);
        }

        _edits.Set(project, nameof(Project.Name), project.Name, board.Name, project.Rename);
        _edits.Set(project, nameof(Project.Description), project.Description, board.Description, project.Describe);
        _edits.Set(project, nameof(Project.ArchivedAt), project.ArchivedAt is not null, board.IsClosed, closed => Archive(project, closed, board.LastActivity ?? now));
        foreach (var member in board.People.Where(p => p.IsMember).Select(p => people[p.Id]).Where(id => !former.Contains(id) && !_edits.TouchMember(project, id)))
        {
            project.Add(member);
        }
    }

    private static void Archive(Project project, bool closed, DateTime at)
    {
        if (closed)
        {
            project.Archive(at);
        }
        else
        {
            project.BringBack();
        }
    }
}
