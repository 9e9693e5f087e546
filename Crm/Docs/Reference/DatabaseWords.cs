using System.Globalization;
using Crm.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Docs.Reference;

/// <summary>What is said of tables and columns: by the docstrings of the code, or here of what ASP.NET Core Identity brings.</summary>
internal static class DatabaseWords
{
    private static readonly Dictionary<Type, string> OfIdentity = new()
    {
        [typeof(IdentityUserClaim<int>)] = "Statements about a person, of ASP.NET Core Identity. Not used.",
        [typeof(IdentityUserLogin<int>)] = "Which account at a provider of single sign-on is whose.",
        [typeof(IdentityUserToken<int>)] = "What waits for or opens a second step: the key of an authenticator app, hashed recovery codes, a new address until it is confirmed.",
        [typeof(IdentityUserPasskey<int>)] = "Passkeys: the public half of each, with its name and counter.",
    };

    /// <summary>Columns that mean the same in every table.</summary>
    private static readonly Dictionary<string, string> OfAll = new(StringComparer.Ordinal)
    {
        ["Id"] = "Number of the row.",
        ["Version"] = "Grows by one with every saved change; guards against two people who change the same thing.",
        ["CreatedAt"] = "When it was made.",
        ["CreatedById"] = "Who made it.",
        ["UpdatedAt"] = "When it was changed last.",
        ["ArchivedAt"] = "Since when it is archived.",
        ["DeletedAt"] = "Since when it is deleted.",
        ["ImportKey"] = "Where it came from, such as `trello:5c92…`, so that the next import finds it again.",
        ["Position"] = "Place among its like, ascending.",
    };

    private static readonly Dictionary<string, string> OfPerson = new(StringComparer.Ordinal)
    {
        ["UserName"] = "The same as the e-mail.",
        ["NormalizedUserName"] = "In capitals, by which somebody is found.",
        ["Email"] = "What somebody signs in with.",
        ["NormalizedEmail"] = "In capitals, by which somebody is found.",
        ["EmailConfirmed"] = "The address was shown to be theirs.",
        ["PasswordHash"] = "PBKDF2-HMAC-SHA-512 with a salt. Null for those who cannot sign in with a password.",
        ["SecurityStamp"] = "Another one with each new password or second factor: what was made before is worthless.",
        ["ConcurrencyStamp"] = "Another one with each change of the account.",
        ["TwoFactorEnabled"] = "A second step is asked for.",
        ["PhoneNumber"] = "Not used.",
        ["PhoneNumberConfirmed"] = "Not used.",
        ["LockoutEnd"] = "Not asked: wrong tries are counted in `SignIns`.",
        ["LockoutEnabled"] = "Not asked.",
        ["AccessFailedCount"] = "Not asked.",
    };

    public static string Of(ITable table, Docstrings words)
    {
        var type = table.EntityTypeMappings.First().TypeBase.ClrType;
        return words.Of(type) is { Length: > 0 } said ? said : OfIdentity.GetValueOrDefault(type, "");
    }

    public static string Of(IColumn column, Docstrings words)
    {
        if (column.PropertyMappings.FirstOrDefault()?.Property is not { } property)
        {
            return "JSON.";
        }

        var said = property.PropertyInfo is { } info ? words.Of(info) : "";
        if (said.Length == 0 && typeof(Person).IsAssignableTo(property.DeclaringType.ClrType))
        {
            said = OfPerson.GetValueOrDefault(property.Name, "");
        }

        if (said.Length == 0)
        {
            said = OfAll.GetValueOrDefault(property.Name, "");
        }

        return $"{said} {Choices(property)}".Trim();
    }

    /// <summary>What the numbers of an enumeration mean.</summary>
    private static string Choices(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return !type.IsEnum || (property.GetTypeMapping().Converter?.ProviderClrType ?? typeof(int)) == typeof(string)
            ? ""
            : string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(n => $"{Convert.ToString(n, CultureInfo.InvariantCulture)} {Enum.GetName(type, n)}")) + ".";
    }
}
