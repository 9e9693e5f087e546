namespace Crm.Accounts.Security;

/// <summary>A button that asks the browser for a passkey and sends it.</summary>
/// <param name="Action">Where it is sent. The same page's handler <c>Offer</c> says what to ask for.</param>
/// <param name="Again">Something was to be done that has not been done.</param>
public sealed record PasskeyForm(string Action, string Label, string? ReturnUrl, bool Again = false);
