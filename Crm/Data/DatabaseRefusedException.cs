namespace Crm.Data;

/// <summary>The data folder or its database cannot be used as it is. The message is a sentence for whoever runs the program.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);
