using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Crm.Accounts;

/// <summary>An address that mail can be sent to. Goes with <c>[Line(Person.EmailLength)]</c>, which minds length and characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmailAttribute : ValidationAttribute
{
    public EmailAttribute()
        : base("That is not an e-mail address. Write it like ines@example.com.")
    {
    }

    public override bool IsValid(object? value) => value is not string text || string.IsNullOrWhiteSpace(text) || IsAddress(text.Trim());

    public static bool IsAddress(string text) =>
        text.Length <= Person.EmailLength
        && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '"' or '<' or '>' or ',' or ';')
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
