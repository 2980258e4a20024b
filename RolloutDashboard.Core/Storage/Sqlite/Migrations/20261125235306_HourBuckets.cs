using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HourBuckets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Iterations_RolloutId_Environment_EndedAt",
                table: "Iterations");

            migrationBuilder.CreateTable(
                name: "HourBuckets",
                columns: table => new
                {
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Level0 = table.Column<int>(type: "INTEGER", nullable: false),
                    Level1 = table.Column<int>(type: "INTEGER", nullable: false),
                    Level2 = table.Column<int>(type: "INTEGER", nullable: false),
                    Level3 = table.Column<int>(type: "INTEGER", nullable: false),
                    Lost = table.Column<int>(type: "INTEGER", nullable: false),
                    Cancelled = table.Column<int>(type: "INTEGER", nullable: false),
                    SharpeCount = table.Column<int>(type: "INTEGER", nullable: false),
                    SharpeSum = table.Column<double>(type: "REAL", nullable: false),
                    CacheLookups = table.Column<int>(type: "INTEGER", nullable: false),
                    CacheHits = table.Column<int>(type: "INTEGER", nullable: false),
                    Milliseconds = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HourBuckets", x => new { x.RolloutId, x.Environment, x.Hour, x.Stage, x.Attempt, x.Mode });
                });

            // What the minutes of an older database say, 36,000,000,000 ticks an hour.
            migrationBuilder.Sql(
                """
                INSERT INTO HourBuckets (RolloutId, Environment, Stage, Attempt, Mode, Hour, Level0, Level1, Level2, Level3, Lost, Cancelled, SharpeCount, SharpeSum, CacheLookups, CacheHits, Milliseconds)
                SELECT RolloutId, Environment, Stage, Attempt, Mode, Minute / 36000000000 * 36000000000,
                    SUM(Level0), SUM(Level1), SUM(Level2), SUM(Level3), SUM(Lost), SUM(Cancelled), SUM(SharpeCount), SUM(SharpeSum), SUM(CacheLookups), SUM(CacheHits), SUM(Milliseconds)
                FROM RollupBuckets GROUP BY 1, 2, 3, 4, 5, 6;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_Tests",
                table: "Notifications",
                columns: new[] { "RolloutId", "SentAt" },
                filter: "\"IsTest\"");

            migrationBuilder.CreateIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations",
                columns: new[] { "RolloutId", "Environment", "EndedAt", "Kind", "Status", "AssignedMode", "Level", "TemplateName", "Fingerprint", "SharpeRatio", "TotalReturn", "CacheLookups", "CacheHits", "TotalMilliseconds" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HourBuckets");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_Tests",
                table: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations");

            migrationBuilder.CreateIndex(
                name: "IX_Iterations_RolloutId_Environment_EndedAt",
                table: "Iterations",
                columns: new[] { "RolloutId", "Environment", "EndedAt" });
        }
    }
}
