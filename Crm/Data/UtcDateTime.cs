using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Crm.Data;

/// <summary>Every moment in the database is UTC; this says so of those that are read from it.</summary>
public sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(
    value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
