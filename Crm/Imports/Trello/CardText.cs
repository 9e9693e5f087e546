using Crm.Tasks;
using Crm.Timeline;

namespace Crm.Imports.Trello;

/// <summary>Gathers what is too long for its own field, so that it stands in the task's description instead of being lost.</summary>
internal sealed class CardText(string title, Notes notes)
{
    private readonly List<string> _inFull = [];

    public void KeepInFull(string what, string text)
    {
        _inFull.Add($"**{what} in full**\n\n{text}");
        notes.Add($"{what} of “{KeptText.Cut(title, 100)}” is too long and was shortened. It stands in full in the description.");
    }

    public void Note(string sentence) => notes.Add($"{sentence} (“{KeptText.Cut(title, 100)}”)");

    /// <returns>The description, and what does not fit into it as comments.</returns>
    public (string Description, IEnumerable<CardComment> Further) Around(string description, IEnumerable<string> details, string key, DateTime? at)
    {
        var whole = string.Join("\n\n", _inFull.Prepend(description).Concat(details).Where(p => p.Length > 0));
        var parts = KeptText.Parts(whole, ProjectTask.DescriptionLength).ToList();
        if (parts.Count > 1)
        {
            notes.Add($"The description of “{KeptText.Cut(title, 100)}” is too long. It goes on in the task's comments.");
        }

        return (parts[0], parts.Skip(1).SelectMany(p => KeptText.Parts(p, Interaction.BodyLength)).Select((part, i) =>
            new CardComment($"{key}:description:{i + 2}", null, part, (at ?? DateTime.UnixEpoch).AddMilliseconds(i), null, IsFirst: false)));
    }
}
