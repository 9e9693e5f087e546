using System.Net;
using Crm.Accounts;
using Crm.Data.Demo;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Tests.Imports;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Data.Demo;

public sealed class SampleDataTests
{
    [Fact]
    public async Task It_fills_the_workspace_once_with_people_who_cannot_sign_in()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync(name: "Rui Costa");

        var answer = await browser.PostAsync("/sample-data?handler=Fill");
        await browser.PostAsync("/sample-data?handler=Fill");

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.Status, answer.Location));
        Assert.Equal(7, await host.ReadAsync(db => db.Projects.CountAsync()));
        Assert.True(await host.ReadAsync(db => db.Tasks.AnyAsync(t => t.AssigneeId == admin.Id && t.DueOn < DateOnly.FromDateTime(host.Now))));
        Assert.All(await host.ReadAsync(db => db.People.Where(p => p.Id != admin.Id).ToListAsync()), p => Assert.False(p.CanSignIn));
        Assert.True(await host.ReadAsync(db => SampleData.IsThereAsync(db)));
    }

    [Fact]
    public async Task One_click_removes_it_without_a_trace_with_what_was_done_in_it()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        await host.SaveAsync(db => db.Projects.Add(Project.Create("Real work", admin.Id, host.Now)));
        var before = await host.EverythingAsync();
        await browser.PostAsync("/sample-data?handler=Fill");
        await host.SaveAsync(db =>
        {
            var task = db.Tasks.Include(t => t.Members).First();
            db.Interactions.Add(Interaction.Comment(task.ProjectId, task.Id, admin.Id, "Mine", host.Now));
            task.Retitle("Mine too");
            task.Add(admin.Id);
            task.Delete(host.Now);
        });

        await browser.PostAsync("/sample-data?handler=Remove");

        Assert.Equal(before, await host.EverythingAsync());
        Assert.False(await host.ReadAsync(db => SampleData.IsThereAsync(db)));
    }

    [Fact]
    public async Task Whoever_has_become_part_of_real_work_stays_disabled_and_comes_back_with_the_next_filling()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, admin) = await host.SignInAsync();
        await browser.PostAsync("/sample-data?handler=Fill");
        var tom = await host.ReadAsync(db => db.People.SingleAsync(p => p.Name == "Tom Baker"));
        await host.SaveAsync(db =>
        {
            var project = Project.Create("Real work", admin.Id, host.Now);
            project.Add(tom.Id);
            db.Projects.Add(project);
        });

        await browser.PostAsync("/sample-data?handler=Remove");

        var left = await host.ReadAsync(db => db.People.Where(p => p.Id != admin.Id).ToListAsync());
        Assert.Equal(tom.Id, Assert.Single(left).Id);
        Assert.NotNull(left[0].DisabledAt);
        Assert.Equal(1, await host.ReadAsync(db => db.ProjectMembers.CountAsync(m => m.PersonId == tom.Id)));
        await browser.PostAsync("/sample-data?handler=Fill");
        Assert.Null(await host.ReadAsync(db => db.People.Where(p => p.Id == tom.Id).Select(p => p.DisabledAt).SingleAsync()));
    }

    [Theory]
    [InlineData("Fill")]
    [InlineData("Remove")]
    public async Task Only_admins_may(string handler)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Admin);
        var (member, _) = await host.SignInAsync(Role.Member, "Member");
        if (handler == "Remove")
        {
            await browser.PostAsync("/sample-data?handler=Fill");
        }

        var before = await host.EverythingAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsync($"/sample-data?handler={handler}")).Status);
        Assert.Equal(before, await host.EverythingAsync());
    }
}
