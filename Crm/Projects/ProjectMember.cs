using Crm.Accounts;

namespace Crm.Projects;

/// <summary>A person who works on a project, or a client who may see it.</summary>
public sealed class ProjectMember
{
    public ProjectMember(int personId) => PersonId = personId;

    public int ProjectId { get; private set; }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;
}
