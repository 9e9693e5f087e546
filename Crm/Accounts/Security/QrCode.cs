using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Crm.Accounts.Security;

/// <summary>A QR code as a drawing inside the page: the policy allows neither images of other origins nor styles.</summary>
public static class QrCode
{
    public static IHtmlContent Draw(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            AddRow(path, rows[y], y);
        }

        return new HtmlString(string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg class="qr" viewBox="0 0 {rows.Count} {rows.Count}" role="img" aria-label="{label}" shape-rendering="crispEdges"><rect class="paper" width="100%" height="100%"/><path d="{path}"/></svg>"""));
    }

    /// <summary>Neighbours that are dark become one stroke.</summary>
    private static void AddRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Count; x++)
        {
            var start = x;
            while (x < row.Count && row[x])
            {
                x++;
            }

            if (x > start)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }
    }
}
