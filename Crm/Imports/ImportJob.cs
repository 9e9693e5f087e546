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
    private ImportJob()
    {
    }

    public int Id { get; private set; }

    public string FileName { get; private set; } = "";

    public ImportState State { get; private set; }

    /// <summary>Cards to bring in and cards done so far.</summary>
    public int Total { get; private set; }

    public int Done { get; private set; }

    /// <summary>JSON: member's id on the board to the id of the person that they become.</summary>
    public string Choices { get; private set; } = "{}";

    /// <summary>JSON of the report, once done.</summary>
    public string? Report { get; private set; }

    public string? Error { get; private set; }

    public int? ProjectId { get; private set; }

    public int StartedById { get; private set; }

    public Person StartedBy { get; private set; } = null!;

    public DateTime CreatedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public static ImportJob Preview(string fileName, int total, int startedById, DateTime now) =>
        new() { FileName = fileName, Total = total, StartedById = startedById, CreatedAt = now };

    public void Start(string choices) => (State, Choices, Done) = (ImportState.Running, choices, 0);

    public void Reach(int done) => Done = done;

    public void Finish(int projectId, string report, DateTime now) =>
        (State, ProjectId, Report, Done, EndedAt) = (ImportState.Done, projectId, report, Total, now);

    public void Fail(string error, DateTime now) => (State, Error, EndedAt) = (ImportState.Failed, error, now);
}
