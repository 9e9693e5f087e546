using System.Collections.Concurrent;
using System.Reflection;

namespace Crm.Accounts;

/// <summary>
/// Says which right an endpoint needs. On a page's class it holds for all its handlers; a handler that needs more says so
/// itself. What has none is closed to everybody.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    private static readonly ConcurrentDictionary<(Type Page, MethodInfo Handler), Right?> Known = new();

    private Right? _toWrite;

    public Right Right { get; } = right;

    /// <summary>What the handlers need that are marked with <see cref="WritesAttribute"/>, where they stand in a common base class.</summary>
    public Right ToWrite
    {
        get => _toWrite ?? Right;
        set => _toWrite = value;
    }

    /// <summary>Null when nobody has said it.</summary>
    public static Right? Of(Type page, MethodInfo handler) => Known.GetOrAdd((page, handler), of => Read(of.Page, of.Handler));

    private static Right? Read(Type page, MethodInfo handler)
    {
        if (handler.GetCustomAttribute<NeedsAttribute>() is { } own)
        {
            return own.Right;
        }

        var common = page.GetCustomAttribute<NeedsAttribute>();
        return handler.IsDefined(typeof(WritesAttribute)) ? common?.ToWrite : common?.Right;
    }
}

/// <summary>Marks a handler of a common base class that changes its record, or shows the form in which that is done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WritesAttribute : Attribute;
