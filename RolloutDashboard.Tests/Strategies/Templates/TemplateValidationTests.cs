using System.Text.Json;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Strategies.Templates;

public sealed class TemplateValidationTests
{
    private const string Valid =
        """{"momentum_period":20,"ma_periods":60,"catalyst_type":"revenue","catalyst_lookback":3,"n_stocks":10,"stop_loss":0.1,"resample":"M","resample_offset":0}""";
    private static readonly ITemplate Momentum = new MomentumTemplate();

    [Fact]
    public void Validate_GridValues_ReturnsParameters()
    {
        var (parameters, errors) = Validate(Valid);

        Assert.Empty(errors);
        Assert.Equal(20, parameters!.Whole("momentum_period"));
        Assert.Equal("revenue", parameters.Word("catalyst_type"));
    }

    [Fact]
    public void Validate_SameValuesWrittenOtherwise_GivesSameCanonicalJson() =>
        Assert.Equal(
            Validate(Valid).Parameters!.ToCanonicalJson(),
            Validate(Valid.Replace("0.1,", "1e-1,").Replace(":20,", ":20.0,")).Parameters!.ToCanonicalJson()
        );

    public static TheoryData<string, string, string, string, string, string> WrongValues { get; } =
        new()
        {
            {
                "\"momentum_period\":20",
                "\"momentum_period\":17",
                "params.momentum_period",
                "17",
                "5, 10, 20, 30",
                "The nearest allowed value is 20."
            },
            {
                "\"momentum_period\":20",
                "\"momentum_period\":\"20\"",
                "params.momentum_period",
                "\"20\"",
                "5, 10, 20, 30",
                "It is text; write the number 20 without quotes."
            },
            {
                "\"catalyst_type\":\"revenue\"",
                "\"catalyst_type\":\"Revenues\"",
                "params.catalyst_type",
                "\"Revenues\"",
                "\"revenue\", \"earnings\"",
                "The nearest allowed word is \"revenue\"."
            },
            {
                "\"catalyst_type\":\"revenue\"",
                "\"catalyst_type\":3",
                "params.catalyst_type",
                "3",
                "\"revenue\", \"earnings\"",
                "It is a number; write a word, for example \"earnings\"."
            },
            {
                "\"stop_loss\":0.1",
                "\"stop_loss\":null",
                "params.stop_loss",
                "null",
                "0.08, 0.1, 0.12, 0.15",
                "Write a number, for example 0.12."
            },
            {
                "\"n_stocks\":10,",
                "",
                "params.n_stocks",
                "nothing",
                "5, 10, 15, 20",
                "It is missing; 15 is the default."
            },
        };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Validate_WrongValue_SaysWhatToWrite(
        string part,
        string instead,
        string path,
        string given,
        string allowed,
        string hint
    )
    {
        var (parameters, errors) = Validate(Valid.Replace(part, instead));

        Assert.Null(parameters);
        Assert.Equal(new ParameterError(path, given, allowed, hint), Assert.Single(errors));
    }

    [Fact]
    public void Validate_UnknownName_NamesTheNearest()
    {
        var (_, errors) = Validate(Valid.Replace("}", ",\"n_stock\":5}"));

        var error = Assert.Single(errors);
        Assert.Equal("params.n_stock", error.Path);
        Assert.Contains("n_stocks", error.Hint);
    }

    [Fact]
    public void Validate_GivenTwice_IsAnError() =>
        Assert.Contains("twice", Assert.Single(Validate(Valid.Replace("}", ",\"n_stocks\":10}")).Errors).Hint);

    [Fact]
    public void Validate_CrossRuleBroken_NamesRuleAndValues()
    {
        var (parameters, errors) = Validate(
            Valid
                .Replace("\"momentum_period\":20", "\"momentum_period\":30")
                .Replace("\"ma_periods\":60", "\"ma_periods\":20")
        );

        Assert.Null(parameters);
        var error = Assert.Single(errors);
        Assert.Equal("params.momentum_period, params.ma_periods", error.Path);
        Assert.Equal("momentum_period = 30, ma_periods = 20", error.Given);
        Assert.Equal("momentum_period <= ma_periods", error.Allowed);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    public void Validate_NoObject_IsOneError(string json) =>
        Assert.Equal("params", Assert.Single(Validate(json).Errors).Path);

    [Fact]
    public void Validate_WordNone_MeansNoStopLoss()
    {
        var template = new PriceMomentumTemplate();
        const string json =
            """{"momentum_period":60,"ma_periods":120,"n_stocks":10,"stop_loss":"none","resample":"M"}""";

        var (parameters, _) = TemplateValidation.Validate(template, JsonDocument.Parse(json).RootElement);

        Assert.Null(parameters!.NumberOrNone("stop_loss"));
        Assert.Equal("none", parameters.Word("stop_loss"));
        Assert.Equal(
            "The nearest allowed value is 0.08.",
            Assert
                .Single(
                    TemplateValidation
                        .Validate(template, JsonDocument.Parse(json.Replace("\"none\"", "0.05")).RootElement)
                        .Errors
                )
                .Hint
        );
    }

    [Fact]
    public void Validate_HugeValue_IsQuotedShort() =>
        Assert.True(Assert.Single(Validate(Valid.Replace("revenue", new string('x', 5000))).Errors).Given.Length < 100);

    [Fact]
    public void Schema_Momentum_ListsGridsAndRefusesOthers()
    {
        var schema = TemplateSchemaJson.For(Momentum);

        Assert.Equal("[5,10,20,30]", schema["properties"]!["momentum_period"]!["enum"]!.ToJsonString());
        Assert.Equal("integer", schema["properties"]!["momentum_period"]!["type"]!.GetValue<string>());
        Assert.Equal("string", schema["properties"]!["resample"]!["type"]!.GetValue<string>());
        Assert.Equal(8, schema["required"]!.AsArray().Count);
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Contains("momentum_period <= ma_periods", schema["description"]!.GetValue<string>());
    }

    private static (TemplateParameters? Parameters, IReadOnlyList<ParameterError> Errors) Validate(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TemplateValidation.Validate(Momentum, document.RootElement);
    }
}
