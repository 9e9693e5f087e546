using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>What holds for the whole workspace.</summary>
[Cacheable]
[Needs(Right.RunWorkspace)]
public sealed class SettingsModel(CrmDb db, CurrentUser user, Confirmation confirmation, WorkspaceCache cache) : CrmPage
{
    public static readonly IReadOnlyList<Option> Ways =
    [
        new(nameof(Registration.Invitation), "People with an invitation"),
        new(nameof(Registration.Open), "Anybody, as a member of the team"),
        new(nameof(Registration.Closed), "Nobody: also invitations rest"),
    ];

    [BindProperty]
    public EditWorkspace Input { get; set; } = new();

    public string? SecondFactorError => ModelState["Input.RequireSecondFactor"]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>Of the settings as the form was opened with them.</summary>
    [BindProperty]
    public int? Version { get; set; }

    /// <summary>What another admin set meanwhile that this form sets to something else.</summary>
    public IReadOnlyList<SettingClash> Clashes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancel);
        Version = workspace.Version;
        Input = EditWorkspace.Of(workspace);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Invalid();
        }

        await using var write = await db.BeginWriteAsync(cancel);
        var workspace = await db.Workspaces.SingleAsync(cancel);
        var meanwhile = await Meanwhile.LoadAsync(db, nameof(Workspace), workspace.Id, workspace.Version, Version, cancel);
        var form = Values(Input);
        var present = Values(EditWorkspace.Of(workspace));
        Clashes = [.. form.Where(f => meanwhile.Clash(f.Key, f.Value, present[f.Key]) is not null)
            .Select(f => new SettingClash(f.Key, meanwhile.Clash(f.Key, f.Value, present[f.Key])!, present[f.Key] ?? "", f.Value ?? ""))];
        if (Clashes.Count > 0)
        {
            // Sent once more, the form knows what it replaces.
            ModelState.Remove(nameof(Version));
            Version = workspace.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        var merged = form.ToDictionary(f => f.Key, f => meanwhile.Merge(f.Key, f.Value, present[f.Key]), StringComparer.Ordinal);
        var settled = new EditWorkspace
        {
            Name = merged[nameof(Workspace.Name)],
            TimeZone = merged[nameof(Workspace.TimeZone)],
            Registration = Enum.Parse<Registration>(merged[nameof(Workspace.Registration)]!),
            RequireSecondFactor = merged[nameof(Workspace.RequiresSecondFactor)] == bool.TrueString,
            Address = merged[nameof(Workspace.Address)],
        };
        if (settled.MistakeFor(workspace, user) is { } mistake)
        {
            return Invalid("Input.RequireSecondFactor", mistake);
        }

        if (settled.RequireSecondFactor != workspace.RequiresSecondFactor && !confirmation.IsFresh)
        {
            return confirmation.Ask(HttpContext);
        }

        settled.ApplyTo(workspace);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        cache.Forget();
        Say("The settings are saved.");
        return Go("/settings");
    }

    /// <summary>By property, as the log writes them.</summary>
    private static Dictionary<string, string?> Values(EditWorkspace input) => new(StringComparer.Ordinal)
    {
        [nameof(Workspace.Name)] = Typed.Line(input.Name),
        [nameof(Workspace.TimeZone)] = input.TimeZone,
        [nameof(Workspace.Registration)] = input.Registration.ToString(),
        [nameof(Workspace.RequiresSecondFactor)] = input.RequireSecondFactor.ToString(),
        [nameof(Workspace.Address)] = Typed.Line(input.Address).TrimEnd('/') is { Length: > 0 } address ? address : null,
    };
}

/// <summary>A setting that two admins change at once.</summary>
public sealed record SettingClash(string Field, LaterChange Theirs, string Present, string Mine);
