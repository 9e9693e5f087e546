using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Requests;

/// <summary>What is told of single requests.</summary>
[Settings("Requests")]
public sealed class RequestSettings
{
    /// <summary>From so many milliseconds on a request counts as slow: it is logged as a warning and listed on the page System.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least 1")]
    public int SlowMilliseconds { get; set; } = 1_000;
}
