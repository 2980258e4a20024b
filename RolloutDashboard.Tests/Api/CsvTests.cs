using System.Globalization;
using RolloutDashboard.Api;
using RolloutDashboard.Api.Exports;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Api;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a=1", "a=1")]
    public void Cell_TextThatASpreadsheetWouldRun_IsGuarded(string text, string expected) =>
        Assert.Equal(expected, CsvText.Cell(text));

    [Fact]
    public void Cell_NegativeNumber_StaysANumber() => Assert.Equal("-0.22", CsvText.Cell(-0.22));

    [Fact]
    public void Cell_GuardedTextWithCommaAndQuotes_IsQuotedAfterwards() =>
        Assert.Equal("\"'=HYPERLINK(\"\"x\"\",1)\"", CsvText.Cell("=HYPERLINK(\"x\",1)"));

    [Fact]
    public void Line_OtherCultureAndZone_IsInvariantAndUtc()
    {
        var before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        try
        {
            var line = CsvText.Line([
                1.5,
                new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(2)),
                null,
                GenerationMode.FullCode,
                true,
                "two\nlines",
            ]);

            Assert.Equal("1.5,2026-03-02T08:00:00.000Z,,FullCode,true,\"two\nlines\"", line);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Gates_PlanInForce_AreOneRowForEachCriterionAndLimit()
    {
        using var body = new MemoryStream();

        await CsvFile.WriteAsync(
            body,
            GatesExport.Columns,
            GateCell.Of(GateDefinition.Default).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );

        var lines = System.Text.Encoding.UTF8.GetString(body.ToArray()).Split("\r\n");
        Assert.Equal("\uFEFFversion,stage,criterion,name,enabled,target,minimum_samples,unit", lines[0]);
        Assert.Contains("1,3.2,success-ratio,Success ratio JSON : full code,true,3,100,", lines);
        Assert.Contains("1,3.3,feedback,User feedback,true,3.5,,of 5", lines);
        Assert.Contains("1,3.4,error-rate,\"Error rate, JSON\",true,0.05,100,", lines);
        Assert.Contains("1,all,cpu,Processor share at most,true,0.9,,", lines);
        Assert.Equal(
            GateDefinition.Default.Stages.Sum(gate => gate.Criteria.Count),
            lines.Count(line => line.StartsWith("1,3.", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task File_Rows_StartsWithMarkAndHeaderAndLeavesTheStreamOpen()
    {
        using var body = new MemoryStream();

        await CsvFile.WriteAsync(
            body,
            [new CsvColumn<int>("n", n => n), new CsvColumn<int>("text", n => $"row {n}")],
            new[] { 1, 2 }.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("\uFEFFn,text\r\n1,row 1\r\n2,row 2\r\n", System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
