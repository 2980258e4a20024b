using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Configuration;

public sealed class StageConfigurationTests
{
    [Theory]
    [InlineData(Stage.TemplateLibraryOnly, null)]
    [InlineData(Stage.Hybrid, 0.5)]
    [InlineData(Stage.Primary, 0.8)]
    [InlineData(Stage.FullProduction, 0.95)]
    public void For_Stage_HasThePlansShare(Stage stage, double? share) =>
        Assert.Equal(share, StageConfiguration.For(stage).JsonModeProbability);

    [Fact]
    public void ToJson_ReadBack_IsEqualAndInSnakeCase()
    {
        var configuration = StageConfiguration.For(Stage.Primary);

        Assert.Equal(configuration, StageConfiguration.FromJson(configuration.ToJson()));
        Assert.Contains("\"json_mode_probability\":0.8", configuration.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"json_mode_default\":\"Json\"", configuration.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json_mode_probability", "1.5", "json_mode_probability is 1.5")]
    [InlineData("json_mode_probability", "half", "json_mode_probability is 'half'")]
    [InlineData("json_mode_probability", "NaN", "json_mode_probability is 'NaN'")]
    [InlineData("json_mode_default", "Robot", "one of the modes Json and FullCode")]
    [InlineData("innovation_rate", "101", "innovation_rate is 101")]
    [InlineData("use_json_mode", "perhaps", "true or false")]
    [InlineData("use_jsn_mode", "true", "is no flag")]
    public void With_BadValue_SaysKeyAndRemedy(string name, string value, string message)
    {
        var (changed, error) = new StageConfiguration().With(name, value);

        Assert.Null(changed);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_EachFlag_ChangesThatFlagOnly()
    {
        var start = StageConfiguration.For(Stage.Hybrid);

        Assert.Equal(start with { JsonModeProbability = 0.25 }, start.With("json_mode_probability", "0.25").Changed);
        Assert.Equal(start with { JsonModeProbability = null }, start.With("json_mode_probability", "").Changed);
        Assert.Equal(start with { JsonModeEnabled = false }, start.With("json_mode_enabled", "false").Changed);
        Assert.Equal(start with { InnovationRate = 60 }, start.With("innovation_rate", "60").Changed);
        Assert.Equal(
            start with
            {
                JsonModeDefault = GenerationMode.Json,
            },
            start.With("json_mode_default", "json").Changed
        );
    }
}
