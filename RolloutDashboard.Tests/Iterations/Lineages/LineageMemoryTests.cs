using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Offline;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations.Lineages;

/// <summary>Prompts of the real pipeline, with the offline generator and several workers at once: what an iteration is
/// shown comes from its own lineage.</summary>
public sealed partial class LineageMemoryTests
{
    private const int Workers = 3;

    [Fact]
    public async Task RunAsync_SeveralWorkers_NoPromptHoldsAnythingOfAnotherLineage()
    {
        await using var course = await LineageCourse.OpenAsync(length: 6);
        await course.RunAsync(Workers, iterations: 40);
        var rows = await course.RowsAsync();

        var (shownChampions, shownFeedback, shownPrograms) = (0, 0, 0);
        foreach (var prompt in course.Model.Prompts)
        {
            var row = rows[NumberOf(prompt)];
            var own = rows
                .Values.Where(one => one.LineageId == row.LineageId && one.LineagePosition < row.LineagePosition)
                .ToDictionary(one => one.Number);

            foreach (var number in FeedbackOf(prompt))
            {
                shownFeedback++;
                Assert.True(own.ContainsKey(number), $"Iteration {row.Number} was shown iteration {number}.");
            }

            foreach (var number in MarksOf(prompt))
            {
                shownPrograms++;
                Assert.True(own.ContainsKey(number), $"Iteration {row.Number} was shown the program of {number}.");
            }

            if (PromptSections.Read(prompt, PromptSections.Champion) is { } champion)
            {
                shownChampions++;
                Assert.Contains(own.Values, one => IsOf(champion, one));
                Assert.True(own.ContainsKey(row.ShownChampion!.Value));
            }
        }

        Assert.True(
            shownChampions > 20 && shownFeedback > 40 && shownPrograms > 5,
            $"{shownChampions} champions, {shownFeedback} outcomes, {shownPrograms} programs were shown; too few to mean anything."
        );
    }

    [Fact]
    public async Task RunAsync_FirstOfALineage_RemembersNothing()
    {
        await using var course = await LineageCourse.OpenAsync(length: 4);
        await course.RunAsync(Workers, iterations: 20);
        var rows = await course.RowsAsync();

        var firsts = course.Model.Prompts.Where(prompt => rows[NumberOf(prompt)].LineagePosition == 1).ToList();

        Assert.True(firsts.Count >= 6, $"{firsts.Count} lineages began.");
        Assert.All(firsts, prompt =>
            Assert.Equal(
                (null, null, null),
                (
                    PromptSections.Read(prompt, PromptSections.Champion),
                    PromptSections.Read(prompt, PromptSections.ChampionCode),
                    PromptSections.Read(prompt, PromptSections.Feedback)
                )
            )
        );
    }

    [Fact]
    public async Task RunAsync_BestOfTheLineage_IsShownInPlaceOfTheRolloutsChampion()
    {
        await using var course = await LineageCourse.OpenAsync(length: 6);
        await course.RunAsync(Workers, iterations: 40);
        var rows = await course.RowsAsync();

        var shown = rows.Values.Where(row => row.ShownChampion is not null).ToList();

        Assert.All(shown, row =>
        {
            var best = rows
                .Values.Where(one =>
                    one.LineageId == row.LineageId
                    && one.LineagePosition < row.LineagePosition
                    && one.Level == SuccessLevel.Profitable
                    && one.Exposure >= 0.2
                )
                .Max(one => one.SharpeRatio);
            Assert.Equal(best, rows[row.ShownChampion!.Value].SharpeRatio);
        });

        // The crown goes to the best of all lineages, and most of what was shown never wore it.
        await using var db = course.Rollout.Db();
        var crowned = await db
            .Champions.Where(row => row.Scope == ChampionScope.Overall)
            .Select(row => row.IterationNumber)
            .ToListAsync(TestRollout.Token);
        Assert.NotEmpty(crowned);
        Assert.Contains(shown, row => !crowned.Contains(row.ShownChampion!.Value));
    }

    [Fact]
    public async Task RunAsync_OneLineageAskedAlone_TheOfflineGeneratorAnswersTheSame()
    {
        await using var course = await LineageCourse.OpenAsync(length: 6);
        await course.RunAsync(Workers, iterations: 20);
        var rows = await course.RowsAsync();

        foreach (var lineage in course.Model.Asked.GroupBy(one => rows[NumberOf(one.Prompt)].LineageId))
        {
            // A generator that has answered nothing else.
            using var fresh = new OfflineGenerator(LineageCourse.Seed);
            foreach (var (prompt, answer) in lineage)
            {
                var again = await fresh.GetResponseAsync(prompt, cancellationToken: TestRollout.Token);

                Assert.Equal(answer, again.Text);
            }
        }
    }

    [Fact]
    public async Task RunAsync_LengthZero_TheWholeArmIsRemembered()
    {
        await using var course = await LineageCourse.OpenAsync(length: 0);
        await course.RunAsync(Workers, iterations: 30);
        var rows = await course.RowsAsync();

        Assert.Equal(2, rows.Values.Select(row => row.LineageId).Distinct().Count());
        Assert.Contains(course.Model.Prompts, prompt =>
            FeedbackOf(prompt).Any(number => number < NumberOf(prompt) - 12)
        );
    }

    private static long NumberOf(string prompt) =>
        long.Parse(Number().Match(prompt).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<long> FeedbackOf(string prompt) =>
        (PromptSections.Read(prompt, PromptSections.Feedback) ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["iteration"]!.GetValue<long>());

    private static IEnumerable<long> MarksOf(string prompt) =>
        Mark()
            .Matches(PromptSections.Read(prompt, PromptSections.ChampionCode) ?? "")
            .Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static bool IsOf(string champion, IterationRecord row)
    {
        var shown = JsonNode.Parse(champion)!;
        return shown["sharpe"]?.GetValue<double>() == Math.Round(row.SharpeRatio ?? 0, 4)
            && (shown["params"] is null || JsonNode.DeepEquals(shown["params"], JsonNode.Parse(row.ParametersJson!)));
    }

    [GeneratedRegex(@"^iteration: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"// made by iteration (\d+)")]
    private static partial Regex Mark();
}
