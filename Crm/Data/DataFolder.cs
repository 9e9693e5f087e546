namespace Crm.Data;

/// <summary>The one folder that holds everything of an installation: back it up and nothing is missing.</summary>
public sealed class DataFolder(string path)
{
    private const string Variable = "CRM_DATA";

    public string Root { get; } = Path.GetFullPath(path);

    public string Database => Path.Combine(Root, "crm.db");

    /// <summary>Held open by the program that serves the folder.</summary>
    public string Lock => Path.Combine(Root, "crm.lock");

    public string Keys => Path.Combine(Root, "keys");

    public string Mail => Path.Combine(Root, "mail");

    public string Imports => Path.Combine(Root, "imports");

    public string Snapshots => Path.Combine(Root, "snapshots");

    /// <param name="option">What the command line says; otherwise <c>CRM_DATA</c>, otherwise <c>./data</c>.</param>
    /// <exception cref="DatabaseRefusedException">The command line names none: a variable in it was empty, most likely.</exception>
    public static DataFolder Find(string? option) =>
        option is { } words && string.IsNullOrWhiteSpace(words)
            ? throw new DatabaseRefusedException("--data names no folder.")
            : new(option ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : "data"));

    /// <summary>Makes the folder and its rooms, readable by the owner alone.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Root, Keys, Mail, Imports, Snapshots })
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }
}
