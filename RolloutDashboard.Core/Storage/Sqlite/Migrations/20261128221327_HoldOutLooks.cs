using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HoldOutLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "HoldOutLooks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    IterationId = table.Column<long>(type: "INTEGER", nullable: false),
                    IterationNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    MarketDataVersion = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HoldOutLooks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_HoldOutLooks_IterationId",
                table: "HoldOutLooks",
                column: "IterationId");

            migrationBuilder.CreateIndex(
                name: "IX_HoldOutLooks_RolloutId_Environment_Id",
                table: "HoldOutLooks",
                columns: new[] { "RolloutId", "Environment", "Id" });

            // Champions of earlier versions were measured before they were crowned: those looks count too.
            migrationBuilder.Sql("""
                INSERT INTO HoldOutLooks (RolloutId, Environment, IterationId, IterationNumber, MarketDataVersion, At, Outcome)
                SELECT c.RolloutId, c.Environment, c.IterationId, c.IterationNumber, COALESCE(MAX(i.MarketDataVersion), ''), MIN(c.CrownedAt), 1
                FROM Champions c LEFT JOIN Iterations i ON i.Id = c.IterationId
                WHERE c.HoldOutSharpe IS NOT NULL
                GROUP BY c.RolloutId, c.Environment, c.IterationId, c.IterationNumber
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HoldOutLooks");
        }
    }
}
