using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Host;

/// <summary>What SQLite believes of a large workspace, by which it plans: what each index told (<see cref="CrmDb.AnalyzeAsync"/>).</summary>
internal static class LargeStatistics
{
    /// <summary>Table, index, and how many rows there are in all and of each value.</summary>
    private const string Rows = """
        Changes|IX_Changes_At_Deletions|0 0
        Changes|IX_Changes_At|810299 2
        Changes|IX_Changes_Kind_RecordId_Version|810299 162060 8 8
        Changes|IX_Changes_NewsAt_Id|800000 2 1
        Changes|IX_Changes_PersonId_At|810299 1618 1
        Changes|IX_Changes_ProjectId_At|810299 405 1
        ChecklistItems|IX_ChecklistItems_ChecklistId|200000 4
        ChecklistItems|IX_ChecklistItems_DeletedAt|0 0
        ChecklistItems|IX_ChecklistItems_ImportKey|200000 200000
        Checklists|IX_Checklists_DeletedAt|0 0
        Checklists|IX_Checklists_ImportKey|50000 50000
        Checklists|IX_Checklists_TaskId|50000 1
        Interactions|IX_Interactions_Audience_CreatedAt|400000 400000 2
        Interactions|IX_Interactions_AuthorId|1200000 2400
        Interactions|IX_Interactions_CreatedAt|1200000 2
        Interactions|IX_Interactions_DeletedAt|0 0
        Interactions|IX_Interactions_DeletedById|0 0
        Interactions|IX_Interactions_ImportKey|0 0
        Interactions|IX_Interactions_ProjectId_TaskId_CreatedAt_DeletedAt_Audience|1200000 600 12 1 1 1
        Interactions|IX_Interactions_ReplyToId|0 0
        Interactions|IX_Interactions_TaskId|1200000 12
        People|EmailIndex|500 1
        People|IX_People_ImportKey|500 500
        People|IX_People_Name|500 1
        People|UserNameIndex|500 1
        ProjectMembers|IX_ProjectMembers_PersonId|13022 27
        ProjectMembers|sqlite_autoindex_ProjectMembers_1|13022 7 1
        Projects|IX_Projects_ArchivedAt_DueOn_Status_DeletedAt_Visibility|2000 21 3 2 2 2
        Projects|IX_Projects_ArchivedAt_SortName|2000 21 4
        Projects|IX_Projects_CreatedById|2000 5
        Projects|IX_Projects_DeletedAt|0 0
        Projects|IX_Projects_ImportKey|2000 2000
        Projects|IX_Projects_OwnerId_ArchivedAt|2000 5 3
        Ratings|IX_Ratings_DeletedAt|0 0
        Ratings|IX_Ratings_PersonId|7798 16
        Ratings|IX_Ratings_ProjectId_PersonId|7798 4 1
        Ratings|IX_Ratings_UpdatedAt|7798 434
        TaskMembers|IX_TaskMembers_PersonId|109040 219
        TaskMembers|sqlite_autoindex_TaskMembers_1|109040 1 1
        Tasks|IX_Tasks_AssigneeId_DueOrder_Id|225423 450 7 1
        Tasks|IX_Tasks_AssigneeId_Status_DueOn|500000 999 250 4
        Tasks|IX_Tasks_CreatedById|500000 1000
        Tasks|IX_Tasks_DeletedAt|0 0
        Tasks|IX_Tasks_DueOrder_Id_Status|500000 524 1 1
        Tasks|IX_Tasks_DueOrder_Id|225423 3267 1
        Tasks|IX_Tasks_ImportKey|500000 500000
        Tasks|IX_Tasks_Priority_DueOrder_Id_Status|500000 125000 136 1 1
        Tasks|IX_Tasks_Priority_DueOrder_Id|225423 56356 817 1
        Tasks|IX_Tasks_ProjectId_Status_DueOn_ArchivedAt_DeletedAt|500000 250 63 2 2 2
        Tasks|IX_Tasks_ProjectId_Status_Position|431745 216 54 1
        Tasks|IX_Tasks_Status_DueOrder_Id|500000 125000 454 1
        Tasks|IX_Tasks_Status_Id|500000 125000 1
        Workspace||1
        """;

    public static async Task PretendAsync(CrmHost host) => await host.ReadAsync(async db =>
    {
        await db.AnalyzeAsync(CancellationToken.None);
        await db.Database.ExecuteSqlAsync($"DELETE FROM sqlite_stat1");
        foreach (var row in Rows.Split('\n').Select(line => line.Trim().Split('|')))
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ({row[0]}, {(row[1].Length > 0 ? row[1] : null)}, {row[2]})");
        }

        return true;
    });
}
