namespace Crm.Timeline;

/// <summary>Who may see a task or an entry of a conversation in a project that is shared with clients.</summary>
public enum Audience
{
    TeamOnly,
    ClientVisible,
}
