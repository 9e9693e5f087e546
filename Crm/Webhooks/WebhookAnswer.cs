using System.Net;

namespace Crm.Webhooks;

/// <summary>What came of sending something off.</summary>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Body">How the answer begins.</param>
/// <param name="Error">A sentence, where the status does not say it all.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
public sealed record WebhookAnswer(int? Status, string Body = "", string? Error = null, int Milliseconds = 0, TimeSpan? RetryAfter = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The receiver wants no more, now and later.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;

    /// <summary>Trying again would not help.</summary>
    public bool IsFinal => IsGone;
}
