namespace Crm.Accounts;

/// <summary>What strangers may send, and how often they may try.</summary>
public static class AccountLimits
{
    /// <summary>Bytes of a form that anybody can send without an account.</summary>
    public const long Form = 64 * 1024;

    /// <summary>
    /// Wrong tries for one account within <see cref="Window"/>: all unknown browsers together have so many, and each browser in
    /// which the person has signed in before has as many of its own.
    /// </summary>
    public const int TriesPerAccount = 10;

    /// <summary>Wrong tries from one IP address within <see cref="Window"/>, whatever the account.</summary>
    public const int TriesPerAddress = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Reset links mailed to one person within <see cref="LinkWindow"/>.</summary>
    public const int LinksPerPerson = 3;

    /// <summary>Reset links asked for from one IP address within <see cref="LinkWindow"/>.</summary>
    public const int LinksPerAddress = 20;

    public static readonly TimeSpan LinkWindow = TimeSpan.FromHours(1);
}
