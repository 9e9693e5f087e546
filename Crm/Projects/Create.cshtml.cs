using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Projects;

/// <summary>Makes a project of a name; all else can wait.</summary>
[Needs(Right.TeamWork)]
public sealed class CreateModel(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty]
    public CreateProject Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Input.StartsOn > Input.DueOn)
        {
            ModelState.AddModelError("Input.DueOn", "The due date lies before the start.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var project = Project.Create(Input, user, clock.Now);
        db.Projects.Add(project);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return LocalRedirect($"/projects/{project.Id}");
    }
}
