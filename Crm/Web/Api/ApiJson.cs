using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Web.Api;

/// <summary>How JSON is read and written: names and choices in camel case, and nothing taken in that means nothing.</summary>
public static class ApiJson
{
    private const int DeepestNesting = 32;

    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.MaxDepth = DeepestNesting;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new ChoiceConverter());
        return options;
    }

    /// <summary>A property's name as JSON writes it.</summary>
    public static string Name(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <summary>The choices of an enumeration as JSON writes them, for a sentence.</summary>
    public static string Choices(Type choice) => string.Join(", ", Enum.GetNames(choice).Select(Name));
}
