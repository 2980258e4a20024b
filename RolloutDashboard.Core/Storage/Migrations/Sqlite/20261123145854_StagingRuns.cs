using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StagingRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "HaltResolvedAt",
                table: "StageAttempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OverrideBy",
                table: "StageAttempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OverrideExpiresAt",
                table: "StageAttempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OverrideReason",
                table: "StageAttempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "StagingRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    ConfigurationNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    ConfigurationJson = table.Column<string>(type: "TEXT", nullable: false),
                    Wanted = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StagingRuns", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_StagingRuns_OneRunning",
                table: "StagingRuns",
                column: "RolloutId",
                unique: true,
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_StagingRuns_RolloutId_State",
                table: "StagingRuns",
                columns: new[] { "RolloutId", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StagingRuns");

            migrationBuilder.DropColumn(
                name: "HaltResolvedAt",
                table: "StageAttempts");

            migrationBuilder.DropColumn(
                name: "OverrideBy",
                table: "StageAttempts");

            migrationBuilder.DropColumn(
                name: "OverrideExpiresAt",
                table: "StageAttempts");

            migrationBuilder.DropColumn(
                name: "OverrideReason",
                table: "StageAttempts");
        }
    }
}
