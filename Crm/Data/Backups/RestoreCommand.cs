using System.CommandLine;
using System.Globalization;
using Crm.Timeline;

namespace Crm.Data.Backups;

/// <summary><c>restore FILE</c>: shows what would change, and does it when told so.</summary>
public sealed class RestoreCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = "A backup, or one of the snapshots in the data folder." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it. Without this, a person at a terminal is asked, and nobody else changes anything." };

    public RestoreCommand()
        : base("restore", "Put a backup in the database's place. Shows first what would change.")
    {
        Arguments.Add(_file);
        Options.Add(_yes);
        SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var folder = DataFolder.Find(parsed.GetValue(CommonOptions.Data));
            var file = Path.GetFullPath(parsed.GetValue(_file)!);
            if (!File.Exists(file))
            {
                throw new DatabaseRefusedException($"There is no file {file}.");
            }

            await using var services = CommandServices.For(folder);
            await output.WriteLineAsync(Words(new Restoration(folder, new Snapshots(folder)).Preview(file, services.KnownMigrations()), File.Exists(folder.Database)));
            if (!parsed.GetValue(_yes) && !await IsToldSoAsync(output, cancel))
            {
                await output.WriteLineAsync("Nothing was changed. To do it, add --yes.");
                return 1;
            }

            await output.WriteLineAsync(await RunAsync(folder, file, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel));
            return 0;
        });
    }

    internal static async Task<string> RunAsync(DataFolder folder, string file, DateTime now, CancellationToken cancel)
    {
        using var held = FolderLock.Take(folder, "Nothing was changed. Stop it first, or restore on its page Backups.");
        var wasThere = File.Exists(folder.Database);
        var before = await new Restoration(folder, new Snapshots(folder)).RunAsync(file, new Restorer(null, Via.Command), now, cancel);
        return (before, wasThere) switch
        {
            ({ } snapshot, _) => $"Restored. Everybody signs in again. How things were before: {snapshot.Path}",
            (_, true) => $"Restored. What was there before could not be read by this version, and lies in {folder.Snapshots}.",
            _ => "Restored. There was no database here before.",
        };
    }

    private static async Task<bool> IsToldSoAsync(TextWriter output, CancellationToken cancel)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        await output.WriteAsync("Type yes to restore it: ");
        return (await Console.In.ReadLineAsync(cancel))?.Trim() == "yes";
    }

    private static string Words(RestorePreview preview, bool isThere)
    {
        List<string> lines =
        [
            $"The backup holds things up to {Moment(preview.AsOf)} UTC, in the shape of {preview.Migration}{(preview.IsMigrated ? ", and would be brought to this version's" : "")}.",
            !isThere ? "There is no database here yet."
                : preview.IsPresentLost ? "What is there now cannot be read by this version, and would be put aside: how much of it is younger is not known."
                : $"Younger than the backup, and lost: {preview.Lost}.",
            string.Create(CultureInfo.InvariantCulture, $"{"",-24}{"now",10}{"then",10}{"lost",10}  newest now → then"),
            .. preview.Kinds.Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Name,-24}{Known(k.Now)}{k.Then,10}{Known(k.Newer)}  {Moment(k.NewestNow)} → {Moment(k.NewestThen)}").TrimEnd()),
        ];
        return string.Join(Environment.NewLine, lines);

        string Known(long count) => string.Create(CultureInfo.InvariantCulture, $"{(preview.IsPresentLost ? "?" : count),10}");
    }

    private static string Moment(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
