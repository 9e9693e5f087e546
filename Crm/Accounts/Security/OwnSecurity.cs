using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts.Security;

/// <summary>
/// Changes a way into the account of whoever is signed in: in one transaction, with all their other sessions ended, and with a
/// mail that tells them.
/// </summary>
public sealed class OwnSecurity(CrmDb db, CurrentUser user, SecurityMail mail)
{
    /// <param name="act">Returns false when nothing is to be changed.</param>
    /// <param name="what">A whole sentence.</param>
    public async Task<bool> ChangeAsync(Func<Person, Task<bool>> act, string subject, string what, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var person = await db.People.FirstAsync(p => p.Id == user.Id, cancel);
        if (!await act(person))
        {
            return false;
        }

        await db.SaveChangesAsync(cancel);
        await Sessions.EndAllAsync(db, user.Id, user.SessionId, cancel);
        var isOn = person.TwoFactorEnabled;
        await db.Sessions.Where(s => s.Id == user.SessionId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.HasSecondFactor, x => isOn || x.Method == SignInMethod.SingleSignOn), cancel);
        await write.CommitAsync(cancel);
        await mail.TellAsync(person, subject, what, cancel);
        return true;
    }
}
