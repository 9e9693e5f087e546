using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Host;

/// <summary>What SQLite believes of a large workspace, by which it plans: what a look at some hundred rows of each index told (<see cref="CrmDb.AnalyzeAsync"/>).</summary>
internal static class LargeStatistics
{
    /// <summary>Table, index, and how many rows there are in all and of each value.</summary>
    private const string Rows = """
        Changes|IX_Changes_At|810299 1
        Changes|IX_Changes_Kind_RecordId_Version|810299 501 1 1
        Changes|IX_Changes_NewsAt_Id|800000 1 1
        Changes|IX_Changes_PersonId_At|810299 1001 2
        Changes|IX_Changes_ProjectId_At|810299 334 3
        ChecklistItems|IX_ChecklistItems_ChecklistId|200000 4
        ChecklistItems|IX_ChecklistItems_ImportKey|200000 1001
        Checklists|IX_Checklists_ImportKey|50000 1001
        Checklists|IX_Checklists_TaskId|50000 1
        Interactions|IX_Interactions_Audience_CreatedAt|400000 1001 1
        Interactions|IX_Interactions_AuthorId|1200000 1001
        Interactions|IX_Interactions_CreatedAt|1200000 1
        Interactions|IX_Interactions_ProjectId_TaskId_CreatedAt_DeletedAt_Audience|1200000 501 13 1 1 1
        Interactions|IX_Interactions_TaskId|1200000 20
        People|EmailIndex|500 1
        People|IX_People_ImportKey|500 500
        People|IX_People_Name|500 1
        People|UserNameIndex|500 1
        ProjectMembers|IX_ProjectMembers_PersonId|13022 28
        ProjectMembers|sqlite_autoindex_ProjectMembers_1|13022 7 1
        Projects|IX_Projects_ArchivedAt_DueOn_Status_DeletedAt_Visibility|2000 15 3 2 2 2
        Projects|IX_Projects_ArchivedAt_SortName|2000 15 3
        Projects|IX_Projects_CreatedById|2000 5
        Projects|IX_Projects_ImportKey|2000 1001
        Projects|IX_Projects_OwnerId_ArchivedAt|2000 5 3
        Ratings|IX_Ratings_PersonId|7798 17
        Ratings|IX_Ratings_ProjectId_PersonId|7798 5 1
        Ratings|IX_Ratings_UpdatedAt|7798 334
        TaskMembers|IX_TaskMembers_PersonId|109040 201
        TaskMembers|sqlite_autoindex_TaskMembers_1|109040 1 1
        Tasks|IX_Tasks_AssigneeId_DueOn|225423 401 11
        Tasks|IX_Tasks_AssigneeId_Status_DueOn|500000 667 223 5
        Tasks|IX_Tasks_CreatedById|500000 501
        Tasks|IX_Tasks_DueOrder_Id|225423 1001 1
        Tasks|IX_Tasks_DueOrder_Id_All|431745 10 1
        Tasks|IX_Tasks_ImportKey|500000 1001
        Tasks|IX_Tasks_Priority_DueOrder_Id|225423 1001 223 1
        Tasks|IX_Tasks_ProjectId_Status_DueOn_ArchivedAt_DeletedAt|500000 201 59 2 2 2
        Tasks|IX_Tasks_ProjectId_Status_Position|431745 167 48 1
        Tasks|IX_Tasks_Status_DueOrder_Id|431745 1001 667 1
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
