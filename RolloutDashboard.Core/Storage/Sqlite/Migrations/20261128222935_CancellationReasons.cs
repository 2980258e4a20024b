using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CancellationReasons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations");

            migrationBuilder.AddColumn<int>(
                name: "Cancellation",
                table: "Iterations",
                type: "INTEGER",
                nullable: true);

            // What the sentences of earlier versions said; what they said of providers and storage stays without a reason.
            migrationBuilder.Sql(
                """
                UPDATE "Iterations" SET "Cancellation" = CASE
                    WHEN "FailureMessage" IN ('Cancelled by the rollback.', 'Cancelled: JSON mode was switched off meanwhile.') THEN 1
                    WHEN "FailureMessage" = 'Cancelled by a drill.' THEN 5
                    ELSE 2 END
                WHERE "Status" = 3 AND "FailureMessage" IN ('Cancelled by the rollback.', 'Cancelled: JSON mode was switched off meanwhile.', 'Cancelled by a drill.',
                    'Cancelled: the loop or the process was stopped, or JSON mode was rolled back.', 'Cancelled: the loop was paused.');
                """);

            // What another mode made in place of the assigned one was counted for the assigned one.
            foreach (var (table, start, ticks) in new[] { ("RollupBuckets", "Minute", TimeSpan.TicksPerMinute), ("HourBuckets", "Hour", TimeSpan.TicksPerHour) })
            {
                migrationBuilder.Sql(
                    $"""
                    UPDATE "{table}" SET
                        "Level0" = "Level0" + f."One" + f."Two" + f."Three", "Level1" = "Level1" - f."One", "Level2" = "Level2" - f."Two", "Level3" = "Level3" - f."Three",
                        "SharpeCount" = "SharpeCount" - f."Count", "SharpeSum" = "SharpeSum" - f."Sum"
                    FROM (
                        SELECT "RolloutId", "Environment", "EndedAt" - "EndedAt" % {ticks} AS "Start", "Stage", "Attempt", "AssignedMode",
                            SUM("Level" = 1) AS "One", SUM("Level" = 2) AS "Two", SUM("Level" = 3) AS "Three",
                            SUM("SharpeRatio" IS NOT NULL) AS "Count", SUM(COALESCE("SharpeRatio", 0)) AS "Sum"
                        FROM "Iterations"
                        WHERE "Kind" = 0 AND "Status" = 1 AND "EndedAt" IS NOT NULL AND "EffectiveMode" <> "AssignedMode"
                        GROUP BY 1, 2, 3, 4, 5, 6) AS f
                    WHERE "{table}"."RolloutId" = f."RolloutId" AND "{table}"."Environment" = f."Environment" AND "{table}"."{start}" = f."Start"
                        AND "{table}"."Stage" = f."Stage" AND "{table}"."Attempt" = f."Attempt" AND "{table}"."Mode" = f."AssignedMode";
                    """);
            }

            migrationBuilder.CreateIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations",
                columns: new[] { "RolloutId", "Environment", "EndedAt", "Kind", "Status", "AssignedMode", "Level", "TemplateName", "Fingerprint", "SharpeRatio", "TotalReturn", "CacheLookups", "CacheHits", "TotalMilliseconds", "EffectiveMode" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations");

            migrationBuilder.DropColumn(
                name: "Cancellation",
                table: "Iterations");

            migrationBuilder.CreateIndex(
                name: "IX_Iterations_Figures",
                table: "Iterations",
                columns: new[] { "RolloutId", "Environment", "EndedAt", "Kind", "Status", "AssignedMode", "Level", "TemplateName", "Fingerprint", "SharpeRatio", "TotalReturn", "CacheLookups", "CacheHits", "TotalMilliseconds" });
        }
    }
}
