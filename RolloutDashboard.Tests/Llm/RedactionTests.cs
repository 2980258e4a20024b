using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Secrets;
using RolloutDashboard.Hosting;
using RolloutDashboard.Tests.Llm.Secrets;

namespace RolloutDashboard.Tests.Llm;

public sealed class RedactionTests
{
    private const string Key = "sk-live-9aB3xYz7QwErTy12+/Zq44";

    private static readonly string[] Secrets =
    [
        Key,
        "correct-horse-password",
        "p&ss wörd<1/2>=\"Qx\"",
        "739150284466120",
        "T024BE7LD/B0Q4X9/aZ81kLmn02QpRsTu",
    ];

    public static TheoryData<string, string> Echoes =>
        [.. Disguises.All.Keys.SelectMany(disguise => Secrets.Select(secret => (disguise, secret)))];

    [Theory]
    [MemberData(nameof(Echoes))]
    public void Remove_SecretInADisguise_TakesAllOfItAndNothingElse(string disguise, string secret)
    {
        var echoed = Disguises.All[disguise](secret);

        var clean = new SecretFilter(Secrets).Remove($"You sent: {echoed}; it is refused.");

        Assert.False(Disguises.Leaks(clean, secret), clean);
        Assert.StartsWith("You sent: ", clean, StringComparison.Ordinal);
        Assert.EndsWith("; it is refused.", clean, StringComparison.Ordinal);
        Assert.Contains(SecretFilter.Removed, clean, StringComparison.Ordinal);
        Assert.InRange(clean.Length, 0, "You sent: ; it is refused.".Length + SecretFilter.Removed.Length + 40);
    }

    [Fact]
    public void Remove_OrdinaryTexts_StayAsTheyAre()
    {
        var filter = new SecretFilter([.. Secrets, "Password1", "abc12"]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ApplicationRoot.Find(), "docs"), "*.md"))
        {
            var text = File.ReadAllText(file);

            Assert.Same(text, filter.Remove(text));
        }
    }

    [Fact]
    public void Remove_LongTextWithASecretAcrossItsPieces_TakesIt()
    {
        var filter = new SecretFilter(Secrets);
        var text = string.Concat(
            Enumerable
                .Range(0, 7000)
                .Select(number => $"line {number} {(number % 500 == 3 ? Disguises.All["base64 of JSON"](Key) : "")}\n")
        );

        var clean = filter.Remove(text);

        Assert.False(Disguises.Leaks(clean, Key));
        Assert.Equal(14, clean.Split(SecretFilter.Removed).Length - 1);
        Assert.Contains("line 6999", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the word is abc12.", "the word is [removed].")]
    [InlineData("xabc12 abc123 abc 12", "xabc12 abc123 abc 12")]
    [InlineData("dXNlcjphYmMxMg==", "dXNlcj[removed]==")]
    public void Remove_ShortSecret_OnlyAsAWordOfItsOwn(string text, string expected) =>
        Assert.Equal(expected, new SecretFilter(["abc12"]).Remove(text));

    [Fact]
    public void Remove_SecretOfThreeCharacters_IsLeft() => Assert.True(new SecretFilter(["abc", "", " "]).IsEmpty);

    [Fact]
    public void Remove_TextThatIsUndoneWithoutEnd_IsADigest()
    {
        var text = string.Concat(Enumerable.Repeat("%25=3D\\u005c&amp;25", 1500));

        var clean = new SecretFilter(Secrets).Remove(text);

        Assert.True(ReferenceEquals(text, clean) || clean.StartsWith("[removed:", StringComparison.Ordinal), clean);
    }

    [Theory]
    [InlineData(
        "https://hooks.slack.com/services/T024BE7LD/B0Q4X9/aZ81kLmn02QpRsTu",
        "T024BE7LD/B0Q4X9/aZ81kLmn02QpRsTu, T024BE7LD, aZ81kLmn02QpRsTu"
    )]
    [InlineData("https://me:s3cret%2Fword@sms.example.org/messages?user=me&key=k4711-abcd", "s3cret/word, k4711-abcd")]
    [InlineData("https://api.example.org/v1/chat/completions", "")]
    public void OfAddress_AddressWithSecrets_NamesThemAndNoWords(string address, string expected) =>
        Assert.Equal(expected, string.Join(", ", SecretParts.OfAddress(address)));

    [Theory]
    [InlineData("Incorrect API key provided: topsecret-4711.", "topsecret-4711")]
    [InlineData("Incorrect API key provided: sk-pr***********9xQz.", "9xQz")]
    [InlineData("Authorization: Bearer abc.def.ghi", "abc.def.ghi")]
    [InlineData("""{"api_key": "hidden-value"}""", "hidden-value")]
    [InlineData("GET https://host/v1?key=AAbbCC&x=1", "AAbbCC")]
    [InlineData("proxy http://me:pass@host failed", "pass")]
    public void Clean_TextWithAKey_DropsIt(string text, string secret) =>
        Assert.DoesNotContain(
            secret,
            Redaction.Clean(text, new SecretFilter(["topsecret-4711"])),
            StringComparison.Ordinal
        );

    [Fact]
    public void Clean_LongTextOfManyLines_IsOneCutLine()
    {
        var clean = Redaction.Clean(string.Concat(Enumerable.Repeat("word\r\n\u001b[31m", 200)));

        Assert.DoesNotContain('\n', clean);
        Assert.DoesNotContain('\u001b', clean);
        Assert.True(clean.Length < Redaction.Longest + 40);
    }

    [Fact]
    public void Clean_OrdinaryText_Stays() =>
        Assert.Equal(
            "HTTP 404: model x not found",
            Redaction.Clean("HTTP 404: model x not found", new SecretFilter(["key-4711"]))
        );
}
