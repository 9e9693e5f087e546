using System.ComponentModel.DataAnnotations;

namespace Crm.Web;

/// <summary>When <c>/readyz</c> says that the program is not ready, or that somebody should look after it.</summary>
[Settings("Health")]
public sealed class HealthSettings
{
    /// <summary>With less room than so many megabytes on the disk of the data folder it is not ready.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int MinimumFreeMegabytes { get; set; } = 100;

    /// <summary>A mail or a message of a webhook that waits for longer is worth a look.</summary>
    [Range(typeof(TimeSpan), "0:00:01", "365.0:00:00", ErrorMessage = "must be at least a second")]
    public TimeSpan OldestMessage { get; set; } = TimeSpan.FromMinutes(30);
}
