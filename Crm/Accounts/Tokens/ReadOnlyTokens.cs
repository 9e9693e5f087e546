using Crm.Web.Api;

namespace Crm.Accounts.Tokens;

/// <summary>Holds a token that may only read to that, whatever the operation.</summary>
public static class ReadOnlyTokens
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || !CurrentUser.From(context.User).IsReadOnly
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "This token may only read. Nothing was changed. Make one in your profile that may read and write.");
}
