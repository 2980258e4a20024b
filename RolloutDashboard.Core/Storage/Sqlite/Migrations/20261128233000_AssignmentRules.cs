using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AssignmentRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AssignmentRule",
                table: "Iterations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "TokensAreEstimated",
                table: "Iterations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Older iterations name their rule in words only; these are all the words there were. This is read once.
            migrationBuilder.Sql("""
                UPDATE "Iterations" SET "AssignmentRule" = CASE
                    WHEN "AssignmentReason" GLOB 'share *' THEN 1
                    WHEN "AssignmentReason" IN ('template library request', 'freeform request') THEN 2
                    WHEN "AssignmentReason" = 'json_mode_default' THEN 3
                    WHEN "AssignmentReason" GLOB 'JSON is off: *' OR "AssignmentReason" = 'use_json_mode is false' THEN 4
                    WHEN "AssignmentReason" GLOB 'mutation: *' THEN 5
                    ELSE 0 END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AssignmentRule",
                table: "Iterations");

            migrationBuilder.DropColumn(
                name: "TokensAreEstimated",
                table: "Iterations");
        }
    }
}
