namespace Crm.Accounts;

/// <summary>What a person may do in the workspace. The order matters: a later role may do all that an earlier one may.</summary>
public enum Role
{
    /// <summary>An outsider who sees the projects that they were added to, and nothing else.</summary>
    Client,

    /// <summary>One of the team.</summary>
    Member,

    /// <summary>Runs the workspace.</summary>
    Admin,
}

/// <summary>Which colours a person wants to see.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}
