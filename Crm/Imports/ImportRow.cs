using System.Linq.Expressions;

namespace Crm.Imports;

/// <summary>An earlier import in the list.</summary>
public sealed record ImportRow(int Id, string FileName, ImportState State, int Done, int Total, string Who, DateTime At)
{
    public static readonly Expression<Func<ImportJob, ImportRow>> Of =
        j => new ImportRow(j.Id, j.FileName, j.State, j.Done, j.Total, j.StartedBy.Name, j.CreatedAt);

    public (string Text, string Tone) Shown => State switch
    {
        ImportState.Previewed => ("Waits to be started", "info"),
        ImportState.Running => ("Running", "info"),
        ImportState.Done => ("Done", "good"),
        _ => ("Failed", "bad"),
    };
}
