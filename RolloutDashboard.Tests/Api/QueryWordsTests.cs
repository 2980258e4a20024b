using Microsoft.AspNetCore.Http.HttpResults;
using RolloutDashboard.Api;

namespace RolloutDashboard.Tests.Api;

public sealed class QueryWordsTests
{
    [Theory]
    [InlineData("environment", "stage", "'environment=stage' will not do; give production or staging.")]
    [InlineData("mode", "both", "'mode=both' will not do; give json or full-code.")]
    [InlineData("stage", "9", "'stage=9' will not do; give 3.1, 3.2, 3.3 or 3.4.")]
    [InlineData("status", "done", "'status=done' will not do")]
    [InlineData("status", "1", "'status=1' will not do")]
    [InlineData("level", "4", "'level=4' will not do; give a whole number from 0 to 3.")]
    [InlineData("attempt", "0", "'attempt=0' will not do; give a whole number from 1 on.")]
    [InlineData("attempt", "-1", "'attempt=-1' will not do")]
    [InlineData("range", "99d", "'range=99d' will not do; give 24h or 7d or 30d or all.")]
    [InlineData("from", "yesterday", "'from=yesterday' will not do; give a time such as")]
    public void Problem_WordThatMeansNothing_NamesItAndWhatMayStandThere(string name, string value, string words)
    {
        var problem = Assert.IsType<ProblemHttpResult>(Words(name, value).Problem());

        Assert.Equal(400, problem.StatusCode);
        Assert.Contains(words, problem.ProblemDetails.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environment", "staging")]
    [InlineData("mode", "full-code")]
    [InlineData("stage", "3.4")]
    [InlineData("status", "finished")]
    [InlineData("level", "0")]
    [InlineData("attempt", "2")]
    [InlineData("range", "all")]
    [InlineData("from", "2026-01-05T09:00Z")]
    [InlineData("mode", "")]
    [InlineData("stage", null)]
    public void Problem_KnownWordOrNone_IsNone(string name, string? value) => Assert.Null(Words(name, value).Problem());

    private static QueryWords Words(string name, string? value) =>
        name switch
        {
            "environment" => new QueryWords().Environment(value),
            "mode" => new QueryWords().OneOf(name, value, "json", "full-code"),
            "stage" => new QueryWords().Stage(value),
            "status" => new QueryWords().Status(value),
            "level" => new QueryWords().Number(name, value, 0, 3),
            "attempt" => new QueryWords().Number(name, value, 1),
            "range" => new QueryWords().Period(value, null, null),
            _ => new QueryWords().Period(null, value, null),
        };
}
