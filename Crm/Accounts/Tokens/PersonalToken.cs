using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Accounts.Tokens;

public enum TokenScope
{
    /// <summary>Sees what its owner sees, and changes nothing.</summary>
    Read,

    /// <summary>Does what its owner may do, but for what asks them once more who they are.</summary>
    Write,
}

/// <summary>
/// What a program of somebody's shows to act for them, until it expires or is revoked. Revoked means gone: that it was there, and
/// who took it away, stands in the person's history.
/// </summary>
public sealed class PersonalToken
{
    public const int NameLength = 80;

    /// <summary>So many may somebody have at a time.</summary>
    public const int Most = 50;

    public const int LongestDays = 366;

    /// <summary>Enough to tell one from another, and nothing to guess by.</summary>
    private const int ShownLength = 4;

    private PersonalToken()
    {
    }

    public int Id { get; private set; }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the token, which is shown once.</summary>
    public string Hash { get; private set; } = "";

    public string LastFour { get; private set; } = "";

    public TokenScope Scope { get; private set; }

    /// <summary>Whether more than one proof was given in the session that it was made in.</summary>
    public bool HasSecondFactor { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>To a few minutes; see <see cref="LastSeen"/>. Null as long as nobody has used it.</summary>
    public DateTime? LastUsedAt { get; private set; }

    public string? LastAddress { get; private set; }

    public static PersonalToken Make(string secret, NewToken input, CurrentUser owner, DateTime now) => new()
    {
        PersonId = owner.Id,
        Name = Web.Typed.Line(input.Name),
        Hash = Secret.Hash(secret),
        LastFour = secret[^ShownLength..],
        Scope = input.Scope,
        HasSecondFactor = owner.HasSecondFactor,
        CreatedAt = now,
        ExpiresAt = now.AddDays(input.ExpiresInDays),
    };
}

public sealed class PersonalTokenMapping : IEntityTypeConfiguration<PersonalToken>
{
    public void Configure(EntityTypeBuilder<PersonalToken> token)
    {
        token.Property(t => t.Name).HasMaxLength(PersonalToken.NameLength);
        token.Property(t => t.Hash).HasMaxLength(64);
        token.Property(t => t.LastFour).HasMaxLength(4);
        token.Property(t => t.LastAddress).HasMaxLength(SignInEvent.AddressLength);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasOne(t => t.Person).WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
