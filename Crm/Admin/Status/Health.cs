using Crm.Accounts;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Admin.Status;

/// <summary><c>/healthz</c>: whether the program is alive. <c>/readyz</c>: whether it can do its work; admins read why or why not.</summary>
public static class Health
{
    public const string Alive = "/healthz";
    public const string Ready = "/readyz";

    /// <summary>Comes before everything: neither a database nor a limit nor a redirection stands in the way of the answer.</summary>
    public static void UseCrmHealth(this IApplicationBuilder app) => app.UseHealthChecks(Alive, new HealthCheckOptions
    {
        Predicate = _ => false,
        ResponseWriter = (context, _) => Results.Text("ok\n").ExecuteAsync(context),
    });

    public static void MapCrmHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Ready, [HttpMethods.Get, HttpMethods.Head], AnswerAsync).AllowAnonymous().DisableRateLimiting().WithMetadata(new NeedsAttribute(Right.Anything));

    /// <summary>As it stands in lists: “good”, “degraded”, “bad”.</summary>
    public static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "good",
        HealthStatus.Degraded => "degraded",
        _ => "bad",
    };

    private static async Task<IResult> AnswerAsync(Readiness readiness, CurrentUser user)
    {
        var report = await readiness.LookAsync();
        var isReady = report.Status != HealthStatus.Unhealthy;
        var lines = user.IsAdmin ? report.Entries.Select(e => $"{e.Key}: {Word(e.Value.Status)}. {e.Value.Description}\n") : [];
        return Results.Text($"{(isReady ? "ready" : "not ready")}\n{string.Concat(lines)}", statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
