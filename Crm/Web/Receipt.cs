using Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Web;

/// <summary>
/// Says that a form, or a call with an <c>Idempotency-Key</c>, was carried out: sent again, it changes nothing. Written in the
/// same transaction as what it did, and kept for a few days.
/// </summary>
public sealed class Receipt
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>SHA-256 of who sent what, where to and under which key.</summary>
    public required string Hash { get; init; }

    public DateTime At { get; init; }

    /// <summary>SHA-256 of what a call sent under its key; null for a form, whose content is part of its own hash.</summary>
    public string? Content { get; init; }

    /// <summary>Status, headers and body of the answer to a call, as JSON; null until it is known.</summary>
    public string? Answer { get; private set; }

    /// <summary>With each form that is sent: one statement, and nothing to track.</summary>
    /// <returns>False when there is one already.</returns>
    public static async Task<bool> AddAsync(CrmDb db, OnceMark mark, DateTime now, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"INSERT INTO Receipts (Hash, At, Content) VALUES ({mark.Hash}, {now}, {mark.Content}) ON CONFLICT DO NOTHING", cancel) > 0;

    /// <summary>In a transaction of its own: what was done holds whether its answer is kept or not.</summary>
    public static Task KeepAsync(CrmDb db, string hash, KeptAnswer answer, CancellationToken cancel) =>
        db.Receipts.Where(r => r.Hash == hash).ExecuteUpdateAsync(r => r.SetProperty(x => x.Answer, answer.ToText()), cancel);

    public static Task ForgetOldAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var last = now - Kept;
        return db.Receipts.Where(r => r.At < last).ExecuteDeleteAsync(cancel);
    }
}

public sealed class ReceiptMapping : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> receipt)
    {
        receipt.ToTable("Receipts");
        receipt.HasKey(r => r.Hash);
        receipt.Property(r => r.Hash).HasMaxLength(64);
        receipt.Property(r => r.Content).HasMaxLength(64);
        receipt.Property(r => r.Answer).HasMaxLength(KeptAnswer.Longest);
        receipt.HasIndex(r => r.At);
    }
}
