using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Lineages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LineageId",
                table: "Iterations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LineagePosition",
                table: "Iterations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Lineages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    Segment = table.Column<string>(type: "TEXT", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    SessionId = table.Column<long>(type: "INTEGER", nullable: false),
                    Worker = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    End = table.Column<int>(type: "INTEGER", nullable: true),
                    PlannedLength = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lineages", x => x.Id);
                });

            // Until now each arm of an environment was one chain that remembered all of itself, through segments, attempts
            // and processes: one endless lineage, which stays open until one of a planned length is begun. SQLite takes
            // stage and attempt from the row of the least number.
            migrationBuilder.Sql("""
                INSERT INTO "Lineages" ("RolloutId", "Environment", "Mode", "Ordinal", "Segment", "Stage", "Attempt",
                    "SessionId", "Worker", "StartedAt", "PlannedLength", "Count")
                SELECT "RolloutId", "Environment", "AssignedMode", 1, '', "Stage", "Attempt", 0, 0, "ClaimedAt", 0, "Count"
                FROM (
                    SELECT "RolloutId", "Environment", "AssignedMode", "Stage", "Attempt", "ClaimedAt",
                        MIN("Number") AS "First", COUNT(*) AS "Count"
                    FROM "Iterations" WHERE "Kind" = 0
                    GROUP BY "RolloutId", "Environment", "AssignedMode"
                )
                ORDER BY "RolloutId", "Environment", "First";
                """);
            migrationBuilder.Sql("""
                UPDATE "Iterations" SET "LineageId" = placed."Lineage", "LineagePosition" = placed."Position"
                FROM (
                    SELECT row."Id" AS "Iteration", lineage."Id" AS "Lineage",
                        ROW_NUMBER() OVER (PARTITION BY lineage."Id" ORDER BY row."Number") AS "Position"
                    FROM "Iterations" AS row JOIN "Lineages" AS lineage
                        ON lineage."RolloutId" = row."RolloutId" AND lineage."Environment" = row."Environment"
                        AND lineage."Mode" = row."AssignedMode"
                    WHERE row."Kind" = 0
                ) AS placed
                WHERE "Iterations"."Id" = placed."Iteration";
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Iterations_LineageId_LineagePosition",
                table: "Iterations",
                columns: new[] { "LineageId", "LineagePosition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Lineages_Open",
                table: "Lineages",
                columns: new[] { "RolloutId", "Environment" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Lineages_RolloutId_Environment_Mode_Ordinal",
                table: "Lineages",
                columns: new[] { "RolloutId", "Environment", "Mode", "Ordinal" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Lineages");

            migrationBuilder.DropIndex(
                name: "IX_Iterations_LineageId_LineagePosition",
                table: "Iterations");

            migrationBuilder.DropColumn(
                name: "LineageId",
                table: "Iterations");

            migrationBuilder.DropColumn(
                name: "LineagePosition",
                table: "Iterations");
        }
    }
}
