using Crm.Accounts;

namespace Crm.Tasks;

/// <summary>A person who works on a task beside its assignee.</summary>
public sealed class TaskMember
{
    public TaskMember(int personId) => PersonId = personId;

    public int TaskId { get; private set; }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;
}
