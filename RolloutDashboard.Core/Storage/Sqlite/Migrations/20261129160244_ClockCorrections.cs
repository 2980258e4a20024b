using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClockCorrections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ClockCorrections",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<long>(type: "INTEGER", nullable: false),
                    IsAtStart = table.Column<bool>(type: "INTEGER", nullable: false),
                    FirstNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    LastNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    LastDecision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockCorrections", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClockCorrections_RolloutId",
                table: "ClockCorrections",
                column: "RolloutId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ClockCorrections");
        }
    }
}
