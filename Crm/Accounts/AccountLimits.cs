namespace Crm.Accounts;

/// <summary>What strangers may send.</summary>
public static class AccountLimits
{
    /// <summary>Bytes of a form that anybody can send without an account.</summary>
    public const long Form = 64 * 1024;
}
