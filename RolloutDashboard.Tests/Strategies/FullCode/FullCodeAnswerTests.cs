using RolloutDashboard.Core.Strategies.FullCode;

namespace RolloutDashboard.Tests.Strategies.FullCode;

public sealed class FullCodeAnswerTests
{
    private const string Code = "public sealed class A : Strategy\n{\n}";

    [Theory]
    [InlineData("```csharp\n" + Code + "\n```")]
    [InlineData("```C#\r\n" + Code + "\r\n```\r\nDone.")]
    [InlineData("Here it is:\n```\n" + Code + "\n```")]
    [InlineData(Code)]
    [InlineData("```csharp\nvar x = 1;\n```\nand\n```cs\n" + Code + "\n```")]
    public void Extract_ProgramSomewhere_FindsIt(string answer) =>
        Assert.Equal(Code, FullCodeAnswer.Extract(answer).Code);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("I can't do that in class today.", "missing")]
    [InlineData("```csharp\nvar x = 1;\n```", "missing")]
    [InlineData("```csharp\npublic sealed class A : Strategy\n{", "truncated")]
    public void Extract_NoProgram_SaysWhy(string answer, string cause)
    {
        var extracted = FullCodeAnswer.Extract(answer);

        Assert.Null(extracted.Code);
        Assert.Equal(cause, extracted.Cause);
    }
}
