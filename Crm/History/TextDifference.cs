using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Crm.History;

/// <summary>One line of a difference.</summary>
/// <param name="Sign">“+” for what came, “−” for what went, empty for what stayed, “…” for more that stayed.</param>
public sealed record DifferenceLine(string Sign, string Text);

/// <summary>What changed from one text to another, line by line, with a little of what stands around it.</summary>
public static class TextDifference
{
    private const int Around = 2;

    public static IReadOnlyList<DifferenceLine> Of(string? from, string? to)
    {
        var lines = InlineDiffBuilder.Diff(from ?? "", to ?? "", ignoreWhiteSpace: false).Lines;
        var near = new HashSet<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type is ChangeType.Inserted or ChangeType.Deleted)
            {
                near.UnionWith(Enumerable.Range(i - Around, (2 * Around) + 1));
            }
        }

        return [.. Lines(lines, near)];
    }

    private static IEnumerable<DifferenceLine> Lines(List<DiffPiece> lines, HashSet<int> near)
    {
        var isCut = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (near.Contains(i))
            {
                isCut = false;
                yield return new DifferenceLine(Sign(lines[i].Type), lines[i].Text ?? "");
            }
            else if (!isCut)
            {
                isCut = true;
                yield return new DifferenceLine("…", "");
            }
        }
    }

    private static string Sign(ChangeType type) => type switch
    {
        ChangeType.Inserted => "+",
        ChangeType.Deleted => "−",
        _ => "",
    };
}
