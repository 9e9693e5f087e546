using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class TaskOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrder_Id_All",
                table: "Tasks",
                columns: new[] { "DueOrder", "Id" },
                filter: "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Priority_DueOrder_Id",
                table: "Tasks",
                columns: new[] { "Priority", "DueOrder", "Id" },
                descending: new[] { true, false, false },
                filter: "\"Status\" <> 3 AND \"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks",
                columns: new[] { "Status", "DueOrder", "Id" },
                filter: "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrder_Id_All",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Priority_DueOrder_Id",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Status_DueOrder_Id",
                table: "Tasks");
        }
    }
}
