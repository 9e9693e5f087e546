using Crm.Accounts;

namespace Crm.Timeline;

/// <summary>Which way a change came in.</summary>
public enum Via
{
    Web,
    Api,
    Import,
    Command,

    /// <summary>By the program itself, without anybody's doing.</summary>
    Program,
}

/// <summary>An entity whose every change leaves a <see cref="Change"/> row.</summary>
public interface ITracked
{
    int Id { get; }

    /// <summary>Grows by one with every saved change; guards against two people who change the same thing.</summary>
    int Version { get; }

    int? ProjectId { get; }
}

/// <summary>Who changed which field of which record from what to what, when and by which way in.</summary>
public sealed class Change
{
    /// <summary>In place of a field: the record was made, with whatever it held then.</summary>
    public const string Created = nameof(Created);

    /// <summary>In place of a field: the record is gone for good.</summary>
    public const string Removed = nameof(Removed);

    /// <summary>Kept, and told by the history alone: a thread would drown in it.</summary>
    public static readonly IReadOnlyList<string> Quiet = [Created, "Position", "ImportKey", "ListName"];

    public long Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>Null when a command of the operating system's user did it.</summary>
    public int? PersonId { get; init; }

    public Person? Person { get; private set; }

    public Via Via { get; init; }

    /// <summary>Name of the entity's class, such as <c>Project</c>.</summary>
    public required string Kind { get; init; }

    public int RecordId { get; init; }

    public int? ProjectId { get; init; }

    /// <summary>Name of the entity's property, such as <c>DueOn</c>.</summary>
    public required string Field { get; init; }

    /// <summary>The value as text in the invariant culture; ids for people.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>The record's version after the change.</summary>
    public int Version { get; init; }

    /// <summary>When it happened, if that is news for everybody: what becomes of projects and tasks by people. Kept by the database.</summary>
    public DateTime? NewsAt { get; private set; }
}
