using Crm.Tasks;

namespace Crm.Tests.Tasks;

public sealed class TaskQueryCountTests
{
    [Theory]
    [InlineData("/projects/{0}", 10)]
    [InlineData("/projects/{0}/board", 5)]
    [InlineData("/tasks", 2)]
    [InlineData("/tasks?project={0}&assignee=me&due=overdue&q=a", 3)]
    [InlineData("/tasks/{1}", 7)]
    public async Task A_page_asks_as_often_with_two_tasks_as_with_two_hundred(string path, int queries)
    {
        await using var setting = await TaskSetting.StartAsync();
        var first = await FillAsync(setting, 1);
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, setting.ProjectId, first);

        var few = await setting.Host.CountQueriesAsync(setting.Browser, url);
        await FillAsync(setting, 50);
        var many = await setting.Host.CountQueriesAsync(setting.Browser, url);

        Assert.Equal(queries, few);
        Assert.Equal(queries, many);
    }

    private static async Task<int> FillAsync(TaskSetting setting, int perStatus)
    {
        var tasks = TaskWords.Statuses.SelectMany(status => Enumerable.Range(0, perStatus).Select(i => Make(setting, status, i))).ToList();
        await setting.Host.SaveAsync(db => db.Tasks.AddRange(tasks));
        return tasks[0].Id;
    }

    private static ProjectTask Make(TaskSetting setting, TaskStatus status, int i)
    {
        var task = ProjectTask.Create(setting.ProjectId, $"A {status} {i}", i, setting.Person.Id, setting.Host.Now);
        task.MoveTo(status, i, setting.Host.Now);
        task.AssignTo(setting.Person.Id);
        task.Label(["design"]);
        task.Add(setting.Person.Id);
        task.AddChecklist("Before").Add("One");
        return task;
    }
}
