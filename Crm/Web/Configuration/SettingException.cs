namespace Crm.Web.Configuration;

/// <summary>Settings say something that the program cannot work with.</summary>
/// <param name="problems">A sentence each, that tells which and how to mend it.</param>
public sealed class SettingException(params IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}
