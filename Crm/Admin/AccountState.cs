using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin;

/// <summary>What an admin reads of people: the words for roles and for who may sign in.</summary>
public static class AccountState
{
    public static readonly IReadOnlyList<Option> Roles =
    [
        new(nameof(Role.Member), "Member: one of the team"),
        new(nameof(Role.Client), "Client: sees the projects they are added to"),
        new(nameof(Role.Admin), "Admin: runs the workspace"),
    ];

    public static Shown Show(bool hasPassword, DateTime? disabledAt) => (hasPassword, disabledAt) switch
    {
        (_, not null) => new Shown("Disabled", "bad"),
        (true, _) => new Shown("Can sign in", "good"),
        _ => new Shown("Imported", ""),
    };
}
