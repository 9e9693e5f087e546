using System.Globalization;
using Crm.Accounts.Security;
using Crm.Data;
using Crm.Web.Api;

namespace Crm.Accounts.Tokens;

/// <summary>Signs a program in by what a person would type on the page: judged, counted and written down by the same rules.</summary>
public sealed class CallSignIn(
    CrmDb db, Credentials credentials, SecondFactors factors, SignInLog log, CallSessions sessions, SecurityMail mail, IHttpContextAccessor http)
{
    // The same for every reason, so that it tells nobody who has an account here.
    private const string DoesNotFit =
        "That e-mail and password do not fit. After ten wrong tries for an account a program has to wait for a quarter of an hour.";

    private const string NeedsCode =
        "This account has a second factor. Send a code of the authenticator app as 'code', or a recovery code as 'recoveryCode'. With a passkey alone, sign in with a browser and make a personal access token in the profile.";

    private const string CodeDoesNotFit = "That code does not fit, or it was used already. After several wrong tries you have to wait a while.";

    public async Task<(SessionTokens? Tokens, Refusal? Refusal)> RunAsync(Login input, CancellationToken cancel)
    {
        SessionTokens? tokens = null;
        Person? known = null;
        var verdict = await credentials.ProveAsync(
            Web.Typed.Line(input.Email),
            input.Password ?? "",
            async person =>
            {
                known = person;
                tokens = person.TwoFactorEnabled ? null : await sessions.StartAsync(person, SignInMethod.Password, hasSecondFactor: false, cancel);
            },
            cancel);
        return (tokens, known, verdict) switch
        {
            ({ } done, _, _) => (done, null),
            (_, { } person, _) => await GoOnAsync(person, input, cancel),
            _ => (null, Refuse(verdict, null, DoesNotFit)),
        };
    }

    /// <summary>The second step, after a good password.</summary>
    private async Task<(SessionTokens? Tokens, Refusal? Refusal)> GoOnAsync(Person known, Login input, CancellationToken cancel)
    {
        var isRecovery = string.IsNullOrEmpty(input.Code);
        if (isRecovery && string.IsNullOrEmpty(input.RecoveryCode))
        {
            return (null, Refuse(new Verdict(false), "code", NeedsCode));
        }

        db.ChangeTracker.Clear();
        SessionTokens? tokens = null;
        var method = isRecovery ? SignInMethod.RecoveryCode : SignInMethod.AuthenticatorCode;
        var verdict = await log.JudgeAsync(
            known.Id,
            method,
            async person => person.SecurityStamp == known.SecurityStamp
                && (isRecovery ? await factors.TakeRecoveryCodeAsync(person, input.RecoveryCode, cancel) : await factors.TakeCodeAsync(person, input.Code, cancel)),
            async person => tokens = await sessions.StartAsync(person, method, hasSecondFactor: true, cancel),
            cancel);
        if (tokens is null)
        {
            return (null, Refuse(verdict, isRecovery ? "recoveryCode" : "code", CodeDoesNotFit));
        }

        if (isRecovery)
        {
            await mail.TellOfRecoveryCodeAsync(known, (await factors.OfAsync(known.Id, cancel)).RecoveryCodes, cancel);
        }

        return (tokens, null);
    }

    private Refusal Refuse(Verdict verdict, string? field, string words)
    {
        var headers = http.HttpContext!.Response.Headers;
        if (verdict.Wait is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return new Refusal(StatusCodes.Status429TooManyRequests, "Too many wrong tries came from your network. Wait as long as Retry-After says, in seconds.");
        }

        headers.WWWAuthenticate = "Bearer";
        return new Refusal(StatusCodes.Status401Unauthorized, words, field is null ? null : new Dictionary<string, string[]> { [field] = [words] });
    }
}
