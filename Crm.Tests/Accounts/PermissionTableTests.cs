using Crm.Accounts;

namespace Crm.Tests.Accounts;

public sealed class PermissionTableTests
{
    /// <summary>With <c>CRM_DOCS=1</c> it writes the page instead.</summary>
    [Fact]
    public async Task The_documentation_says_what_the_program_asks()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Crm.sln")))
        {
            root = root.Parent;
        }

        var page = Path.Combine(root.FullName, "Crm", "Docs", "permissions.md");
        if (Environment.GetEnvironmentVariable("CRM_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, PermissionTable.ToMarkdown(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(PermissionTable.ToMarkdown(), await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), ignoreLineEndingDifferences: true);
    }

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
