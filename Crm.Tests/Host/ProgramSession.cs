using Crm.Accounts;
using Crm.Accounts.Tokens;

namespace Crm.Tests.Host;

/// <summary>A program's session as signing in starts it, without the tenth of a second that a password costs.</summary>
internal sealed class ProgramSession(CrmHost host, int id, CallTokens tokens)
{
    private CallTokens _tokens = tokens;
    private DateTime _until = host.Now + Session.AccessLifetime;

    public static async Task<ProgramSession> StartAsync(CrmHost host, Person person)
    {
        var tokens = CallTokens.Make();
        var session = Session.StartForCalls(tokens, person.Id, new SessionOrigin("Test program", "127.0.0.1", SignInMethod.Password, HasSecondFactor: false), host.Now);
        await host.SaveAsync(db => db.Sessions.Add(session));
        return new ProgramSession(host, session.Id, tokens);
    }

    /// <summary>The access token, refreshed when time has passed; a session that has ended stays so.</summary>
    public async Task<string> TokenAsync()
    {
        if (host.Now >= _until)
        {
            var next = CallTokens.Make(CallTokens.FamilyOf(_tokens.Refresh));
            await host.SaveAsync(db => db.Sessions.Where(s => s.Id == id).ToList().ForEach(s => s.Refresh(next, host.Now)));
            (_tokens, _until) = (next, host.Now + Session.AccessLifetime);
        }

        return _tokens.Access;
    }
}
