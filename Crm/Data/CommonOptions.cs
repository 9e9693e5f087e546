using System.CommandLine;

namespace Crm.Data;

/// <summary>Options of more than one command.</summary>
public static class CommonOptions
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder that holds the database and everything else (default: CRM_DATA, then ./data).",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to listen, with semicolons between several addresses (default: http://localhost:5000).",
        HelpName = "ADDRESSES",
    };
}
