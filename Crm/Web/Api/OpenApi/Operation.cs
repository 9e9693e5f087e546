using System.Reflection;
using Crm.Accounts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>An operation of the document and the handler behind it, which tells what can come of it.</summary>
internal sealed class Operation
{
    private const string Key = "endpoint";

    private readonly Type[] _answers;

    private Operation(string path, HttpMethod method, OpenApiOperation shape, ApiDescription endpoint)
    {
        (Path, Method, Shape, Metadata) = (path, method, shape, endpoint.ActionDescriptor.EndpointMetadata);
        Handler = Metadata.OfType<MethodInfo>().Last();
        var answer = Handler.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>) ? task.GetGenericArguments()[0] : Handler.ReturnType;
        _answers = answer.IsAssignableTo(typeof(INestedHttpResult)) ? answer.GetGenericArguments() : [answer];
    }

    public string Path { get; }

    public HttpMethod Method { get; }

    public OpenApiOperation Shape { get; }

    public MethodInfo Handler { get; }

    public IList<object> Metadata { get; }

    public string Name => $"{Method} {Path}";

    public Right? Right => Metadata.OfType<NeedsAttribute>().LastOrDefault()?.Right;

    /// <summary>Whoever calls it need not be signed in.</summary>
    public bool IsOpen => Right == Accounts.Right.Anything;

    public bool IsWrite => Method != HttpMethod.Get && Method != HttpMethod.Head;

    public bool HasBody => Shape.RequestBody is not null;

    /// <summary>What it is about stands in the address, and so may be missing.</summary>
    public bool HasRecord => Path.Contains('{', StringComparison.Ordinal);

    public bool HasIfMatch => Shape.Parameters?.Any(p => p is { In: ParameterLocation.Header, Name: "If-Match" }) == true;

    /// <summary>Answers with an ETag.</summary>
    public bool IsTagged => Answers(typeof(Tagged<>));

    /// <summary>Answers with a page of a list.</summary>
    public bool IsListed => Answers(typeof(Listed<>));

    /// <summary>Remembers the endpoint at its operation, for when the whole document is there.</summary>
    public static void Remember(OpenApiOperation operation, ApiDescription endpoint) => (operation.Metadata ??= new Dictionary<string, object>())[Key] = endpoint;

    public static IEnumerable<Operation> Of(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        select new Operation(path.Key, operation.Key, operation.Value, (ApiDescription)operation.Value.Metadata![Key]);

    /// <summary>What in the code takes a parameter of the request.</summary>
    public ICustomAttributeProvider? SourceOf(string parameter)
    {
        foreach (var own in Handler.GetParameters())
        {
            if (own.IsDefined(typeof(AsParametersAttribute)))
            {
                if (own.ParameterType.GetProperties().FirstOrDefault(p => string.Equals(Inputs.NameOf(p), parameter, StringComparison.OrdinalIgnoreCase)) is { } property)
                {
                    return property;
                }
            }
            else if (string.Equals(NameOf(own), parameter, StringComparison.OrdinalIgnoreCase))
            {
                return own;
            }
        }

        return null;
    }

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().OfType<IFromHeaderMetadata>().FirstOrDefault()?.Name
        ?? parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name!;

    private bool Answers(Type generic) => _answers.Any(answer =>
    {
        for (var type = answer; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == generic)
            {
                return true;
            }
        }

        return false;
    });
}
