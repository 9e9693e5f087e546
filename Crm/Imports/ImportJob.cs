using System.Text.Json;
using Crm.Accounts;

namespace Crm.Imports;

public enum ImportState
{
    /// <summary>Uploaded and read; waits for somebody to start it.</summary>
    Previewed,
    Running,
    Done,
    Failed,
}

/// <summary>One file that somebody brings in, from the upload to the report.</summary>
public sealed class ImportJob
{
    public const int FileNameLength = 255;

    private ImportJob()
    {
    }

    public int Id { get; private set; }

    /// <summary>As it was called where it came from.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Name of the file in the imports folder, where it stays until the import has ended or was discarded.</summary>
    public string StoredAs { get; private set; } = "";

    public ImportState State { get; private set; }

    /// <summary>Cards to bring in and cards done so far.</summary>
    public int Total { get; private set; }

    public int Done { get; private set; }

    /// <summary>JSON of what will be made.</summary>
    public string Preview { get; private set; } = "{}";

    /// <summary>JSON: member's id on the board to the id of the person that they become, 0 for somebody new.</summary>
    public string Choices { get; private set; } = "{}";

    /// <summary>JSON of what was made so far.</summary>
    public string? Report { get; private set; }

    public string? Error { get; private set; }

    public int? ProjectId { get; private set; }

    public int StartedById { get; private set; }

    public Person StartedBy { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public static ImportJob Of(string fileName, string storedAs, ImportPreview preview, int startedById, DateTime now) => new()
    {
        FileName = fileName,
        StoredAs = storedAs,
        Preview = JsonSerializer.Serialize(preview),
        Total = preview.Cards,
        StartedById = startedById,
        CreatedAt = now,
    };

    public ImportPreview ReadPreview() => JsonSerializer.Deserialize<ImportPreview>(Preview)!;

    /// <summary>What was asked about the import is history; whom it named may have asked to be forgotten.</summary>
    /// <param name="importKey">Of somebody on the board.</param>
    public void Forget(string importKey)
    {
        var preview = ReadPreview();
        Preview = JsonSerializer.Serialize(preview with
        {
            People = [.. preview.People.Select(p => p.Person.Key == importKey ? p with { Name = Person.FormerName, Username = null } : p)],
        });
    }

    public Dictionary<string, int> ReadChoices() => JsonSerializer.Deserialize<Dictionary<string, int>>(Choices)!;

    public ImportReport? ReadReport() => Report is null ? null : JsonSerializer.Deserialize<ImportReport>(Report);

    /// <summary>Whoever uploaded the file, because the project becomes theirs, and Admins.</summary>
    public bool CanBeStartedBy(CurrentUser user) =>
        Permissions.Allows(Right.RunImport, Standing.ToFound(user) with { IsOwn = user.Id == StartedById });

    /// <summary>Somebody else may start it instead.</summary>
    public void HandTo(int personId) => StartedById = personId;

    public void Start(IReadOnlyDictionary<string, int> choices) =>
        (State, Choices, Done) = (ImportState.Running, JsonSerializer.Serialize(choices), 0);

    public void Reach(int done, ImportReport report) => (Done, ProjectId, Report) = (done, report.ProjectId, JsonSerializer.Serialize(report));

    public void Finish(ImportReport report, DateTime now)
    {
        Reach(Total, report);
        (State, EndedAt) = (ImportState.Done, now);
    }

    public void Fail(string error, DateTime now) => (State, Error, EndedAt) = (ImportState.Failed, error, now);
}
