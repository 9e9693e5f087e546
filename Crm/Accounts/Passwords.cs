using Microsoft.AspNetCore.Identity;

namespace Crm.Accounts;

/// <summary>
/// Judges and hashes passwords. Hashing takes a tenth of a second on purpose: do it before the database's write lock is taken.
/// </summary>
public sealed class Passwords(UserManager<Person> users, IPasswordHasher<Person> hasher)
{
    // Somebody who is not here costs the same work as somebody who is.
    private static string? _decoy;

    /// <summary>Gives the person this password, unless the rules refuse it. Nothing is saved.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public async Task<string?> SetAsync(Person person, string? password)
    {
        foreach (var rule in users.PasswordValidators)
        {
            var result = await rule.ValidateAsync(users, person, password);
            if (!result.Succeeded)
            {
                return result.Errors.First().Description;
            }
        }

        person.PasswordHash = hasher.HashPassword(person, password!);
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        return null;
    }

    /// <param name="person">Null takes as long as a person does.</param>
    public bool Fits(Person? person, string password)
    {
        if (person?.PasswordHash is { } hash)
        {
            return hasher.VerifyHashedPassword(person, hash, password) != PasswordVerificationResult.Failed;
        }

        _decoy ??= hasher.HashPassword(null!, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(null!, _decoy, password);
        return false;
    }
}
