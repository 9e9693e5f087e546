using System.ComponentModel.DataAnnotations;

namespace Crm.Web;

/// <summary>What kind of request it is that is counted.</summary>
public enum RequestKind
{
    /// <summary>A page or a fragment, by somebody who is not signed in.</summary>
    Visit,

    /// <summary>A form by somebody who is not signed in: signing in, joining, asking for a new password.</summary>
    Form,

    /// <summary>A page or a fragment, by somebody who is signed in.</summary>
    Read,
    Write,

    /// <summary>A call of the JSON API, by somebody who is signed in.</summary>
    Call,

    /// <summary>A file that comes in.</summary>
    Upload,

    /// <summary>What keeps the machine busy: imports, backups.</summary>
    Heavy,
}

/// <summary>
/// How much anybody may ask for. Far above what people do, also as a whole team behind one address; there to stop what runs
/// wild. 0 takes a limit away.
/// </summary>
[Settings("Limits")]
public sealed class Limits
{
    /// <summary>Pages and fragments for people who are not signed in: so many a minute for each address.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Visits { get; set; } = 6_000;

    /// <summary>Forms of people who are not signed in (signing in, joining, a new password): so many a minute for each address.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Forms { get; set; } = 60;

    /// <summary>Pages and fragments: so many a minute for each person.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Reads { get; set; } = 600_000;

    /// <summary>Changes: so many a minute for each person.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Writes { get; set; } = 12_000;

    /// <summary>Calls of the JSON API a minute, for each person.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Calls { get; set; } = 30_000;

    /// <summary>Files that come in: so many a minute for each person.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Uploads { get; set; } = 30;

    /// <summary>What keeps the machine busy (imports, backups): so many a minute for each person.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Heavy { get; set; } = 20;

    /// <summary>Requests of one person that are worked on at the same moment; more of them wait.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int AtOnce { get; set; } = 100;

    /// <summary>Connections of everybody together. Each needs one of the process's file handles.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be at least 0")]
    public int Connections { get; set; } = 10_000;

    public int For(RequestKind kind) => kind switch
    {
        RequestKind.Visit => Visits,
        RequestKind.Form => Forms,
        RequestKind.Read => Reads,
        RequestKind.Call => Calls,
        RequestKind.Upload => Uploads,
        RequestKind.Heavy => Heavy,
        _ => Writes,
    };
}

/// <summary>
/// Says that what is sent to this page counts as something else than any other change; looking at it is looking. An operation of
/// the API counts as what it says, however it is called.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CountsAsAttribute(RequestKind kind) : Attribute
{
    public RequestKind Kind { get; } = kind;
}
