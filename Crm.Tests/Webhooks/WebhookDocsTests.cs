using System.Globalization;
using Crm.Tests.Docs;
using Crm.Webhooks;

namespace Crm.Tests.Webhooks;

/// <summary>What the document says and the code knows. <c>CRM_DOCS=1</c> writes the tables anew.</summary>
public sealed class WebhookDocsTests
{
    private static readonly string File = Path.Combine(Repository.Docs, "webhooks.md");

    [Fact]
    public void The_tables_are_those_of_the_code()
    {
        var text = Read();
        var right = Put(Put(text, "| event | when |", Events()), "| attempt | after the one before it |", Retries());
        if (Environment.GetEnvironmentVariable("CRM_DOCS") == "1")
        {
            System.IO.File.WriteAllText(File, right);
        }

        Assert.Equal(right, Read());
    }

    [Fact]
    public void The_example_of_the_signature_is_right()
    {
        var text = Read().ReplaceLineEndings(" ");

        Assert.Contains("`" + Signature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]) + "`", text, StringComparison.Ordinal);
        Assert.Contains("`whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        var text = Read().ReplaceLineEndings(" ");

        Assert.All(
            [
                $"longer than {WebhookPayload.LongestText.ToString("N0", CultureInfo.InvariantCulture)} characters", $"at most {WebhookPayload.MostBytes / 1024} KB", $"can be {Webhook.Most} webhooks",
                $"within {WebhookClient.Timeout.TotalSeconds} seconds", $"After {OldDeliveries.KeptDays} days", $"first {WebhookAttempt.AnswerLength / 1024} KB",
            ],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    private static string Read() => System.IO.File.ReadAllText(File);

    private static IEnumerable<string> Events() => WebhookEvents.All.Select(e => $"| `{e.Name}` | {e.Words} |");

    private static IEnumerable<string> Retries() => RetryTimes.All.Select((wait, i) => $"| {i + 2} | {(wait.TotalHours >= 1 ? $"{wait.TotalHours} hours" : wait.TotalMinutes >= 1 ? $"{wait.TotalMinutes} minutes" : $"{wait.TotalSeconds} seconds")} |").Prepend("| 1 | at once |");

    /// <summary>Replaces the rows below a table's head.</summary>
    private static string Put(string text, string head, IEnumerable<string> rows)
    {
        var lines = text.Split('\n').ToList();
        var first = lines.IndexOf(head) + 2;
        var last = lines.FindIndex(first, line => line.Length == 0);
        lines.RemoveRange(first, last - first);
        lines.InsertRange(first, rows);
        return string.Join('\n', lines);
    }
}
