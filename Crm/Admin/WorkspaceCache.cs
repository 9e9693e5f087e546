using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>The workspace's settings, which every page needs and which hardly ever change.</summary>
public sealed class WorkspaceCache
{
    private Workspace? _workspace;
    private volatile bool _isStale = true;

    /// <summary>The settings as last read; a default before the workspace is set up.</summary>
    public Workspace Current => _workspace ?? Workspace.SetUp("Crm", "UTC", default);

    /// <summary>Each request asks this first, and thereby reads the settings anew when they have changed.</summary>
    /// <returns>False as long as nobody has set the workspace up.</returns>
    /// <param name="services">Of the request, for its database.</param>
    public async Task<bool> ExistsAsync(IServiceProvider services, CancellationToken cancel = default)
    {
        if (_isStale || _workspace is null)
        {
            // Before the question: what is saved while it is asked makes the answer stale again.
            _isStale = false;
            _workspace = await services.GetRequiredService<CrmDb>().Workspaces.AsNoTracking().SingleOrDefaultAsync(cancel);
        }

        return _workspace is not null;
    }

    /// <summary>Call after the settings were saved. Until they are read again, the old ones hold.</summary>
    public void Forget() => _isStale = true;
}
