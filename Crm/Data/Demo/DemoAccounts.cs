using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Data.Demo;

/// <summary>The people of a demonstration, who can sign in with one password that is made for this time.</summary>
internal sealed class DemoAccounts(IPasswordHasher<Person> hasher)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Shown = 10;

    private readonly List<Person> _people = [];
    private string? _hash;

    public string Password { get; } = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));

    public Person Add(string name, Role role, DateTime now)
    {
        var email = Address(name);
        var person = Person.Register(name, email, role, now);
        person.NormalizedEmail = person.NormalizedUserName = email.ToUpperInvariant();
        person.EmailConfirmed = true;
        person.SecurityStamp = Guid.NewGuid().ToString();

        // All share the password, and making a hash is slow on purpose.
        person.PasswordHash = _hash ??= hasher.HashPassword(person, Password);
        _people.Add(person);
        return person;
    }

    /// <summary>What the command prints.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("People of the demonstration:\n");
        foreach (var person in _people.OrderByDescending(p => p.Role).Take(Shown))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {person.Role.ToString().ToLowerInvariant(),-7} {person.Email}\n");
        }

        if (_people.Count > Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {_people.Count - Shown} more; the page People lists them.\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Password of all of them: {Password}").ToString();
    }

    private string Address(string name)
    {
        var local = string.Concat(Folding.Fold(name).Replace(' ', '.').Where(c => char.IsAsciiLetterOrDigit(c) || c == '.'));
        var taken = _people.Count(p => p.Email!.StartsWith(local + "@", StringComparison.Ordinal) || p.Name == name);
        return $"{local}{(taken == 0 ? "" : (taken + 1).ToString(CultureInfo.InvariantCulture))}@northlight.example";
    }
}
