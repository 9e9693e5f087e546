using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class RunningProjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Projects_ArchivedAt_DueOn",
                table: "Projects");

            migrationBuilder.CreateIndex(
                name: "IX_Projects_ArchivedAt_DueOn_Status_DeletedAt_Visibility",
                table: "Projects",
                columns: new[] { "ArchivedAt", "DueOn", "Status", "DeletedAt", "Visibility" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Projects_ArchivedAt_DueOn_Status_DeletedAt_Visibility",
                table: "Projects");

            migrationBuilder.CreateIndex(
                name: "IX_Projects_ArchivedAt_DueOn",
                table: "Projects",
                columns: new[] { "ArchivedAt", "DueOn" });
        }
    }
}
