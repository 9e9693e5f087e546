using System.Globalization;

namespace Crm.Web;

/// <summary>What a status means to the person who meets it.</summary>
public sealed record ErrorMessage(string Title, string Advice)
{
    /// <summary>Where a page that refuses leaves its own words, which say more than the status does.</summary>
    public const string Key = "refusal";

    private static readonly Dictionary<int, ErrorMessage> Messages = new()
    {
        [400] = new("That request could not be read", "The address or the form holds something that does not belong there, or the page was open for too long. Reload it and try again; what you typed is kept in this browser."),
        [401] = new("Please sign in", "Your session has ended. Sign in and go on where you were."),
        [403] = new("You may not do that", "What is archived has to be brought back before it can be changed. Otherwise ask an admin of the workspace if you think that you should."),
        [404] = new("There is nothing here", "It may have been deleted, or it is not shared with you."),
        [405] = new("That does not work this way", "Go back and try again from the page."),
        [409] = new("Somebody else was faster", "The record has changed in the meantime. Reload the page and try again."),
        [410] = new("It is too late for that", "It was deleted more than 30 days ago and is not brought back any more. What it held still stands in the history, which admins can read."),
        [413] = new("That is too large", "Send less at once, or a smaller file. Nothing was saved."),
        [415] = new("That kind of content is not understood", "Go back and try again from the page."),
        [422] = new("Something is missing or wrong", "Go back, mend what you typed and send it again."),
        [429] = new("Too much at once", "Nothing was changed. Wait {wait}, then send it again."),
        [503] = new("The database is busy", "Nothing was saved. Wait a few seconds and send it again; what you typed is kept in this browser."),
    };

    private static readonly ErrorMessage Unknown = new("Something went wrong here", "It is our fault, not yours, and nothing was saved. Try again in a moment; if it stays, tell an admin the number of this request.");

    /// <param name="retryAfter">What the answer says about when to come again, in seconds.</param>
    public static ErrorMessage For(int status, string? retryAfter = null)
    {
        var message = Messages.GetValueOrDefault(status, Unknown);
        return message with { Advice = message.Advice.Replace("{wait}", Wait(retryAfter), StringComparison.Ordinal) };
    }

    private static string Wait(string? retryAfter) => int.TryParse(retryAfter, CultureInfo.InvariantCulture, out var seconds)
        ? seconds switch
        {
            1 => "a second",
            < 100 => $"{seconds} seconds",
            _ => $"{Math.Ceiling(seconds / 60.0)} minutes",
        }
        : "a minute";
}
