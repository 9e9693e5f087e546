using Crm.Data;
using Crm.Web.Requests;

namespace Crm.Admin.Status;

/// <summary>How the program does.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Runtime">What it runs on.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="MemoryBytes">What the process takes of the machine's memory.</param>
/// <param name="DatabaseBytes">The database's file, with what still waits beside it.</param>
/// <param name="FreeBytes">Room on the disk of the data folder.</param>
/// <param name="IsReady">What <c>/readyz</c> says.</param>
/// <param name="Checks">Why or why not.</param>
/// <param name="Mail">Mail that waits to be sent.</param>
/// <param name="Webhooks">Messages of webhooks that wait to be sent.</param>
/// <param name="Jobs">Work in the background, since the start.</param>
/// <param name="Rows">How much there is, deleted things included.</param>
/// <param name="SlowCount">How many requests were slow since the start.</param>
/// <param name="SlowRequests">The last ones of them, newest first.</param>
public sealed record SystemStateResource(
    string Version,
    string Runtime,
    DateTime StartedAt,
    long MemoryBytes,
    long DatabaseBytes,
    long FreeBytes,
    bool IsReady,
    IReadOnlyList<CheckResource> Checks,
    MailQueueResource Mail,
    WebhookQueueResource Webhooks,
    IReadOnlyList<Job> Jobs,
    RowsResource Rows,
    int SlowCount,
    IReadOnlyList<SlowRequest> SlowRequests);

/// <summary>One of the things that were looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State"><c>good</c>, <c>degraded</c> (people can work, and somebody should look after it) or <c>bad</c> (not ready).</param>
/// <param name="Words">A sentence about it.</param>
public sealed record CheckResource(string Name, string State, string? Words);

/// <summary>Mail that waits to be sent.</summary>
/// <param name="IsOpen">False when no mail server is set.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="OldestAt">Since when the first of them waits; null for none.</param>
/// <param name="Refused">How many the mail server refused for good.</param>
public sealed record MailQueueResource(bool IsOpen, int Waiting, DateTime? OldestAt, int Refused);

/// <summary>Messages of webhooks that wait to be sent.</summary>
/// <param name="Waiting">How many wait, those of paused webhooks left out.</param>
/// <param name="OldestAt">Since when the first of them waits; null for none.</param>
/// <param name="Active">Webhooks that are told of what happens.</param>
/// <param name="Paused">Webhooks that are paused.</param>
public sealed record WebhookQueueResource(int Waiting, DateTime? OldestAt, int Active, int Paused);

/// <summary>Rows in the main tables.</summary>
/// <param name="People">Accounts, also those that are disabled.</param>
/// <param name="Projects">Projects.</param>
/// <param name="Tasks">Tasks.</param>
/// <param name="Comments">Comments and whatever else stands in a conversation.</param>
/// <param name="Ratings">Ratings.</param>
/// <param name="Changes">Of the history.</param>
public sealed record RowsResource(int People, int Projects, int Tasks, int Comments, int Ratings, int Changes);
