namespace Crm.Data;

/// <summary>Orders that the database knows by name.</summary>
public static class Collations
{
    public const string IgnoreCase = "NOCASE";
}
