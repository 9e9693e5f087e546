using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tests.Host;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class ChangeRecorderTests
{
    [Fact]
    public async Task Every_property_of_every_entity_is_recorded_or_says_why_not()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        List<string> missing = [];
        List<string> covered = [];
        foreach (var type in db.Model.GetEntityTypes())
        {
            covered.Add(Untold.NameOf(type));
            foreach (var property in type.GetProperties().Where(p => !p.IsPrimaryKey()))
            {
                covered.Add($"{Untold.NameOf(type)}.{property.Name}");
                if (Untold.Why(type, property.Name) is null && !IsRecorded(db, type, property))
                {
                    missing.Add($"{type.ClrType.Name}.{property.Name}");
                }
            }
        }

        Assert.Empty(missing);
        Assert.Empty(Untold.Reasons.Keys.Except(covered, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_made_and_who_comes_and_goes_is_told_with_its_project()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync(Role.Member);
        var sam = await host.AddPersonAsync("Sam Lee");
        await browser.PostAsync("/projects/new", ("Input.Name", "Museum"), ("Input.Status", "Active"));
        var project = await host.ReadAsync(db => db.Projects.SingleAsync());
        await browser.PostAsync($"/projects/{project.Id}/tasks", ("title", "Tickets"));
        await browser.PostAsync("/tasks/1/checklists", ("name", "Steps"));
        await browser.PostAsync("/checklists/1/items", ("text", "First"));
        await browser.PostAsync("/checklist-items/1/check?done=true");
        await browser.PostAsync("/tasks/1/comments", ("body", "Hello"));
        await browser.PostAsync("/tasks/1/members", ("personId", $"{sam.Id}"));
        await browser.PostAsync($"/tasks/1/members?handler=Remove&personId={sam.Id}");
        await browser.PostAsync("/tasks/1/move?to=next");

        var told = await host.ReadAsync(db => db.Changes.Where(c => c.ProjectId == project.Id).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal(
            [
                ("Project", "Created", null, null), ("ProjectTask", "Created", null, null), ("Checklist", "Created", null, null),
                ("ChecklistItem", "Created", null, null), ("ChecklistItem", "IsDone", "False", "True"), ("Interaction", "Created", null, null),
                ("ProjectTask", "Members", null, $"{sam.Id}"), ("ProjectTask", "Members", $"{sam.Id}", null), ("ProjectTask", "Status", "ToDo", "Doing"),
            ],
            told.Where(c => c.Field != "Position").Select(c => (c.Kind, c.Field, c.From, c.To)));
        Assert.All(told, c => Assert.Equal((me.Id, Via.Web, 1), (c.PersonId, c.Via, c.RecordId)));
    }

    [Fact]
    public async Task Of_an_account_it_is_told_that_the_password_changed_and_never_which_it_is()
    {
        await using var host = await CrmHost.StartAsync();
        var person = await host.AddPersonAsync("Sam Lee");

        await host.SaveAsync(db =>
        {
            var sam = db.People.Single(p => p.Id == person.Id);
            sam.PasswordHash = "a hash";
            sam.SecurityStamp = "a stamp";
            sam.AccessFailedCount = 3;
            db.Invitations.Add(Invitation.Create("a token", Role.Member, "new@example.com", null, null, sam.Id, host.Now));
        });
        await host.SaveAsync(db => db.Invitations.Single().Renew("another token", host.Now));

        var told = await host.ReadAsync(db => db.Changes.Where(c => c.Kind != "Workspace").OrderBy(c => c.Id).ToListAsync());
        Assert.Equal(
            [("Person", "Created"), ("Person", "Password"), ("Invitation", "Created"), ("Invitation", "Link")],
            told.Select(c => (c.Kind, c.Field)));
        Assert.All(told, c => Assert.Equal((Via.Command, null, null), (c.Via, c.From, c.To)));
    }

    [Fact]
    public async Task A_record_and_the_row_that_tells_of_it_are_saved_together_or_not_at_all()
    {
        await using var host = await CrmHost.StartAsync();
        var me = await host.AddPersonAsync("Sam Lee");
        var before = await host.ReadAsync(db => db.Changes.CountAsync());

        await Assert.ThrowsAsync<DbUpdateException>(() => host.SaveAsync(db =>
        {
            db.Projects.Add(Project.Create("Museum", me.Id, host.Now));
            db.Tasks.Add(ProjectTask.Create(999, "Nowhere", 1, me.Id, host.Now));
        }));

        Assert.Equal((before, 0), (await host.ReadAsync(db => db.Changes.CountAsync()), await host.ReadAsync(db => db.Projects.CountAsync())));
    }

    /// <summary>
    /// Business data is changed through the tracker alone; past it go sessions, leftovers, demonstrations, and what is personal of
    /// somebody who was deleted.
    /// </summary>
    [Fact]
    public void Nothing_but_bookkeeping_is_written_past_the_recorder()
    {
        string[] bookkeeping = ["Sessions.cs", "CallSessions.cs", "LastSeen.cs", "PersonalTokens.cs", "OwnSecurity.cs", "EmailChanges.cs", "OldSignIns.cs", "Removal.cs", "Once.cs", "Receipt.cs", "ImportWorker.cs", "SampleData.cs", "SamplePeople.cs", "OldDeliveries.cs"];
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crm.sln")))
        {
            root = root.Parent;
        }

        var past = Directory.EnumerateFiles(Path.Combine(root!.FullName, "Crm"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f) is var text && (text.Contains(".ExecuteUpdate", StringComparison.Ordinal) || text.Contains(".ExecuteDelete", StringComparison.Ordinal)))
            .Select(Path.GetFileName);

        Assert.Empty(past.Except(bookkeeping, StringComparer.Ordinal));
    }

    private static bool IsRecorded(CrmDb db, IEntityType type, IProperty property)
    {
        var entity = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        var entry = db.Entry(entity);
        foreach (var key in type.FindPrimaryKey()!.Properties)
        {
            entry.Property(key.Name).CurrentValue = key.ClrType == typeof(int) ? 1 : key.ClrType == typeof(byte[]) ? new byte[] { 1 } : "1";
        }

        entry.State = EntityState.Unchanged;
        entry.Property(property.Name).CurrentValue = Other(property.ClrType, entry.Property(property.Name).CurrentValue);
        entry.Property(property.Name).IsModified = true;
        var rows = new ChangeRecorder(db, new Actor(), default).Of(entry).ToList();
        entry.State = EntityState.Detached;
        return rows.Exists(r => r.Field == Untold.NameOf(property.Name));
    }

    private static object? Other(Type type, object? value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => "other",
            _ when plain == typeof(bool) => value is not true,
            _ when plain == typeof(DateTime) => new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc),
            _ when plain == typeof(DateOnly) => new DateOnly(2026, 1, 2),
            _ when plain == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
            _ when plain == typeof(List<string>) => new List<string> { "other" },
            { IsEnum: true } => Enum.GetValues(plain).Cast<object>().First(v => !v.Equals(value)),
            _ => Convert.ChangeType(77, plain, CultureInfo.InvariantCulture),
        };
    }
}
