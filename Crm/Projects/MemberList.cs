using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Web;

namespace Crm.Projects;

/// <summary>Who is on a project, and who could be.</summary>
public sealed record MemberList(Project Project, bool CanEdit, IReadOnlyList<Option> Others, string? Error = null)
{
    private const string OwnerStays = "The owner stays a member: hand the project to somebody else first.";

    /// <param name="project">With its members.</param>
    public static string WhyNotRemoved(Project project, int? personId) =>
        project.Members.Any(m => m.PersonId == personId) ? OwnerStays : "They are not on the project any more: somebody else took them off.";

    /// <param name="project">With its members and their people.</param>
    public static async Task<MemberList> LoadAsync(CrmDb db, Project project, bool canEdit, CancellationToken cancel)
    {
        if (!canEdit)
        {
            return new MemberList(project, canEdit, []);
        }

        var members = project.Members.Select(m => m.PersonId.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        var people = await db.People.Where(p => p.DisabledAt == null).AsOptions(cancel);
        return new MemberList(project, canEdit, [.. people.Where(p => !members.Contains(p.Value))]);
    }
}
