using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations
{
    /// <inheritdoc />
    public partial class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Changes_PersonId",
                table: "Changes");

            migrationBuilder.AddColumn<bool>(
                name: "RequiresSecondFactor",
                table: "Workspace",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "Workspace",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Audience",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Sessions",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "ConfirmedAt",
                table: "Sessions",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<bool>(
                name: "HasSecondFactor",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Method",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeletedAt",
                table: "Ratings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Visibility",
                table: "Projects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeletedAt",
                table: "People",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "JoinedAt",
                table: "People",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Audience",
                table: "Interactions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "DeletedById",
                table: "Interactions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ReplyToId",
                table: "Interactions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"Workspace\" SET \"Version\" = 1;");
            migrationBuilder.Sql("UPDATE \"Sessions\" SET \"ConfirmedAt\" = \"CreatedAt\";");
            migrationBuilder.Sql("UPDATE \"People\" SET \"JoinedAt\" = \"CreatedAt\" WHERE \"PasswordHash\" IS NOT NULL;");

            migrationBuilder.CreateTable(
                name: "Receipts",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Receipts", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "SignIns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PersonId = table.Column<int>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Method = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DeviceHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignIns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SignIns_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DeletedAt",
                table: "Tasks",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Ratings_DeletedAt",
                table: "Ratings",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Projects_DeletedAt",
                table: "Projects",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_DeletedAt",
                table: "Interactions",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions",
                column: "DeletedById");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId");

            migrationBuilder.CreateIndex(
                name: "IX_Checklists_DeletedAt",
                table: "Checklists",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ChecklistItems_DeletedAt",
                table: "ChecklistItems",
                column: "DeletedAt",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_PersonId_At",
                table: "Changes",
                columns: new[] { "PersonId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Receipts_At",
                table: "Receipts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SignIns_Address_At",
                table: "SignIns",
                columns: new[] { "Address", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SignIns_At",
                table: "SignIns",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SignIns_PersonId_At",
                table: "SignIns",
                columns: new[] { "PersonId", "At" });

            migrationBuilder.AddForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions",
                column: "ReplyToId",
                principalTable: "Interactions",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Interactions_People_DeletedById",
                table: "Interactions",
                column: "DeletedById",
                principalTable: "People",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Interactions_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.DropForeignKey(
                name: "FK_Interactions_People_DeletedById",
                table: "Interactions");

            migrationBuilder.DropTable(
                name: "Receipts");

            migrationBuilder.DropTable(
                name: "SignIns");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DeletedAt",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Ratings_DeletedAt",
                table: "Ratings");

            migrationBuilder.DropIndex(
                name: "IX_Projects_DeletedAt",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_DeletedAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_DeletedById",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ReplyToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Checklists_DeletedAt",
                table: "Checklists");

            migrationBuilder.DropIndex(
                name: "IX_ChecklistItems_DeletedAt",
                table: "ChecklistItems");

            migrationBuilder.DropIndex(
                name: "IX_Changes_PersonId_At",
                table: "Changes");

            migrationBuilder.DropColumn(
                name: "RequiresSecondFactor",
                table: "Workspace");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Workspace");

            migrationBuilder.DropColumn(
                name: "Audience",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "HasSecondFactor",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Method",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "Ratings");

            migrationBuilder.DropColumn(
                name: "Visibility",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "JoinedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Audience",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "DeletedById",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ReplyToId",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_Changes_PersonId",
                table: "Changes",
                column: "PersonId");
        }
    }
}
