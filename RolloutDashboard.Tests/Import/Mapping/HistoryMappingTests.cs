using System.Text.Json;
using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Tests.Import.Mapping;

/// <summary>Mappings as people write them.</summary>
public sealed class HistoryMappingTests
{
    [Theory]
    [InlineData("metrics.sharpe_ratio=stats.sharpe", "metrics.sharpe_ratio", "stats.sharpe", MappedUnit.AsIs, false)]
    [InlineData("metrics.total_return=perf.ret:percent", "metrics.total_return", "perf.ret", MappedUnit.Percent, false)]
    [InlineData("max_drawdown=mdd:percent,negated", "metrics.max_drawdown", "mdd", MappedUnit.Percent, true)]
    [InlineData("timestamp=created at:day-first", "timestamp", "created at", MappedUnit.DayFirst, false)]
    [InlineData("execution_time=a:b:ms", "execution_time", "a:b", MappedUnit.Milliseconds, false)]
    public void Parse_OneField_SaysWhereAndHow(string text, string field, string path, MappedUnit unit, bool negated)
    {
        var (mapping, errors) = HistoryMapping.Parse([text]);

        Assert.Empty(errors);
        var mapped = Assert.Single(mapping!.Fields);
        Assert.Equal((field, path, unit, negated), (mapped.Field, mapped.Path, mapped.Unit, mapped.Negated));
    }

    [Fact]
    public void Parse_ArmByWords_KeepsWhatEachMeans()
    {
        var (mapping, _) = HistoryMapping.Parse(["arm=group:A=full-code,B=json"]);

        var arm = Assert.Single(mapping!.Fields);
        Assert.Equal(("arm", "group"), (arm.Field, arm.Path));
        Assert.Equal([KeyValuePair.Create("A", "full-code"), KeyValuePair.Create("B", "json")], arm.Values);
    }

    [Theory]
    [InlineData("sharpe", "is no mapping")]
    [InlineData("profit=stats.p", "There is no field 'profit'")]
    [InlineData("arm=group:A=fullcode", "can't be 'fullcode'")]
    public void Parse_WrongText_IsNamed(string text, string words)
    {
        var (mapping, errors) = HistoryMapping.Parse([text]);

        Assert.Null(mapping);
        Assert.Contains(words, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FieldTwiceOrUnknownZone_IsNamed()
    {
        var (_, errors) = HistoryMapping.Parse(["timestamp=a", "timestamp=b"], zone: "Mars/Base");

        Assert.Equal(2, errors.Count);
        Assert.Contains("mapped twice", errors[0], StringComparison.Ordinal);
        Assert.Contains("no time zone 'Mars/Base'", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ToTexts_WordsWithSigns_ComeBackTheSame()
    {
        var mapping = new HistoryMapping
        {
            Name = "other loop",
            List = "run.samples",
            Zone = "Asia/Taipei",
            Fields =
            [
                new MappedField("arm", "a:b") { Values = new Dictionary<string, string> { ["x,y=z:\\"] = "json" } },
                new MappedField("metrics.max_drawdown", "it's") { Negated = true, Unit = MappedUnit.Percent },
            ],
        };

        var (again, errors) = HistoryMapping.Parse(mapping.ToTexts(), mapping.List, mapping.Zone);

        Assert.Empty(errors);
        Assert.Equal(mapping.ToCommandLine(), again!.ToCommandLine());
        Assert.Equal("x,y=z:\\", again.Fields[0].Values.Single().Key);
        Assert.Equal(
            "--list run.samples --map 'arm=a\\:b:x\\,y\\=z\\:\\\\=json' --map 'metrics.max_drawdown=it'\\''s:percent,negated' --zone Asia/Taipei",
            mapping.ToCommandLine()
        );
        Assert.Equal(
            mapping.ToCommandLine(),
            JsonSerializer.Deserialize<HistoryMapping>(JsonSerializer.Serialize(mapping))!.ToCommandLine()
        );
    }
}
