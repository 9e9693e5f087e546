using System.Diagnostics.CodeAnalysis;

namespace Crm.Web.Api;

/// <summary>One of a few words, in a query written as in JSON: such as <c>onHold</c>. Anything else is refused.</summary>
public readonly record struct Choice<T>(T Value)
    where T : struct, Enum
{
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Choice<T> choice)
    {
        var name = Enum.GetNames<T>().FirstOrDefault(n => string.Equals(ApiJson.Name(n), text, StringComparison.Ordinal));
        choice = name is null ? default : new Choice<T>(Enum.Parse<T>(name));
        return name is not null;
    }

    public override string ToString() => ApiJson.Name(Value.ToString());
}
