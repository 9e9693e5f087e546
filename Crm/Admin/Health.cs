using Crm.Accounts;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary><c>/healthz</c>: whether the program and its database answer. Admins also read how old the last backup is.</summary>
public static class Health
{
    public const string Path = "/healthz";

    public static void MapCrmHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, AnswerAsync).AllowAnonymous().WithMetadata(new NeedsAttribute(Right.Anything));

    private static async Task<IResult> AnswerAsync(CrmDb db, CurrentUser user, BackupState backups, Clock clock, CancellationToken cancel)
    {
        try
        {
            await db.Workspaces.AnyAsync(cancel);
        }
        catch (SqliteException)
        {
            return Results.Text("The database does not answer.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return Results.Text(user.IsAdmin ? $"ok\nlast verified backup: {(backups.LastAt is { } last ? clock.Ago(last) : "never")}\n{backups.Failure}" : "ok\n");
    }
}
