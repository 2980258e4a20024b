using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RolloutDashboard.Core.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class GateVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "GateDefinitionNumber",
                table: "StageAttempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "GateDefinitionVersions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RolloutId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ValuesJson = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GateDefinitionVersions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_GateDefinitionVersions_RolloutId_Number",
                table: "GateDefinitionVersions",
                columns: new[] { "RolloutId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "GateDefinitionVersions");

            migrationBuilder.DropColumn(
                name: "GateDefinitionNumber",
                table: "StageAttempts");
        }
    }
}
