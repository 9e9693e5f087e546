using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Crm.Accounts.Security;

/// <summary>Hands new recovery codes to the next page, which shows them once.</summary>
internal static class ShownCodes
{
    private const string Key = "recovery-codes";

    public static void Put(ITempDataDictionary data, IReadOnlyList<string> codes) => data[Key] = codes.ToArray();

    public static IReadOnlyList<string> Take(ITempDataDictionary data) => data[Key] as string[] ?? [];
}
