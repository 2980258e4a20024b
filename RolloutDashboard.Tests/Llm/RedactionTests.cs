using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Tests.Llm;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Incorrect API key provided: topsecret-4711.", "topsecret-4711")]
    [InlineData("Incorrect API key provided: sk-pr***********9xQz.", "9xQz")]
    [InlineData("Authorization: Bearer abc.def.ghi", "abc.def.ghi")]
    [InlineData("""{"api_key": "hidden-value"}""", "hidden-value")]
    [InlineData("GET https://host/v1?key=AAbbCC&x=1", "AAbbCC")]
    [InlineData("proxy http://me:pass@host failed", "pass")]
    public void Clean_TextWithAKey_DropsIt(string text, string secret) =>
        Assert.DoesNotContain(secret, Redaction.Clean(text, "topsecret-4711"), StringComparison.Ordinal);

    [Fact]
    public void Clean_LongTextOfManyLines_IsOneCutLine()
    {
        var clean = Redaction.Clean(string.Concat(Enumerable.Repeat("word\r\n\u001b[31m", 200)));

        Assert.DoesNotContain('\n', clean);
        Assert.DoesNotContain('\u001b', clean);
        Assert.True(clean.Length < Redaction.Longest + 40);
    }

    [Fact]
    public void Clean_OrdinaryText_Stays() => Assert.Equal("HTTP 404: model x not found", Redaction.Clean("HTTP 404: model x not found", "key-4711"));
}
