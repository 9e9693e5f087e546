using Crm.Accounts;

namespace Crm.Tests.Accounts;

public sealed class PermissionTableTests
{
    [Fact]
    public void The_words_leave_nothing_out_and_add_nothing()
    {
        foreach (var right in Enum.GetValues<Right>())
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var conditions = PermissionTable.ConditionsOf(right, role);
                Assert.All(PermissionTable.Standings(role), standing => Assert.Equal(
                    (right, standing, Permissions.Allows(right, standing)),
                    (right, standing, conditions?.All(c => c.Holds(standing)) == true)));
            }
        }
    }
}
