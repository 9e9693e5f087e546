namespace Crm.Imports;

/// <summary>A file cannot be brought in. The message is a sentence for the person who chose the file.</summary>
public sealed class ImportRefusedException : Exception
{
    public ImportRefusedException()
    {
    }

    public ImportRefusedException(string message)
        : base(message)
    {
    }

    public ImportRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
