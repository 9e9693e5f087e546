namespace Crm.Accounts;

/// <summary>A link that lets one person in, with a role, and for clients to a project.</summary>
public sealed class Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private Invitation()
    {
    }

    public int Id { get; private set; }

    /// <summary>SHA-256 of the token in the link; the link itself is shown once.</summary>
    public string TokenHash { get; private set; } = "";

    public string? Email { get; private set; }

    public Role Role { get; private set; }

    /// <summary>The imported person whom this invitation lets in, if it is for one.</summary>
    public int? PersonId { get; private set; }

    public Person? Person { get; private set; }

    /// <summary>A project that the person joins on arrival.</summary>
    public int? ProjectId { get; private set; }

    public int InvitedById { get; private set; }

    public Person InvitedBy { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? AcceptedAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public static Invitation Create(string tokenHash, Role role, string? email, int? personId, int? projectId, int invitedById, DateTime now) =>
        new()
        {
            TokenHash = tokenHash,
            Role = role,
            Email = email,
            PersonId = personId,
            ProjectId = projectId,
            InvitedById = invitedById,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };

    public bool IsOpen(DateTime now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;

    public void Accept(DateTime now) => AcceptedAt = now;

    public void Revoke(DateTime now) => RevokedAt ??= now;

    /// <summary>Makes the old link worthless and a new one good for another term.</summary>
    public void Renew(string tokenHash, DateTime now) => (TokenHash, ExpiresAt, RevokedAt) = (tokenHash, now + Lifetime, null);
}
