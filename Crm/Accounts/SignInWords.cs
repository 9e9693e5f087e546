using Crm.Web;

namespace Crm.Accounts;

/// <summary>What people read of sign-ins.</summary>
public static class SignInWords
{
    public static string Of(SignInMethod method) => method switch
    {
        SignInMethod.Password => "Password",
        SignInMethod.Passkey => "Passkey",
        SignInMethod.SingleSignOn => "Single sign-on",
        SignInMethod.Arrival => "Arrival",
        SignInMethod.AuthenticatorCode => "Password and code",
        SignInMethod.RecoveryCode => "Password and recovery code",
        _ => "Link",
    };

    public static Shown Of(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.SignedIn => new Shown("Signed in", "good"),
        SignInOutcome.WrongPassword => new Shown("Wrong password", "warn"),
        SignInOutcome.WrongCode => new Shown("Wrong code", "warn"),
        SignInOutcome.Throttled => new Shown("Too many tries", "bad"),
        SignInOutcome.Refused => new Shown("Not let in", "bad"),
        SignInOutcome.AskedForLink => new Shown("Link asked for", "info"),
        _ => new Shown("New password", "info"),
    };
}
