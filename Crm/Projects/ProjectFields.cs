using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>The fields of a project that can be edited in place.</summary>
public static class ProjectFields
{
    public static readonly Field<Project> Name = new()
    {
        Name = "name",
        Label = "Name",
        Kind = FieldKind.Line,
        Property = nameof(Project.Name),
        Rule = new LineAttribute(Project.NameLength) { Required = true },
        IsHeading = true,
        Read = p => p.Name,
        Show = (p, _) => new Shown(p.Name),
        Write = (p, value, _) => Done(() => p.Rename(value)),
    };

    public static readonly Field<Project> Description = new()
    {
        Name = "description",
        Label = "Description",
        Kind = FieldKind.Markdown,
        Property = nameof(Project.Description),
        Rule = new ProseAttribute(Project.DescriptionLength),
        Empty = "Add a description",
        Read = p => p.Description,
        Show = (p, _) => new Shown(p.Description),
        Write = (p, value, _) => Done(() => p.Describe(value)),
    };

    public static readonly Field<Project> Status = new()
    {
        Name = "status",
        Label = "Status",
        Kind = FieldKind.Choice,
        Property = nameof(Project.Status),
        Options = (_, _, _) => Task.FromResult(ProjectStatusNames.Options),
        Read = p => p.Status.ToString(),
        Show = (p, _) => p.Status.Show(),
        Write = (p, value, _) => Done(() => p.MoveTo(Enum.Parse<ProjectStatus>(value))),
    };

    public static readonly Field<Project> Owner = new()
    {
        Name = "owner",
        Label = "Owner",
        Kind = FieldKind.Choice,
        Property = nameof(Project.OwnerId),
        Options = (db, p, cancel) => db.People.Assignable(p.OwnerId).AsOptions(cancel),
        Read = p => p.OwnerId.ToString(CultureInfo.InvariantCulture),
        Show = (p, _) => new Shown(p.Owner.Name, Person: p.Owner.Name),
        Write = (p, value, _) => Done(() => p.HandTo(int.Parse(value, CultureInfo.InvariantCulture))),
    };

    public static readonly Field<Project> StartsOn = new()
    {
        Name = "starts",
        Label = "Start",
        Kind = FieldKind.Date,
        Property = nameof(Project.StartsOn),
        Empty = "Add a date",
        Read = p => Day.Text(p.StartsOn),
        Show = (p, clock) => new Shown(p.StartsOn is { } day ? clock.Day(day) : ""),
        Write = (p, value, _) => Schedule(p, Day.Parse(value), p.DueOn),
    };

    public static readonly Field<Project> DueOn = new()
    {
        Name = "due",
        Label = "Due date",
        Kind = FieldKind.Date,
        Property = nameof(Project.DueOn),
        Empty = "Add a date",
        Read = p => Day.Text(p.DueOn),
        Show = (p, clock) => new Shown(p.DueOn is { } day ? clock.Day(day) : ""),
        Write = (p, value, _) => Schedule(p, p.StartsOn, Day.Parse(value)),
    };

    /// <summary>The page sees to it that nobody shuts themselves out.</summary>
    public static readonly Field<Project> Visibility = new()
    {
        Name = "visibility",
        Label = "Who sees it",
        Kind = FieldKind.Choice,
        Property = nameof(Project.Visibility),
        Options = (_, _, _) => Task.FromResult(ProjectVisibilityNames.Options),
        Read = p => p.Visibility.ToString(),
        Show = (p, _) => p.Visibility.Show(),
        Write = (p, value, _) => Done(() => p.ShowTo(Enum.Parse<ProjectVisibility>(value))),
    };

    public static readonly IReadOnlyList<Field<Project>> All = [Name, Description, Status, Owner, StartsOn, DueOn, Visibility];

    private static string? Schedule(Project project, DateOnly? startsOn, DateOnly? dueOn)
    {
        if (startsOn > dueOn)
        {
            return $"The start ({Day.Text(startsOn)}) would lie after the due date ({Day.Text(dueOn)}).";
        }

        project.Schedule(startsOn, dueOn);
        return null;
    }

    private static string? Done(Action act)
    {
        act();
        return null;
    }
}
