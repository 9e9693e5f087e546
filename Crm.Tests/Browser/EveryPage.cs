using Crm.Accounts;
using Crm.Data.Demo;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Browser;

/// <summary>The addresses of all pages that an admin can look at, over the sample data.</summary>
internal static class EveryPage
{
    public static async Task<Person> FillAsync(CrmHost host)
    {
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        await host.AddPersonAsync(new string('n', 70), Role.Member, $"{new string('a', 60)}@{new string('b', 60)}.example");
        await host.ReadAsync(db => SampleData.FillAsync(db, me.Id, host.Now));
        return me;
    }

    public static async Task<IReadOnlyList<string>> AddressesAsync(CrmHost host)
    {
        var project = await ProjectAsync(host);
        var task = await host.ReadAsync(db => db.Tasks.Where(t => t.ProjectId == project).OrderByDescending(t => t.Checklists.Count).Select(t => t.Id).FirstAsync());
        var person = await host.ReadAsync(db => db.People.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync());
        return
        [
            "/", "/projects", "/projects?q=nothing-like-that", "/projects/new", $"/projects/{project}", $"/projects/{project}/board",
            $"/projects/{project}/ratings", $"/projects/{project}/members", $"/projects/{project}/fields/description",
            "/tasks", "/tasks?assignee=me&due=overdue", $"/tasks/{task}", $"/tasks/{task}/fields/due",
            "/people", $"/people/{person}", $"/people/{person}/sessions", $"/people/{person}/leave/delete", "/settings", "/backups", "/profile", "/profile/sessions", "/profile/tokens", "/profile/tokens/new", "/profile/email", "/profile/security", "/profile/security/authenticator", "/profile/security/passkeys/new", "/profile/password", "/imports", "/error/404",
            "/history", "/trash", $"/projects/{project}/history", $"/tasks/{task}/history", $"/projects/{project}?asOf=2026-06-01", "/people/invitations", "/confirm", "/backups/upload",
            "/docs", "/docs/guide", "/docs/contributing", "/docs/permissions",
            "/webhooks", "/webhooks/new", "/system",
        ];
    }

    /// <summary>The fullest project of the sample data.</summary>
    public static Task<int> ProjectAsync(CrmHost host) =>
        host.ReadAsync(db => db.Projects.OrderByDescending(p => db.Interactions.Count(i => i.ProjectId == p.Id)).Select(p => p.Id).FirstAsync());
}
