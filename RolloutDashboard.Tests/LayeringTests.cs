using System.Text.RegularExpressions;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Tests;

public sealed partial class LayeringTests
{
    // A folder of Core may use only those before it.
    private static readonly string[] Order =
    [
        "Vocabulary", "Time", "Storage", "Statistics", "Market", "Backtesting", "Llm", "Strategies", "Iterations", "Rollouts", "Recovery", "Monitoring", "Evidence", "Import",
    ];

    // Judgement takes values and a clock, never a database.
    private static readonly string[] Pure =
    [
        "Statistics", "Market", "Backtesting", "Llm", "Strategies", "Rollouts/Gates", "Monitoring/AlertRules", "Evidence/Checks",
    ];

    public static TheoryData<string> Folders => [.. Order];

    public static TheoryData<string> PureFolders => [.. Pure];

    [Fact]
    public void Core_ReferencesNoWebFramework()
    {
        var forbidden = new[] { "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Http", "Hangfire", "MudBlazor" };

        var references = typeof(Core.Vocabulary.Stage).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void StrategyApi_ReferencesNothingOfOurs() =>
        Assert.DoesNotContain(
            typeof(StrategyApi.Strategy).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("RolloutDashboard", StringComparison.Ordinal));

    [Fact]
    public void Core_Folders_AreAllInTheOrder()
    {
        var folders = Directory.GetDirectories(Core()).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        Assert.Empty(folders.Except(Order));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Core_Folder_UsesOnlyTheOnesBelow(string folder)
    {
        var allowed = Order.Take(Array.IndexOf(Order, folder) + 1).ToHashSet(StringComparer.Ordinal);

        var wrong = Uses(folder).Where(use => !allowed.Contains(use.Used)).Select(use => $"{use.File} uses {use.Used}");

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(PureFolders))]
    public void Core_PureFolder_KnowsNoStorage(string folder)
    {
        var wrong = Uses(folder).Where(use => use.Used == "Storage").Select(use => use.File);

        Assert.Empty(wrong);
    }

    private static string Core() => Path.Combine(ApplicationRoot.Find(), "RolloutDashboard.Core");

    private static IEnumerable<(string File, string Used)> Uses(string folder)
    {
        var root = Path.Combine(Core(), folder);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Reference().Matches(File.ReadAllText(file)).Select(match => (Path.GetRelativePath(Core(), file), match.Groups[1].Value)))
                .Distinct()
            : [];
    }

    [GeneratedRegex(@"(?<!namespace )RolloutDashboard\.Core\.(\w+)")]
    private static partial Regex Reference();
}
