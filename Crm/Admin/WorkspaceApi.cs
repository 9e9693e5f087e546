using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>The workspace's settings.</summary>
/// <param name="TimeZone">IANA name. Days (due, overdue, today) are judged here for everybody.</param>
/// <param name="Registration">Who may come in by themselves.</param>
/// <param name="RequiresSecondFactor">Nobody works here without a second proof of who they are.</param>
/// <param name="Address">Links in mails begin with it; null for none.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record WorkspaceResource(
    string Name, string TimeZone, Registration Registration, bool RequiresSecondFactor, string? Address, DateTime CreatedAt, int Version);

/// <summary>What of the settings can be changed. What is not sent stays as it is.</summary>
public sealed record WorkspacePatch
{
    [Display(Name = "Name of the workspace")]
    [Line(Workspace.NameLength, Required = true)]
    public string? Name { get; init; }

    /// <summary>IANA name.</summary>
    [Display(Name = "Time zone")]
    [Required(ErrorMessage = "Choose a time zone.")]
    [TimeZoneName]
    public string? TimeZone { get; init; }

    public Registration Registration { get; init; }

    /// <summary>Asks for a fresh proof of who calls, and that they have a second factor.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>Such as <c>https://crm.example.com</c>; null for none.</summary>
    [Display(Name = "Address")]
    [Line(Workspace.AddressLength)]
    [WebAddress]
    public string? Address { get; init; }
}

/// <summary>The settings over the API.</summary>
public static class WorkspaceApi
{
    public static void MapWorkspace(this RouteGroupBuilder api)
    {
        var workspace = api.MapGroup("/workspace").WithTags("Workspace");
        workspace.MapGet("", GetAsync).WithName("getWorkspace");
        workspace.MapPatch("", ChangeAsync).WithName("updateWorkspace");
    }

    /// <summary>Get the settings</summary>
    /// <remarks>What holds for the whole workspace.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Tagged<WorkspaceResource>> GetAsync([AsParameters] Call call)
    {
        var settings = await call.Db.Workspaces.AsNoTracking()
            .Select(w => new WorkspaceResource(w.Name, w.TimeZone, w.Registration, w.RequiresSecondFactor, w.Address, w.CreatedAt, w.Version)).SingleAsync(call.Cancel);
        return new Tagged<WorkspaceResource>(settings, settings.Version);
    }

    /// <summary>Change the settings</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is.</remarks>
    /// <param name="ifMatch">The ETag of the settings as the caller knows them: 412 when they have changed since.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<WorkspaceResource>, Refusal>> ChangeAsync(
        MergePatch<WorkspacePatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, Confirmation confirmation, WorkspaceCache cache, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var workspace = await call.Db.Workspaces.SingleAsync(call.Cancel);
        if ((Refusal.Of(workspace, _ => true, ifMatch) ?? patch.Mistakes()) is { } refusal)
        {
            return refusal;
        }

        var input = Merge(workspace, patch);
        if (input.MistakeFor(workspace, call.User) is { } mistake)
        {
            return Refusal.Invalid("requiresSecondFactor", mistake);
        }

        if (input.RequireSecondFactor != workspace.RequiresSecondFactor && !confirmation.IsFresh)
        {
            return AskAgainForCalls.NotFresh;
        }

        input.ApplyTo(workspace);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        cache.Forget();
        return await GetAsync(call);
    }

    private static EditWorkspace Merge(Workspace workspace, MergePatch<WorkspacePatch> patch)
    {
        var (present, sent) = (EditWorkspace.Of(workspace), patch.Values);
        return new EditWorkspace
        {
            Name = patch.Has(nameof(sent.Name)) ? sent.Name : present.Name,
            TimeZone = patch.Has(nameof(sent.TimeZone)) ? sent.TimeZone : present.TimeZone,
            Registration = patch.Has(nameof(sent.Registration)) ? sent.Registration : present.Registration,
            RequireSecondFactor = patch.Has(nameof(sent.RequiresSecondFactor)) ? sent.RequiresSecondFactor : present.RequireSecondFactor,
            Address = patch.Has(nameof(sent.Address)) ? sent.Address : present.Address,
        };
    }
}
