using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ComparisonSets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "InputsJson",
                table: "ComparisonReports",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsOfAttempt",
                table: "ComparisonReports",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "Title",
                table: "ComparisonReports",
                type: "TEXT",
                nullable: false,
                defaultValue: "JSON against full code");

            migrationBuilder.AddColumn<string>(
                name: "Verdict",
                table: "ComparisonReports",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "InputsJson",
                table: "ComparisonReports");

            migrationBuilder.DropColumn(
                name: "IsOfAttempt",
                table: "ComparisonReports");

            migrationBuilder.DropColumn(
                name: "Title",
                table: "ComparisonReports");

            migrationBuilder.DropColumn(
                name: "Verdict",
                table: "ComparisonReports");
        }
    }
}
