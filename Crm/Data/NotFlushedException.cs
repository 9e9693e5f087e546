namespace Crm.Data;

/// <summary>The disk failed when it was asked to keep what was committed: it is in the database, and may be lost with the power.</summary>
public sealed class NotFlushedException(Exception inner) : IOException("What was committed could not be flushed to the disk.", inner);
