using System.Text.Json;
using Crm.Accounts;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports.Trello;

/// <summary>Finds out whom the people of a board are here. Who is not here yet becomes a person who cannot sign in until invited.</summary>
public sealed class PeopleImport(CrmDb db)
{
    /// <summary>In a choice: nobody who is here, but somebody new.</summary>
    public const int SomebodyNew = 0;

    private const string Prefix = "trello:";

    /// <summary>Ids of the people here by their ids on the board; who is missing would be new.</summary>
    /// <param name="choices">What somebody decided; it wins over the names.</param>
    public async Task<Dictionary<string, int>> MatchAsync(
        IReadOnlyCollection<BoardPerson> people, IReadOnlyDictionary<string, int> choices, CancellationToken cancel)
    {
        var here = await db.People.AsNoTracking().OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Name, p.ImportKey, p.Role, IsFormer = p.DeletedAt != null }).ToListAsync(cancel);
        var ids = here.Select(p => p.Id).ToHashSet();
        var byKey = here.Where(p => p.ImportKey is not null).ToDictionary(p => p.ImportKey!, p => p.Id, StringComparer.Ordinal);
        var earlier = await EarlierChoicesAsync(cancel);

        // Two of the same name are not told apart, a client is let into no project by a name, and who came from Trello is that one.
        var named = here.GroupBy(p => Folding.Fold(p.Name), StringComparer.Ordinal).Where(g => g.Count() == 1).Select(g => g.Single())
            .Where(p => p.Role >= Role.Member && !p.IsFormer && p.ImportKey?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            .ToDictionary(p => Folding.Fold(p.Name), p => p.Id, StringComparer.Ordinal);
        var unlike = people.GroupBy(p => Folding.Fold(p.Name), StringComparer.Ordinal).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);

        var matched = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            var name = Folding.Fold(person.Name);
            if (byKey.TryGetValue(person.Key, out var id)
                || (choices.TryGetValue(person.Id, out id) && (id == SomebodyNew || ids.Contains(id)))
                || (earlier.TryGetValue(person.Id, out id) && ids.Contains(id))
                || (unlike.Contains(name) && named.TryGetValue(name, out id)))
            {
                matched[person.Id] = id;
            }
        }

        return matched.Where(m => m.Value != SomebodyNew).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Makes who is missing. Runs in the caller's transaction.</summary>
    /// <returns>Everybody's id here by their id on the board, and how many of them the import meets for the first time.</returns>
    public async Task<(Dictionary<string, int> Ids, int New)> BringAsync(
        IReadOnlyCollection<BoardPerson> people, IReadOnlyDictionary<string, int> choices, DateTime now, CancellationToken cancel)
    {
        var ids = await MatchAsync(people, choices, cancel);
        var made = people.Where(p => !ids.ContainsKey(p.Id)).ToDictionary(p => p.Id, p => Person.Imported(p.Name, p.Key, now), StringComparer.Ordinal);
        db.People.AddRange(made.Values);
        var recognised = 0;
        var unmarked = await db.People.Where(p => ids.Values.Contains(p.Id) && p.ImportKey == null).ToDictionaryAsync(p => p.Id, cancel);
        foreach (var person in people.Where(p => ids.ContainsKey(p.Id)))
        {
            if (unmarked.Remove(ids[person.Id], out var here))
            {
                here.CameFrom(person.Key);
                recognised++;
            }
        }

        await db.SaveChangesAsync(cancel);
        foreach (var (id, person) in made)
        {
            ids[id] = person.Id;
        }

        return (ids, made.Count + recognised);
    }

    private async Task<Dictionary<string, int>> EarlierChoicesAsync(CancellationToken cancel)
    {
        var earlier = new Dictionary<string, int>(StringComparer.Ordinal);
        var choices = await db.Imports.Where(j => j.State == ImportState.Done).OrderBy(j => j.Id).Select(j => j.Choices).ToListAsync(cancel);
        foreach (var (id, person) in choices.SelectMany(c => JsonSerializer.Deserialize<Dictionary<string, int>>(c) ?? []))
        {
            earlier[id] = person;
        }

        return earlier;
    }
}
