using Crm.Accounts;
using Crm.Admin;
using Crm.Feedback;
using Crm.Projects;

namespace Crm.Data.Demo;

/// <summary>
/// As much data as a team gathers in some years, to measure with: per size 50 people, 200 projects, 50,000 tasks and 200,000
/// entries in timelines, of which 120,000 are interactions and 80,000 changes.
/// </summary>
internal sealed class Crowd(CrmDb db, DemoAccounts accounts, DateTime now)
{
    private const int People = 50;
    private const int Projects = 200;

    // The same each time: the numbers of a seeded Random are part of what .NET promises.
    private readonly Random _random = new(20_261_122);

    public async Task FillAsync(int size, CancellationToken cancel)
    {
        var workspace = Workspace.SetUp("Northlight Studio", "UTC", now.AddYears(-3));
        db.Workspaces.Add(workspace);
        var people = Enumerable.Range(0, People * size).Select(Somebody).ToList();
        db.People.AddRange(people);
        await db.SaveChangesAsync(cancel);
        var projects = Enumerable.Range(0, Projects * size).Select(i => SomeProject(i, people, workspace)).ToList();
        db.Projects.AddRange(projects);
        await db.SaveChangesAsync(cancel);
        db.Ratings.AddRange(projects.SelectMany(Ratings));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        using var work = new CrowdWork(db, _random, workspace.DayOf(now), now);
        foreach (var (project, i) in projects.Select((p, i) => (p, i)))
        {
            cancel.ThrowIfCancellationRequested();
            work.Fill(project, i);
        }
    }

    private Person Somebody(int number)
    {
        var name = $"{Words.FirstNames[number % Words.FirstNames.Length]} {Words.LastNames[(number * 7 + number / Words.FirstNames.Length) % Words.LastNames.Length]}";
        var role = number == 0 ? Role.Admin : number % 10 == 9 ? Role.Client : Role.Member;
        return accounts.Add(name, role, now.AddDays(-1_000));
    }

    private Project SomeProject(int number, List<Person> people, Workspace workspace)
    {
        var client = Words.Clients[number % Words.Clients.Length];
        var work = Words.Works[(number * 7 + number / Words.Clients.Length) % Words.Works.Length];
        var team = people.Where(p => p.IsTeam).ToList();
        var age = _random.Next(20, 900);
        var project = Project.Create($"{client} {work}", team[_random.Next(team.Count)].Id, now.AddDays(-age));
        project.Describe($"The {work} of {client}. {Sentence()} {Sentence()}\n\n- {Sentence()}\n- {Sentence()}");
        project.MoveTo(age > 400 ? ProjectStatus.Completed : (ProjectStatus)_random.Next(0, 3));
        var today = workspace.DayOf(now);
        project.Schedule(today.AddDays(-age), today.AddDays(age > 400 ? -_random.Next(1, 200) : _random.Next(-10, 200)));
        project.ShowTo(number % 10 == 7 ? ProjectVisibility.Private : ProjectVisibility.Team);
        for (var i = _random.Next(3, 9); i > 0; i--)
        {
            project.Add(people[_random.Next(people.Count)].Id);
        }

        if (age > 700)
        {
            project.Archive(now.AddDays(-_random.Next(1, 100)));
        }

        return project;
    }

    private List<Rating> Ratings(Project project) =>
        [.. project.Members.Where(_ => _random.Next(10) < 6).Select(m =>
            Rating.Give(project.Id, m.PersonId, Math.Clamp(_random.Next(2, 8), 1, 5), _random.Next(2) == 0 ? "" : Sentence(), now.AddDays(-_random.Next(1, 19))))];

    private string Sentence() => Words.Sentences[_random.Next(Words.Sentences.Length)];
}
