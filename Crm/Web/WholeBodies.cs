using Microsoft.AspNetCore.Http.Features;

namespace Crm.Web;

/// <summary>
/// Lets a request come in to its end while the program stops. The server then breaks off the reading of a body of which something was
/// looked at and left for later, as JSON is read from its pipe; read through the stream, nothing is.
/// </summary>
public static class WholeBodies
{
    public static Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(context));
        }

        return next(context);
    }
}
