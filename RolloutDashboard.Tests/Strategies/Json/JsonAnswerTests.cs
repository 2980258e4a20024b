using RolloutDashboard.Core.Strategies.Json;

namespace RolloutDashboard.Tests.Strategies.Json;

public sealed class JsonAnswerTests
{
    private const string Json = """{"reasoning":"a } in \"text\" {","template":"T","params":{"n":5}}""";

    [Theory]
    [InlineData(Json)]
    [InlineData("```json\n" + Json + "\n```")]
    [InlineData("```\n" + Json + "\n```\nHope that helps!")]
    [InlineData("Sure {as you wish}: here it is.\n" + Json + "\nGood luck {friend}.")]
    [InlineData("{\"note\":\"first\"} and then " + Json)]
    [InlineData("\uFEFF  " + Json)]
    [InlineData("{\"template\":\"T\",\"params\":{\"n\":5,},}")]
    [InlineData("{ // choice\n\"params\":{\"n\":5}}")]
    public void Extract_ObjectSomewhere_FindsTheOneWithParams(string answer)
    {
        var extracted = JsonAnswer.Extract(answer);

        Assert.Null(extracted.Error);
        Assert.Equal(5, extracted.Json!.Value.GetProperty("params").GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("I would choose five.", "missing")]
    [InlineData("[1,2]", "missing")]
    [InlineData("{\"reasoning\":\"x\",\"params\":{\"n\":", "truncated")]
    [InlineData("```json\n{\"reasoning\":\"cut in te", "truncated")]
    [InlineData("{params: n=5}", "syntax")]
    [InlineData("{\"params\":{\"n\":NaN}}", "syntax")]
    public void Extract_NoUsableObject_SaysWhy(string answer, string cause)
    {
        var extracted = JsonAnswer.Extract(answer);

        Assert.Null(extracted.Json);
        Assert.Equal(cause, extracted.Cause);
        Assert.NotEmpty(extracted.Error!);
    }

    [Fact]
    public void Extract_FloodOfBraces_EndsSoon() =>
        Assert.Equal("truncated", JsonAnswer.Extract(new string('{', 100_000)).Cause);

    [Fact]
    public void Extract_EndlessAnswer_IsRefusedUnread() =>
        Assert.Equal("too-long", JsonAnswer.Extract(new string(' ', 200_000) + "x" + Json).Cause);
}
