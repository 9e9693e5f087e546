namespace Crm.Web.Caching;

/// <summary>
/// Marks a page whose answers to GET depend on nothing but the database, the address, the cookies, what htmx says and the minute:
/// <see cref="PageCache"/> may give the same answer again. Not for what depends on work in the background or on how lately somebody
/// proved who they are, and not for what is shown once. What else it shows, it names: see <see cref="IShown"/>.
/// </summary>
/// <param name="besides">A service that is an <see cref="IShown"/>; null for nothing besides.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CacheableAttribute(Type? besides = null) : Attribute
{
    public Type? Besides { get; } = besides;
}

/// <summary>What a page shows that is not in the database. Asking for it is to be quicker than to draw the page.</summary>
public interface IShown
{
    /// <summary>Another text whenever the page would show something else.</summary>
    string Present { get; }
}
