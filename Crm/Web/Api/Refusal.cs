using System.Diagnostics.CodeAnalysis;
using Crm.Timeline;

namespace Crm.Web.Api;

/// <summary>Why a call was not carried out, as problem details (RFC 9457). Nothing was changed.</summary>
/// <param name="detail">What is wrong and what to do; null where the status says enough.</param>
/// <param name="errors">Sentences by the name of the property or parameter that they are about.</param>
public sealed class Refusal(int status, string? detail = null, IDictionary<string, string[]>? errors = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>There is none, or none that the caller may see.</summary>
    public static readonly Refusal NotFound = new(StatusCodes.Status404NotFound);

    /// <summary>Seen, but not allowed.</summary>
    public static readonly Refusal NotAllowed = new(StatusCodes.Status403Forbidden);

    public int? StatusCode => status;

    /// <summary>The usual guard of a change: found, allowed, and still the version that the caller has seen.</summary>
    /// <param name="record">As found through <c>VisibleTo</c>.</param>
    /// <param name="ifMatch">The request's header; null for an operation that does not ask.</param>
    /// <returns>Null when nothing stands in the way.</returns>
    public static Refusal? Of<T>([NotNull] T? record, Func<T, bool> may, string? ifMatch = null)
        where T : class, ITracked
    {
#pragma warning disable CS8777 // Whoever goes on without a refusal has a record
        return record is null ? NotFound : !may(record) ? NotAllowed : !ETags.Fits(ifMatch, record.Version) ? new Refusal(StatusCodes.Status412PreconditionFailed) : null;
#pragma warning restore CS8777
    }

    /// <summary>What was sent can be read and cannot be.</summary>
    public static Refusal Invalid(string field, string words) => Invalid(new Dictionary<string, string[]> { [field] = [words] });

    public static Refusal Invalid(IDictionary<string, string[]> errors) => new(StatusCodes.Status422UnprocessableEntity, errors: errors);

    /// <summary>It is as it is, and does not go together with what was asked.</summary>
    public static Refusal Conflict(string words) => new(StatusCodes.Status409Conflict, words);

    /// <summary>Once it was there, and it is too late.</summary>
    public static Refusal Gone(string words) => new(StatusCodes.Status410Gone, words);

    public Task ExecuteAsync(HttpContext httpContext) => Problems.WriteAsync(httpContext, status, detail, errors);
}
