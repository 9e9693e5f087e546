using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

[IgnoreAntiforgeryToken]
public sealed class IndexModel(BareDb db, BareNotes notes) : PageModel
{
    public IReadOnlyList<BareTask> Tasks { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Tasks = await db.Tasks.AsNoTracking().OrderBy(t => t.Id).Take(50).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(int task, string body, CancellationToken cancel)
    {
        var note = new BareNote { TaskId = task, Body = body, At = DateTime.UtcNow };
        notes.Notes.Add(note);
        await BareNotes.Turn.WaitAsync(cancel);
        try
        {
            await notes.SaveChangesAsync(cancel);
        }
        finally
        {
            BareNotes.Turn.Release();
        }

        return Content($"<p id=\"note-{note.Id}\">Posted</p>", "text/html");
    }
}
