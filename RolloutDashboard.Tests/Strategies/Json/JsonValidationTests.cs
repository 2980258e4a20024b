using System.Text.Json.Nodes;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Json;

namespace RolloutDashboard.Tests.Strategies.Json;

public sealed class JsonValidationTests
{
    [Fact]
    public void Judge_SoundAnswer_GivesParametersAndReasoning()
    {
        var verdict = JsonValidation.Judge(Requests.Momentum, Answer().ToJsonString());

        Assert.Empty(verdict.Errors);
        Assert.Null(verdict.Failure);
        Assert.Equal(Requests.Momentum.Schema.Defaults().ToCanonicalJson(), verdict.Parameters!.ToCanonicalJson());
        Assert.Equal(60, verdict.Reasoning!.Length);
    }

    [Theory]
    [InlineData("n_stocks", "7", "params.n_stocks")]
    [InlineData("n_stocks", "\"10\"", "params.n_stocks")]
    [InlineData("n_stocks", "[10]", "params.n_stocks")]
    [InlineData("resample", "\"D\"", "params.resample")]
    [InlineData("momentum_period", "null", "params.momentum_period")]
    [InlineData("invented", "1", "params.invented")]
    public void Judge_WrongParameter_NamesItsPath(string name, string value, string path)
    {
        var answer = Answer();
        answer["params"]![name] = JsonNode.Parse(value);

        var verdict = JsonValidation.Judge(Requests.Momentum, answer.ToJsonString());

        Assert.Null(verdict.Parameters);
        Assert.StartsWith(path + ":", Assert.Single(verdict.Errors), StringComparison.Ordinal);
        Assert.Equal($"{GenerationFailureKinds.Invalid}: {path}", verdict.Failure!.Signature);
    }

    [Fact]
    public void Judge_BrokenRule_SaysTheRule()
    {
        var answer = Answer();
        answer["params"]!["momentum_period"] = 30;
        answer["params"]!["ma_periods"] = 20;

        Assert.Contains(
            "momentum_period <= ma_periods",
            Assert.Single(JsonValidation.Judge(Requests.Momentum, answer.ToJsonString()).Errors),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void Judge_ReasoningLength_HasBounds(int length, bool accepted)
    {
        var answer = Answer();
        answer["reasoning"] = new string('r', length);

        Assert.Equal(accepted, JsonValidation.Judge(Requests.Momentum, answer.ToJsonString()).Errors.Count == 0);
    }

    [Fact]
    public void Judge_SeveralFaults_TellsAllAtOnce()
    {
        var verdict = JsonValidation.Judge(Requests.Momentum, """{"template":"Other","params":[]}""");

        Assert.Equal(3, verdict.Errors.Count);
        Assert.Equal("invalid-parameters: params, reasoning, template", verdict.Failure!.Signature);
    }

    internal static JsonObject Answer(Core.Strategies.Templates.TemplateParameters? parameters = null) =>
        new()
        {
            ["reasoning"] = new string('r', 60),
            ["template"] = "Momentum",
            ["params"] = JsonNode.Parse((parameters ?? Requests.Momentum.Schema.Defaults()).ToCanonicalJson()),
        };
}
