using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Web.Api;

/// <summary>
/// One of a few words in JSON, such as <c>onHold</c>. Anything else is refused; the framework's own converter would take
/// <c>"active,onHold"</c> for the choice that their numbers add up to.
/// </summary>
internal sealed class ChoiceConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Choice<T>.TryParse(reader.GetString(), null, out var choice) ? choice.Value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(new Choice<T>(value).ToString());
    }
}
