namespace Crm.Web.Api;

/// <summary>Something of a request cannot be read: answered with 400, naming the parameter or the property.</summary>
public sealed class BadInputException(string field, string words) : BadHttpRequestException(words, StatusCodes.Status400BadRequest)
{
    public string Field { get; } = field;
}
