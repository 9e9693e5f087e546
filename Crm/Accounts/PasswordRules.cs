using System.Collections.Frozen;
using Crm.Admin;
using Microsoft.AspNetCore.Identity;

namespace Crm.Accounts;

/// <summary>Long enough, and nothing that a guesser tries first; no rules about which characters it is made of.</summary>
public sealed class PasswordRules(WorkspaceCache workspace) : IPasswordValidator<Person>
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    private const string ListName = "common-passwords.txt";

    private static readonly Lazy<FrozenSet<string>> Common = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Refusal(user, password ?? "") is { } words
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = words })
            : IdentityResult.Success);

    private string? Refusal(Person person, string password) => password switch
    {
        { Length: < MinLength } => $"The password needs at least {MinLength} characters.",
        { Length: > MaxLength } => $"The password is too long: at most {MaxLength} characters fit.",
        _ when Common.Value.Contains(password.ToLowerInvariant()) => "That password is among the most common ones, so it would be guessed. Choose another.",
        _ when IsAbout(person, password) => "That password is your own name or address, or the workspace's, so it would be guessed. Choose another.",
        _ => null,
    };

    private bool IsAbout(Person person, string password) =>
        new[] { person.Name, person.Email, person.Email?.Split('@')[0], workspace.Current.Name }.OfType<string>()
            .Any(word => string.Equals(Joined(word), Joined(password), StringComparison.OrdinalIgnoreCase));

    private static string Joined(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static FrozenSet<string> Read()
    {
        using var list = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream(ListName)!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
