using Crm.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Host;

/// <summary>Signs somebody in as the sign-in page does, without the tenth of a second that a password costs.</summary>
internal static class SignedInCookie
{
    public static async Task<string> MakeAsync(IServiceProvider services, Person person)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "http";
        context.Request.Headers.UserAgent = "Test browser";
        var user = new CurrentUser(person.Id, person.Name, person.Role, person.TimeZone, person.Theme, 0);
        await context.SignInAsync(CurrentUser.Scheme, user.ToPrincipal());
        return context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2)[1];
    }
}
