using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class Audiences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_Audience_CreatedAt",
                table: "Interactions",
                columns: new[] { "Audience", "CreatedAt" },
                filter: "\"Audience\" = 1");

            migrationBuilder.AddForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId",
                principalTable: "Interactions",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_Audience_CreatedAt",
                table: "Interactions");

            migrationBuilder.AddForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId",
                principalTable: "Interactions",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
