using System.Globalization;
using System.Security.Claims;

namespace Crm.Accounts;

/// <summary>The person on whose behalf a request runs. See <see cref="KnownUsers"/> for how fresh that is.</summary>
public sealed record CurrentUser(int Id, string Name, Role Role, string? TimeZone, Theme Theme, int SessionId)
{
    public const string Scheme = "session";

    private const string Confirmed = "auth_time";
    private const string SecondFactor = "mfa";
    private const string Token = "token";
    private const string ReadOnly = "read-only";

    public static readonly CurrentUser Nobody = new(0, "", Role.Client, null, Theme.System, 0);

    /// <summary>When this browser last proved who sits at it.</summary>
    public DateTime ConfirmedAt { get; init; }

    /// <summary>More than one proof was given in this session.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Of the personal access token that a call was made with; 0 for a session's.</summary>
    public int TokenId { get; init; }

    /// <summary>The call was made with a token that may only read.</summary>
    public bool IsReadOnly { get; init; }

    public bool IsSignedIn => Id != 0;

    public bool IsTeam => IsSignedIn && Role >= Role.Member;

    public bool IsAdmin => IsSignedIn && Role == Role.Admin;

    public static CurrentUser From(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated != true
            ? Nobody
            : new CurrentUser(
                Number(principal, ClaimTypes.NameIdentifier),
                principal.FindFirstValue(ClaimTypes.Name) ?? "",
                Enum.Parse<Role>(principal.FindFirstValue(ClaimTypes.Role) ?? nameof(Role.Client)),
                principal.FindFirstValue("zoneinfo"),
                Enum.Parse<Theme>(principal.FindFirstValue("theme") ?? nameof(Theme.System)),
                Number(principal, "sid"))
            {
                ConfirmedAt = DateTime.Parse(principal.FindFirstValue(Confirmed) ?? "0001-01-01", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                HasSecondFactor = principal.HasClaim(SecondFactor, bool.TrueString),
                TokenId = Number(principal, Token),
                IsReadOnly = principal.HasClaim(ReadOnly, bool.TrueString),
            };

    /// <summary>A person who has just proved who they are, before the session has a number.</summary>
    public static CurrentUser Of(Person person) => new(person.Id, person.Name, person.Role, person.TimeZone, person.Theme, 0);

    public ClaimsPrincipal ToPrincipal()
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, Name),
            new(ClaimTypes.Role, Role.ToString()),
            new("theme", Theme.ToString()),
            new("sid", SessionId.ToString(CultureInfo.InvariantCulture)),
            new(Confirmed, ConfirmedAt.ToString("O", CultureInfo.InvariantCulture)),
            new(SecondFactor, HasSecondFactor.ToString()),
            new(Token, TokenId.ToString(CultureInfo.InvariantCulture)),
            new(ReadOnly, IsReadOnly.ToString()),
        ];
        if (TimeZone is not null)
        {
            claims.Add(new Claim("zoneinfo", TimeZone));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    private static int Number(ClaimsPrincipal principal, string type) =>
        int.Parse(principal.FindFirstValue(type) ?? "0", CultureInfo.InvariantCulture);
}
