namespace Crm.Web.Caching;

/// <summary>
/// Marks a page whose answers to GET depend on nothing but the database, the address, the cookies, what htmx says and the minute:
/// <see cref="PageCache"/> may give the same answer again. Not for what depends on files, on work in the background or on how
/// lately somebody proved who they are, and not for what is shown once.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CacheableAttribute : Attribute;
