using System.Net;
using System.Text;
using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Admin;

public sealed class BackupPageTests
{
    [Fact]
    public async Task An_admin_backs_up_and_downloads_what_is_whole()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);

        var taken = await browser.PostAsync("/backups?handler=Take");
        var list = await browser.GetAsync("/backups");
        var download = await browser.PostAsync("/backups?handler=Download");

        Assert.Equal("/backups", taken.Location);
        Assert.Equal(("just now", "Asked for"), (list.TextOf("tbody th time"), list.TextOf("tbody td")));
        Assert.Equal((HttpStatusCode.OK, "nosniff", "no-store"), (download.Status, download.Header("X-Content-Type-Options"), download.Header("Cache-Control")));
        Assert.StartsWith("attachment; filename=crm-20260601-090000.db", download.Header("Content-Disposition"), StringComparison.Ordinal);
        var file = Path.Combine(host.Folder.Root, "downloaded.db");
        await File.WriteAllBytesAsync(file, download.Body, TestContext.Current.CancellationToken);
        using var copy = DatabaseFile.OpenToRead(file);
        Assert.Equal("Museum", copy.Scalar<string>("SELECT Name FROM Projects"));
        Assert.Equal(("downloaded", me.Id), await host.ReadAsync(db => db.Changes.Where(c => c.Field == "Backup").Select(c => ValueTuple.Create(c.To, c.PersonId!.Value)).SingleAsync()));
        Assert.Single(Directory.GetFiles(host.Folder.Snapshots));
    }

    [Fact]
    public async Task An_uploaded_backup_shows_what_would_change_and_is_restored_while_the_program_runs()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);
        var bytes = (await browser.PostAsync("/backups?handler=Download")).Body;
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.AddProjectAsync("Harbour", me);

        var uploaded = await UploadAsync(browser, bytes);
        var preview = await browser.GetAsync(uploaded.Location!);
        var restored = await browser.PostAsync(uploaded.Location!);

        Assert.Matches("^/backups/[0-9]+-uploaded-[0-9-]+\\.db$", uploaded.Location);
        Assert.Contains("younger than the backup, and would be lost", preview.TextOf(".callout.warn b"), StringComparison.Ordinal);
        Assert.Equal("/sign-in", restored.Location);
        Assert.Equal(["Museum"], await host.ReadAsync(db => db.Projects.Select(p => p.Name).ToListAsync()));
        Assert.Contains("The backup is restored", (await browser.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/projects")).Location, StringComparison.Ordinal);
        using var again = await host.VisitAsync(me);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/projects")).Status);
    }

    [Fact]
    public async Task A_backup_whose_index_lacks_rows_is_shown_and_not_restored()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();
        await host.AddProjectAsync("Museum", me);
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);
        using (var file = DatabaseFile.OpenToWrite(backup.Path))
        {
            DatabaseFile.Run(file, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, '\"SortName\"', '\"Name\"') WHERE name = 'IX_Projects_ArchivedAt_SortName'");
        }

        await host.AddProjectAsync("Harbour", me);

        var preview = await browser.GetAsync($"/backups/{backup.Name}");
        var refused = await browser.PostAsync($"/backups/{backup.Name}");

        Assert.Equal((HttpStatusCode.OK, null), (preview.Status, preview.Html.QuerySelector("[role=alert]")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("is damaged: row 1 missing from index", refused.TextOf("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(["Museum", "Harbour"], await host.ReadAsync(db => db.Projects.OrderBy(p => p.Id).Select(p => p.Name).ToListAsync()));
    }

    [Theory]
    [InlineData("Dear diary", "is no database")]
    [InlineData("", "is empty")]
    [InlineData("SQLite format 3\0and then nothing of the kind", "damaged")]
    public async Task What_is_no_backup_is_refused_with_words_and_not_kept(string content, string words)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await UploadAsync(browser, Encoding.UTF8.GetBytes(content));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.TextOf("#File-error"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Folder.Root, answer.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(host.Folder.Snapshots));
    }

    [Fact]
    public async Task An_upload_without_its_token_or_without_a_form_is_refused_and_not_kept()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "File", "copy.db" } };

        var forged = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/backups/upload") { Content = form });
        var nonsense = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/backups/upload") { Content = new StringContent("x") });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (forged.Status, nonsense.Status));
        Assert.Empty(Directory.GetFiles(host.Folder.Snapshots));
    }

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Client)]
    public async Task Nobody_else_gets_near_the_backups(Role role)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(role);
        var backup = host.Services.GetRequiredService<Snapshots>().Take(SnapshotKind.Manual, host.Now);

        foreach (var path in new[] { "/backups?handler=Take", "/backups?handler=Download", $"/backups/{backup.Name}", "/backups/upload" })
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await browser.PostAsync(path)).Status));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/backups")).Status);
        Assert.Equal("ready\n", (await browser.GetAsync("/readyz")).Text);
        Assert.Single(host.Services.GetRequiredService<Snapshots>().All());
    }

    /// <summary>Sends the page's form as a browser does: its fields in their order.</summary>
    private static async Task<Answer> UploadAsync(Visitor browser, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        var page = await browser.GetAsync("/backups");
        foreach (var input in page.Html.QuerySelectorAll("form[action='/backups/upload'] input"))
        {
            if (input.GetAttribute("type") == "file")
            {
                form.Add(new ByteArrayContent(file), input.GetAttribute("name")!, "copy.db");
            }
            else
            {
                form.Add(new StringContent(input.GetAttribute("value")!), input.GetAttribute("name")!);
            }
        }

        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/backups/upload") { Content = form });
    }
}
