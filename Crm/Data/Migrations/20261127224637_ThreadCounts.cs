using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class ThreadCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ImportKey",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ProjectId_TaskId_CreatedAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions",
                column: "DeletedById",
                filter: "\"DeletedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ImportKey",
                table: "Interactions",
                column: "ImportKey",
                unique: true,
                filter: "\"ImportKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ProjectId_TaskId_CreatedAt_DeletedAt_Audience",
                table: "Interactions",
                columns: new[] { "ProjectId", "TaskId", "CreatedAt", "DeletedAt", "Audience" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId",
                filter: "\"ReplyToId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_At_Deletions",
                table: "Changes",
                column: "At",
                filter: "\"Field\" = 'DeletedAt'");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes",
                columns: new[] { "NewsAt", "Id" },
                filter: "\"NewsAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ImportKey",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ProjectId_TaskId_CreatedAt_DeletedAt_Audience",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Changes_At_Deletions",
                table: "Changes");

            migrationBuilder.DropIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions",
                column: "DeletedById");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ImportKey",
                table: "Interactions",
                column: "ImportKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ProjectId_TaskId_CreatedAt",
                table: "Interactions",
                columns: new[] { "ProjectId", "TaskId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_NewsAt_Id",
                table: "Changes",
                columns: new[] { "NewsAt", "Id" });
        }
    }
}
