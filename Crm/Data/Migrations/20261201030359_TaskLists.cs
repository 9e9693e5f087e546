using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class TaskLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_AssigneeId_DueOn",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrder_Id_All",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_AssigneeId_DueOrder_Id",
                table: "Tasks",
                columns: new[] { "AssigneeId", "DueOrder", "Id" },
                filter: "\"Status\" <> 3 AND \"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrder_Id_Status",
                table: "Tasks",
                columns: new[] { "DueOrder", "Id", "Status" },
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Priority_DueOrder_Id_Status",
                table: "Tasks",
                columns: new[] { "Priority", "DueOrder", "Id", "Status" },
                descending: new[] { true, false, false, false },
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks",
                columns: new[] { "Status", "DueOrder", "Id" },
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Status_Id",
                table: "Tasks",
                columns: new[] { "Status", "Id" },
                filter: "\"DeletedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_AssigneeId_DueOrder_Id",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrder_Id_Status",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Priority_DueOrder_Id_Status",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Status_Id",
                table: "Tasks");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_AssigneeId_DueOn",
                table: "Tasks",
                columns: new[] { "AssigneeId", "DueOn" },
                filter: "\"Status\" <> 3 AND \"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrder_Id_All",
                table: "Tasks",
                columns: new[] { "DueOrder", "Id" },
                filter: "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks",
                columns: new[] { "Status", "DueOrder", "Id" },
                filter: "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");
        }
    }
}
