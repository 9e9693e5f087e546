using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Caching;

/// <summary>Pages that are asked for again while nothing has changed.</summary>
[Settings("Cache")]
public sealed class CacheSettings
{
    /// <summary>So many megabytes of pages are kept in memory until something is written to the database. 0 keeps none.</summary>
    [Range(0, 1024, ErrorMessage = "must be from 0 to 1024")]
    public int Megabytes { get; set; } = 16;
}
