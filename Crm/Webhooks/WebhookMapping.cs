using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Webhooks;

public sealed class WebhookMapping :
    IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookHealth>, IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.Property(w => w.Name).HasMaxLength(Webhook.NameLength);
        webhook.Property(w => w.Description).HasMaxLength(Webhook.DescriptionLength);
        webhook.Property(w => w.Url).HasMaxLength(Webhook.UrlLength);
        webhook.Property(w => w.PauseReason).HasMaxLength(Webhook.ReasonLength);
        webhook.Property(w => w.Version).IsConcurrencyToken();
        webhook.HasOne(w => w.CreatedBy).WithMany().HasForeignKey(w => w.CreatedById).OnDelete(DeleteBehavior.Restrict);
        webhook.HasOne(w => w.Health).WithOne().HasForeignKey<WebhookHealth>(h => h.WebhookId);
    }

    public void Configure(EntityTypeBuilder<WebhookHealth> health)
    {
        health.ToTable("WebhookHealth");
        health.HasKey(h => h.WebhookId);
        health.Property(h => h.LastError).HasMaxLength(WebhookAttempt.ErrorLength);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.Property(d => d.MessageId).HasMaxLength(WebhookDelivery.MessageIdLength);
        delivery.Property(d => d.Event).HasMaxLength(WebhookDelivery.EventLength);
        delivery.Property(d => d.Payload).HasMaxLength(WebhookPayload.MostBytes);
        delivery.Property(d => d.LastError).HasMaxLength(WebhookAttempt.ErrorLength);
        delivery.HasOne(d => d.Webhook).WithMany().HasForeignKey(d => d.WebhookId);
        delivery.HasMany(d => d.Log).WithOne().HasForeignKey(a => a.DeliveryId);
        delivery.HasIndex(d => new { d.WebhookId, d.MessageId }).IsUnique();
        delivery.HasIndex(d => new { d.WebhookId, d.State, d.Id });
        delivery.HasIndex(d => new { d.WebhookId, d.NextAttemptAt }).HasFilter("\"State\" = 0");
        delivery.HasIndex(d => d.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<WebhookAttempt> attempt)
    {
        attempt.ToTable("WebhookAttempts");
        attempt.Property(a => a.Answer).HasMaxLength(WebhookAttempt.AnswerLength);
        attempt.Property(a => a.Error).HasMaxLength(WebhookAttempt.ErrorLength);
    }
}
