using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

/// <summary>A project with tasks and somebody of the team who looks at it.</summary>
public sealed class TaskSetting : IAsyncDisposable
{
    private TaskSetting(CrmHost host, Visitor browser, Person person, int projectId) =>
        (Host, Browser, Person, ProjectId) = (host, browser, person, projectId);

    public CrmHost Host { get; }

    public Visitor Browser { get; }

    public Person Person { get; }

    public int ProjectId { get; }

    public static async Task<TaskSetting> StartAsync(string zone = "UTC")
    {
        var host = await CrmHost.StartAsync(setUp: false);
        await host.SaveAsync(db => db.Workspaces.Add(Crm.Admin.Workspace.SetUp("Northlight Studio", zone, host.Now)));
        var (browser, person) = await host.SignInAsync(Role.Member);
        var project = Project.Create("Harbour Museum site", person.Id, host.Now);
        await host.SaveAsync(db => db.Projects.Add(project));
        return new TaskSetting(host, browser, person, project.Id);
    }

    /// <summary>Adds tasks at the end of a column.</summary>
    /// <returns>Their ids.</returns>
    public async Task<int[]> AddAsync(TaskStatus status, params string[] titles)
    {
        var start = await Host.ReadAsync(db => db.Tasks.CountAsync());
        var tasks = titles.Select((title, i) => Make(title, status, (start + i + 1) * 1024)).ToArray();
        await Host.SaveAsync(db => db.Tasks.AddRange(tasks));
        return [.. tasks.Select(t => t.Id)];
    }

    public async Task<int> AddOneAsync(string title, TaskStatus status = TaskStatus.ToDo, Action<ProjectTask>? with = null)
    {
        var task = Make(title, status, 1024);
        with?.Invoke(task);
        await Host.SaveAsync(db => db.Tasks.Add(task));
        return task.Id;
    }

    public Task<ProjectTask> ReadAsync(int id) =>
        Host.ReadAsync(db => db.Tasks.IgnoreQueryFilters().AsNoTracking().SingleAsync(t => t.Id == id));

    public async Task ChangeAsync(int id, Action<ProjectTask> change) =>
        await Host.SaveAsync(db => change(db.Tasks.Single(t => t.Id == id)));

    /// <summary>Titles of a column in their order.</summary>
    public Task<List<string>> ColumnAsync(TaskStatus status) =>
        Host.ReadAsync(db => db.Tasks.InColumn(ProjectId, status).Select(t => t.Title).ToListAsync());

    public ValueTask DisposeAsync()
    {
        Browser.Dispose();
        return Host.DisposeAsync();
    }

    private ProjectTask Make(string title, TaskStatus status, double position)
    {
        var task = ProjectTask.Create(ProjectId, title, position, Person.Id, Host.Now);
        task.MoveTo(status, position, Host.Now);
        return task;
    }
}
