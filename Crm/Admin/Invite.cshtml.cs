using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>Makes an invitation: for somebody new, or for somebody known from an import.</summary>
[Needs(Right.RunWorkspace)]
[AskAgain]
public sealed class InviteModel(CrmDb db, Invitations invitations) : CrmPage
{
    private const int MostProjects = 500;

    [BindProperty]
    public InvitePerson Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "person")]
    public int? PersonId { get; set; }

    /// <summary>The imported person whom the invitation is for.</summary>
    public Person? Known { get; private set; }

    public List<Option> Projects { get; private set; } = [];

    public bool WillMail => invitations.CanMail;

    public async Task<IActionResult> OnGetAsync(int? project, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel))
        {
            return NotFound();
        }

        Input = new InvitePerson { Role = Known?.Role ?? Role.Member, ProjectId = project };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await LoadAsync(cancel))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        if (await invitations.MistakeAsync(Input, cancel) is var (field, words))
        {
            return Invalid($"Input.{field}", words);
        }

        var link = await invitations.MakeAsync(Input, PersonId, cancel);
        await write.CommitAsync(cancel);
        await invitations.MailAsync(link, cancel);
        ShownLink.Put(TempData, $"It lets {Known?.Name ?? "one person"} in.", link.Url);
        return Go("/people/link");
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        Projects = await db.Projects.Where(p => p.ArchivedAt == null || p.Id == Input.ProjectId).OrderBy(p => p.Name).Take(MostProjects)
            .Select(p => new Option(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)).ToListAsync(cancel);
        Projects.Insert(0, new Option("", "None"));
        Known = PersonId is null
            ? null
            : await db.People.AsNoTracking().Invitable().FirstOrDefaultAsync(p => p.Id == PersonId, cancel);
        return PersonId is null || Known is not null;
    }
}
