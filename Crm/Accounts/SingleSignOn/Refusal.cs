namespace Crm.Accounts.SingleSignOn;

/// <summary>Why single sign-on did not lead in, and what to do.</summary>
public sealed record Refusal(string Title, string Advice);
