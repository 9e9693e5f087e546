using System.Net;
using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Host;

/// <summary>
/// The whole program on a port of its own over a database file of its own, gone without a trace when disposed. Make one per
/// test with <see cref="StartAsync"/>: tests share nothing.
/// </summary>
public sealed class CrmHost : IAsyncDisposable
{
    /// <summary>When it is in tests, unless they say otherwise: Monday, 1 June 2026, 9 o'clock UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Everybody's, unless a test says otherwise.</summary>
    public const string Password = "correct horse battery";

    // As many rounds as the program's own would cost each test a tenth of a second.
    private static readonly Lazy<string> PasswordHash = new(() => new PasswordHasher<Person>(
        Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(null!, Password));

    private readonly WebApplication _app;

    private CrmHost(WebApplication app, DataFolder folder, FakeTimeProvider time, QueryCounter queries) =>
        (_app, Folder, Time, Queries) = (app, folder, time, queries);

    public DataFolder Folder { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>What the program asked the database.</summary>
    public QueryCounter Queries { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="setUp">False for a database that nobody has set up yet.</param>
    /// <param name="configure">Further settings of the program.</param>
    /// <param name="map">Further endpoints.</param>
    public static async Task<CrmHost> StartAsync(bool setUp = true, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        folder.Create();
        await EmptyDatabase.CopyToAsync(folder.Database);
        var time = new FakeTimeProvider(Start);
        var queries = new QueryCounter();
        var app = Program.Build(folder, ["--urls", "http://127.0.0.1:0", "--Backups:Enabled=false"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton(queries);
            builder.Services.ConfigureDbContext<CrmDb>(options => options
                .AddInterceptors(queries)
                // What it warns of is a question that wants to be asked otherwise.
                .ConfigureWarnings(warnings => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning, RelationalEventId.MultipleCollectionIncludeWarning)));
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync();
        var host = new CrmHost(app, folder, time, queries);
        if (setUp)
        {
            await host.SaveAsync(db => db.Workspaces.Add(Workspace.SetUp("Northlight Studio", "UTC", host.Now)));
        }

        return host;
    }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>A person who is there and signs in with <see cref="Password"/>.</summary>
    public async Task<Person> AddPersonAsync(string name, Role role = Role.Member, string? email = null)
    {
        var person = Person.Register(name, email ?? $"{Guid.NewGuid():N}@example.com", role, Now);
        person.NormalizedEmail = person.Email!.ToUpperInvariant();
        person.NormalizedUserName = person.NormalizedEmail;
        person.PasswordHash = PasswordHash.Value;
        person.SecurityStamp = Guid.NewGuid().ToString();
        await SaveAsync(db => db.People.Add(person));
        return person;
    }

    /// <summary>A browser that somebody is signed in to, or nobody.</summary>
    public async Task<Visitor> VisitAsync(Person? person = null)
    {
        var cookies = new CookieContainer();
        if (person is not null)
        {
            cookies.Add(Address, new Cookie("crm-session", await SessionCookieAsync(person)));
        }

        return new Visitor(Address, cookies);
    }

    /// <summary>A program that calls the API on behalf of somebody who has just signed in, or of nobody.</summary>
    public async Task<Caller> CallAsync(Person? person = null) => new(Address, person is null ? null : (await ProgramSession.StartAsync(this, person)).TokenAsync) { Services = Services };

    /// <summary>A program that shows this token.</summary>
    public Caller CallWith(string token) => new(Address, () => Task.FromResult(token)) { Services = Services };

    /// <summary>Adds somebody with this role and a browser of theirs.</summary>
    public async Task<(Visitor Browser, Person Person)> SignInAsync(Role role = Role.Admin, string name = "Inès Moreau")
    {
        var person = await AddPersonAsync(name, role);
        return (await VisitAsync(person), person);
    }

    /// <summary>A project and its tasks.</summary>
    /// <param name="tasks">Title, assignee, and in how many days each is due.</param>
    public async Task<Project> AddProjectAsync(string name, Person owner, params (string Title, Person? Assignee, int Days)[] tasks)
    {
        var project = Project.Create(name, owner.Id, Now);
        await SaveAsync(db => db.Projects.Add(project));
        await SaveAsync(db => db.Tasks.AddRange(tasks.Select((t, i) =>
        {
            var task = ProjectTask.Create(project.Id, t.Title, i, owner.Id, Now);
            task.AssignTo(t.Assignee?.Id);
            task.Due(DateOnly.FromDateTime(Now).AddDays(t.Days));
            return task;
        })));
        return project;
    }

    /// <summary>The value of the session cookie of a person who has just signed in.</summary>
    public Task<string> SessionCookieAsync(Person person) => SignedInCookie.MakeAsync(Services, person);

    /// <summary>How often a page asks the database when it is drawn anew, and who asks is known already.</summary>
    public async Task<int> CountQueriesAsync(Visitor browser, string path)
    {
        // The first may note that somebody was seen, and by what is written the session is read once more.
        await browser.GetAsync("/nowhere");
        await browser.GetAsync("/nowhere");
        Queries.Clear();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cache-Control", "no-cache" } } };
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(request)).Status);
        return Queries.Commands.Count;
    }

    /// <summary>The same of a call.</summary>
    public async Task<int> CountQueriesAsync(Caller caller, string path)
    {
        await caller.GetAsync(path);
        Queries.Clear();
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync(path)).Status);
        return Queries.Commands.Count;
    }

    /// <summary>Reads from the database as it is now.</summary>
    public async Task<T> ReadAsync<T>(Func<CrmDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CrmDb>());
    }

    /// <summary>Puts something into the database, past the pages.</summary>
    public async Task SaveAsync(Action<CrmDb> change)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>Holds the database's one write lock until it is disposed, as another program might.</summary>
    public async Task<IAsyncDisposable> WriteAsync()
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection(SqliteSettings.ConnectionString(Folder.Database));
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
