using Crm.Accounts;

namespace Crm.Admin;

/// <summary>One line of the list of open invitations.</summary>
public sealed record InvitationRow(int Id, string For, Role Role, string InvitedBy, DateTime ExpiresAt, bool HasExpired);
