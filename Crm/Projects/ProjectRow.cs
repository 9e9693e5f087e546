using Crm.Web;

namespace Crm.Projects;

/// <summary>A project as lists show it, with its figures.</summary>
public sealed record ProjectRow(
    int Id,
    string Name,
    ProjectStatus Status,
    ProjectVisibility Visibility,
    string OwnerName,
    DateOnly? DueOn,
    DateTime? ArchivedAt,
    int Tasks,
    int Done,
    int Doing,
    int Overdue,
    int RatingCount,
    int StarSum)
{
    public Progress Progress => new(Tasks, Done, Doing);

    /// <summary>1 to 5, or null when nobody has rated.</summary>
    public double? Stars => RatingCount == 0 ? null : (double)StarSum / RatingCount;

    public Shown Health(DateOnly today) => Projects.Health.Of(Status, DueOn, Progress, Overdue, today);
}

/// <summary>How far a project is, counted from its tasks.</summary>
public sealed record Progress(int Total, int Done, int Doing)
{
    /// <summary>0 to 100, rounded down so that 100 means all.</summary>
    public int Percent => Share(Done);

    public int DoingPercent => Share(Done + Doing) - Percent;

    private int Share(int count) => Total == 0 ? 0 : 100 * count / Total;
}
