using System.Text.RegularExpressions;

namespace RolloutDashboard.Core.Llm.Answers;

/// <summary>
/// Sets the reasoning of a model apart from its answer. Servers that don't do it themselves pass on the marks that
/// models are trained to write: tags (DeepSeek-R1, Qwen3, GLM and others), special tokens (Magistral, Kimi, Command A,
/// Gemma), and the channels of gpt-oss.
/// </summary>
public static partial class ReasoningBlocks
{
    private const string FinalChannel = "final";
    private const string SpecialToken = "token";

    // What remains of the channels where a server drops their special tokens.
    private const string BareFinal = "assistantfinal";

    /// <summary>Finds what is not reasoning.</summary>
    /// <param name="isContent">Whether a mark at this part belongs to the answer's own text, such as a string inside of
    /// its JSON.</param>
    /// <remarks>
    /// A block ends at the first closing mark of its own kind, else at the first of any kind. A closing mark without an
    /// opening one makes everything since the last block reasoning, since chat templates write the opening one into the
    /// prompt. A block that never ends leaves nothing after it.
    /// </remarks>
    public static AnswerParts Read(string answer, Func<AnswerSpan, bool>? isContent = null)
    {
        if (Channel().IsMatch(answer))
        {
            return ReadChannels(answer);
        }

        if (
            BareChannels().IsMatch(answer)
            && answer.LastIndexOf(BareFinal, StringComparison.Ordinal) is >= 0 and var final
        )
        {
            var start = final + BareFinal.Length;
            return new AnswerParts([new AnswerSpan(start, answer.Length)], 1, start, EndsInReasoning: false);
        }

        return ReadMarks(answer, [.. Marks(answer).Where(mark => isContent?.Invoke(mark.Span) != true)]);
    }

    private static AnswerParts ReadMarks(string answer, Mark[] marks)
    {
        var lastOfKind = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, mark) in marks.Index().Where(one => !one.Item.Opens))
        {
            lastOfKind[mark.Kind] = index;
        }

        var said = new List<AnswerSpan>();
        var (cursor, blocks, characters) = (0, 0, 0);
        for (var i = 0; i < marks.Length; i++)
        {
            var begin = cursor;
            if (marks[i].Opens)
            {
                Say(said, cursor, marks[i].Span.Start);
                begin = marks[i].Span.Start;
                i = Closing(marks, i, lastOfKind);
            }

            blocks++;
            if (i < 0)
            {
                return new AnswerParts(said, blocks, characters + answer.Length - begin, EndsInReasoning: true);
            }

            cursor = marks[i].Span.End;
            characters += cursor - begin;
        }

        Say(said, cursor, answer.Length);
        return new AnswerParts(said, blocks, characters, EndsInReasoning: false);
    }

    private static int Closing(Mark[] marks, int opening, Dictionary<string, int> lastOfKind)
    {
        var kind = marks[opening].Kind;
        var ownKind = lastOfKind.TryGetValue(kind, out var last) && last > opening;
        return Array.FindIndex(marks, opening + 1, mark =>
            !mark.Opens && (!ownKind || mark.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase))
        );
    }

    private static AnswerParts ReadChannels(string answer)
    {
        var said = new List<AnswerSpan>();
        var (blocks, characters) = (0, 0);
        foreach (Match head in Channel().Matches(answer))
        {
            var start = head.Index + head.Length;
            var end = EndOfChannel().Match(answer, start) is { Success: true } ending ? ending.Index : answer.Length;
            if (head.Groups["name"].Value.Equals(FinalChannel, StringComparison.OrdinalIgnoreCase))
            {
                Say(said, start, end);
            }
            else
            {
                (blocks, characters) = (blocks + 1, characters + end - head.Index);
            }
        }

        return new AnswerParts(said, blocks, characters, EndsInReasoning: said.Count == 0);
    }

    private static void Say(List<AnswerSpan> said, int start, int end)
    {
        if (end > start)
        {
            said.Add(new AnswerSpan(start, end));
        }
    }

    private static IEnumerable<Mark> Marks(string answer)
    {
        foreach (Match match in AnyMark().Matches(answer))
        {
            var span = new AnswerSpan(match.Index, match.Index + match.Length);
            var isTag = match.Groups["name"].Success;
            var opens = isTag ? match.Groups["slash"].Length == 0 : match.Groups["open"].Success;
            if (
                !IsQuoted(answer, span)
                && !(isTag && opens && span.Start > 0 && IsWordCharacter(answer[span.Start - 1]))
            )
            {
                yield return new Mark(span, opens, isTag ? match.Groups["name"].Value : SpecialToken);
            }
        }
    }

    // A model that talks about a mark puts it in quotes; one that follows a word is a type argument of a program.
    private static bool IsQuoted(string answer, AnswerSpan span) =>
        span.Start > 0
        && span.End < answer.Length
        && answer[span.Start - 1] is '"' or '\'' or '`'
        && answer[span.Start - 1] == answer[span.End];

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    [GeneratedRegex(
        @"<(?<slash>/?)\s*(?<name>think|thinking|thoughts?|reason|reasoning|reflection|scratchpad|analysis|seed:think)(?:\s[^<>\n]{0,80})?>"
            + @"|(?<open>\[THINK\]|◁think▷|<\|START_THINKING\|>|<\|begin_of_thought\|>|<\|channel>thought|<\|open\|>think<\|sep\|>)"
            + @"|\[/THINK\]|◁/think▷|<\|END_THINKING\|>|<\|end_of_thought\|>|<channel\|>|<\|close\|>think<\|sep\|>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex AnyMark();

    [GeneratedRegex(
        @"<\|channel\|>\s*(?<name>\w+)[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Channel();

    [GeneratedRegex(@"<\|(?:end|return|call|start|channel)\|>", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfChannel();

    [GeneratedRegex(@"\A\s*(?:analysis|commentary)(?=[\sA-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex BareChannels();

    private readonly record struct Mark(AnswerSpan Span, bool Opens, string Kind);
}
