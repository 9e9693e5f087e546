using System.Net;
using Crm.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Tasks;

public sealed class ChecklistTests
{
    [Fact]
    public async Task Items_that_are_typed_one_after_the_other_stand_in_that_order_with_their_progress()
    {
        await using var setting = await TaskSetting.StartAsync();
        var task = await setting.AddOneAsync("Release");

        var made = await setting.Browser.PostFragmentAsync($"/tasks/{task}/checklists", ("name", "Before"));
        var list = await setting.Host.ReadAsync(db => db.Checklists.SingleAsync());
        foreach (var text in new[] { "One", "Two", "Three" })
        {
            Assert.Equal(HttpStatusCode.OK, (await setting.Browser.PostFragmentAsync($"/checklists/{list.Id}/items", ("text", text))).Status);
        }

        var first = await setting.Host.ReadAsync(db => db.ChecklistItems.OrderBy(i => i.Id).FirstAsync());
        var done = await setting.Browser.PostFragmentAsync($"/checklist-items/{first.Id}/check?done=true");
        var page = await setting.Browser.GetAsync($"/tasks/{task}");

        Assert.Equal("Before", made.TextOf($"#checklist-{list.Id}-heading + .field .shown"));
        Assert.Equal("true", done.Html.QuerySelector(".check")?.GetAttribute("aria-pressed"));
        Assert.Equal("1 of 3", done.TextOf("hx-partial"));
        Assert.Equal("1 of 3", page.TextOf($"#checklist-{list.Id}-progress"));
        Assert.Equal(["One", "Two", "Three"], page.Html.QuerySelectorAll(".item .shown").Select(s => s.TextContent));
    }

    [Fact]
    public async Task After_deletions_a_new_item_still_stands_last()
    {
        await using var setting = await TaskSetting.StartAsync();
        var task = await setting.AddOneAsync("Release", with: t => Fill(t.AddChecklist("Before"), "One", "Two", "Three"));
        var items = await setting.Host.ReadAsync(db => db.ChecklistItems.OrderBy(i => i.Position).Select(i => i.Id).ToListAsync());
        var list = await setting.Host.ReadAsync(db => db.Checklists.Select(c => c.Id).SingleAsync());

        await setting.Browser.PostAsync($"/checklist-items/{items[0]}/delete");
        await setting.Browser.PostAsync($"/checklist-items/{items[1]}/delete");
        var added = await setting.Browser.PostAsync($"/checklists/{list}/items", ("text", "Four"));
        var page = await setting.Browser.GetAsync(added.Location!.Split('#')[0]);

        Assert.Equal(["Three", "Four"], page.Html.QuerySelectorAll(".item .shown").Select(s => s.TextContent));
        Assert.True(page.Html.QuerySelector($"#checklist-{list}-add input.add-input")?.HasAttribute("autofocus"));
    }

    [Fact]
    public async Task A_checklist_and_an_item_are_renamed_deleted_and_brought_back()
    {
        await using var setting = await TaskSetting.StartAsync();
        var task = await setting.AddOneAsync("Release", with: t => Fill(t.AddChecklist("Before"), "One"));
        var list = await setting.Host.ReadAsync(db => db.Checklists.Select(c => c.Id).SingleAsync());
        var item = await setting.Host.ReadAsync(db => db.ChecklistItems.Select(i => i.Id).SingleAsync());

        await setting.Browser.PostFragmentAsync($"/checklists/{list}/fields/name", ("value", "After"), ("version", "1"));
        await setting.Browser.PostFragmentAsync($"/checklist-items/{item}/fields/text", ("value", "Uno"), ("version", "1"));
        var gone = await setting.Browser.PostFragmentAsync($"/checklist-items/{item}/delete");
        await setting.Browser.PostFragmentAsync($"/checklists/{list}/delete");
        Assert.Null((await setting.Browser.GetAsync($"/tasks/{task}")).Html.QuerySelector("#checklists section"));

        await setting.Browser.PostAsync($"/checklists/{list}/restore");
        await setting.Browser.PostAsync(gone.Html.QuerySelector("form")!.GetAttribute("action")!);
        var page = await setting.Browser.GetAsync($"/tasks/{task}");

        Assert.Equal("After", page.TextOf("#checklists .group-head .shown"));
        Assert.Equal("Uno", page.TextOf("#checklists .item .shown"));
        Assert.Equal(setting.ProjectId, await setting.Host.ReadAsync(db => db.Changes.Where(c => c.Field == "Text").Select(c => c.ProjectId).SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A\u0007B")]
    public async Task A_name_or_an_item_that_cannot_be_comes_back_with_a_message(string text)
    {
        await using var setting = await TaskSetting.StartAsync();
        var task = await setting.AddOneAsync("Release", with: t => t.AddChecklist("Before"));
        var list = await setting.Host.ReadAsync(db => db.Checklists.Select(c => c.Id).SingleAsync());

        foreach (var (url, field) in new[] { ($"/tasks/{task}/checklists", "name"), ($"/checklists/{list}/items", "text") })
        {
            foreach (var answer in new[] { await setting.Browser.PostFragmentAsync(url, (field, text)), await setting.Browser.PostAsync(url, (field, text)) })
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
                Assert.NotEqual("", answer.TextOf(".error"));
                Assert.Equal(text, answer.Html.QuerySelector($"input[name={field}]")?.GetAttribute("value"));
            }
        }

        Assert.Equal(1, await setting.Host.ReadAsync(db => db.Checklists.CountAsync()));
        Assert.Equal(0, await setting.Host.ReadAsync(db => db.ChecklistItems.CountAsync()));
    }

    private static void Fill(Checklist checklist, params string[] items)
    {
        foreach (var item in items)
        {
            checklist.Add(item);
        }
    }
}
