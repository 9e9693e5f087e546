using System.Linq.Expressions;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore.Metadata.Internal;

#pragma warning disable EF1001 // Compiled models know no query filters; this is where EF Core looks for them

namespace Crm.Data.CompiledModel;

/// <summary>Deleted rows hide from queries that start at them; rows that hang on them are only reached through them.</summary>
public partial class CrmDbModel
{
    partial void Customize()
    {
        Show<Project>(p => p.DeletedAt == null);
        Show<ProjectTask>(t => t.DeletedAt == null);
        Show<Checklist>(c => c.DeletedAt == null);
        Show<ChecklistItem>(i => i.DeletedAt == null);
        Show<Rating>(r => r.DeletedAt == null);
        Show<Webhook>(w => w.DeletedAt == null);
    }

    private void Show<TEntity>(Expression<Func<TEntity, bool>> filter) =>
        FindEntityType(typeof(TEntity).FullName!)!.SetAnnotation(CoreAnnotationNames.QueryFilter, new QueryFilterCollection([new RuntimeQueryFilter(null, filter)]));
}
