using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReadingOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_ProjectId_ArchivedAt_Status_Position",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_ProjectId_Status_DueOn",
                table: "Tasks");

            migrationBuilder.AddColumn<string>(
                name: "SortTitle",
                table: "Tasks",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE \"Tasks\" SET \"SortTitle\" = fold(\"Title\")");

            migrationBuilder.AddColumn<DateTime>(
                name: "NewsAt",
                table: "Changes",
                type: "TEXT",
                nullable: true,
                computedColumnSql: "CASE WHEN \"Kind\" IN ('Project', 'ProjectTask') AND \"Via\" <> 2 AND \"Field\" NOT IN ('Created', 'Position', 'ImportKey', 'ListName') THEN \"At\" END",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_ProjectId_Status_Position",
                table: "Tasks",
                columns: new[] { "ProjectId", "Status", "Position" },
                filter: "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_ProjectId_Status_DueOn_ArchivedAt_DeletedAt",
                table: "Tasks",
                columns: new[] { "ProjectId", "Status", "DueOn", "ArchivedAt", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes",
                columns: new[] { "NewsAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_ProjectId_Status_Position",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_ProjectId_Status_DueOn_ArchivedAt_DeletedAt",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes");

            migrationBuilder.DropColumn(
                name: "NewsAt",
                table: "Changes");

            migrationBuilder.DropColumn(
                name: "SortTitle",
                table: "Tasks");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_ProjectId_ArchivedAt_Status_Position",
                table: "Tasks",
                columns: new[] { "ProjectId", "ArchivedAt", "Status", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_ProjectId_Status_DueOn",
                table: "Tasks",
                columns: new[] { "ProjectId", "Status", "DueOn" });
        }
    }
}
