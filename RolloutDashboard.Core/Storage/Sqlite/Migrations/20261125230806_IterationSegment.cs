using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IterationSegment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Segment",
                table: "Iterations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // What is known of older iterations: the configuration that they ran under.
            migrationBuilder.Sql("UPDATE \"Iterations\" SET \"Segment\" = CAST(\"ConfigurationNumber\" AS TEXT);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Segment",
                table: "Iterations");
        }
    }
}
