using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>The workspace's settings, which every page needs and which hardly ever change.</summary>
public sealed class WorkspaceCache
{
    private Workspace? _workspace;

    /// <summary>The settings as last read; a default before the workspace is set up.</summary>
    public Workspace Current => _workspace ?? Workspace.SetUp("Crm", "UTC", default);

    /// <returns>False as long as nobody has set the workspace up.</returns>
    public async Task<bool> ExistsAsync(CrmDb db, CancellationToken cancel = default) =>
        (_workspace ??= await db.Workspaces.AsNoTracking().FirstOrDefaultAsync(cancel)) is not null;

    /// <summary>Call after the settings were saved.</summary>
    public void Forget() => _workspace = null;
}
