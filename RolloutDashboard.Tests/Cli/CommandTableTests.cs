using System.CommandLine;
using System.Diagnostics;
using RolloutDashboard.Cli;
using RolloutDashboard.Cli.Shared;

namespace RolloutDashboard.Tests.Cli;

/// <summary>Every command with everything that people get wrong: words and an exit code, never a stack trace, never a
/// wait.</summary>
public sealed class CommandTableTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-commands-").FullName;

    public static TheoryData<string> Leaves => [.. LeafPaths];

    public static TheoryData<string> LeavesWithData => [.. LeafPaths.Where(HasData)];

    public static TheoryData<string> LeavesWithDatabase =>
        [.. LeafPaths.Where(path => HasData(path) && path is not ("check" or "stop-json" or "import"))];

    public static TheoryData<string> All => ["", .. Commands(Root()).Select(found => found.Path)];

    public static TheoryData<string, string> Options =>
        Each(
            (command, _) =>
                command.Options.Where(option => option.Arity.MinimumNumberOfValues > 0).Select(option => option.Name)
        );

    public static TheoryData<string, string> Numbers =>
        Each((command, _) => command.Options.Where(option => IsNumber(option.ValueType)).Select(option => option.Name));

    public static TheoryData<string, string> Files =>
        Each(
            (_, path) =>
                path switch
                {
                    "backtest" => ["--closes", "--market", "--equity"],
                    "market info" => ["--market", "--cache"],
                    "market generate" => ["--out"],
                    "stats" => ["--file"],
                    "import" => ["FILE"],
                    "restore" => ["--from"],
                    _ => [],
                }
        );

    public static TheoryData<string, string> FilesThatAreRead =>
        Each(
            (_, path) =>
                path switch
                {
                    "backtest" => ["--closes", "--market"],
                    "market info" => ["--market"],
                    "stats" => ["--file"],
                    "import" => ["FILE"],
                    "restore" => ["--from"],
                    _ => [],
                }
        );

    [Theory]
    [MemberData(nameof(All))]
    public async Task Command_AskedForHelp_SaysItWithEveryOptionAndArgument(string path)
    {
        var command = path.Length == 0 ? Root() : Find(path);

        var (code, output, error) = await RunAsync([.. Words(path), "--help"]);
        var (shortCode, shortOutput, _) = await RunAsync([.. Words(path), "-h"]);
        var (wordCode, wordOutput, _) = await RunAsync(["help", .. Words(path)]);

        Assert.Equal((0, 0, 0, ""), (code, shortCode, wordCode, error));
        Assert.Equal((output, output), (shortOutput, wordOutput));
        Assert.All(command.Options.Where(option => !option.Hidden), option =>
            Assert.Contains(option.Name, output, StringComparison.Ordinal)
        );
        Assert.All(command.Arguments, argument =>
            Assert.Contains($"<{argument.Name}>", output, StringComparison.Ordinal)
        );
        Assert.All(command.Subcommands, inner => Assert.Contains(inner.Name, output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Command_AskedForTheVersion_SaysIt(string path)
    {
        var (code, output, error) = await RunAsync([.. Words(path), "--version"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", output);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Command_UnknownOption_IsALineAnd2(string path)
    {
        var (code, output, error) = await RunAsync([.. Base(path, "FILE"), "--no-such-option"]);

        IsRefused(code, output, error);
        Assert.Contains("--no-such-option", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Command_WordTooMany_IsALineAndNotZero(string path)
    {
        // A command that takes any number of words takes this one for a file.
        var (code, output, error) = await RunAsync([.. Base(path, "FILE"), "nonsense"]);

        Assert.True(code is 1 or 2, $"{code}: {output}{error}");
        Assert.Contains("nonsense", IsOneLine(error), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Option_WithoutItsValue_IsALineAnd2(string path, string option)
    {
        var (code, output, error) = await RunAsync([.. Base(path, option), option]);

        IsRefused(code, output, error);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Option_NoNumber_IsALineAnd2(string path, string option)
    {
        foreach (var wrong in (string[])["many", "99999999999999999999x", "1,5,5"])
        {
            var (code, output, error) = await RunAsync([.. Base(path, option), option, wrong]);

            IsRefused(code, output, error);
            Assert.Contains(option, error, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("imports show", "many")]
    [InlineData("imports show", "99999999999999999999")]
    [InlineData("imports delete", "1.5")]
    public async Task Argument_NoNumber_IsALineAnd2(string path, string wrong)
    {
        var (code, output, error) = await RunAsync([.. Words(path), wrong, "--data", Missing]);

        IsRefused(code, output, error);
        Assert.Contains("ID takes a whole number", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_PipeDeviceOrFolder_IsALineAnd2(string path, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among files.");
        var pipe = Path.Combine(_folder, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var takesFolders = name is "--market" or "--out" or "--cache";
        foreach (var wrong in (string[])[pipe, "/dev/zero", .. takesFolders ? [] : (string[])[_folder]])
        {
            var (code, output, error) = await RunAsync([
                .. Base(path, name),
                .. name.StartsWith('-') ? [name] : (string[])[],
                wrong,
            ]);

            IsRefused(code, output, error);
            Assert.Contains(wrong, error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(FilesThatAreRead))]
    public async Task File_Missing_IsALineAndNotZero(string path, string name)
    {
        var (code, output, error) = await RunAsync([
            .. Base(path, name),
            .. name.StartsWith('-') ? [name] : (string[])[],
            Missing,
        ]);

        Assert.True(code is 1 or 2, $"{code}: {output}{error}");
        IsOneLine(output + error);
    }

    [Theory]
    [MemberData(nameof(FilesThatAreRead))]
    public async Task File_Empty_IsSaidAndNotZero(string path, string name)
    {
        var file = Path.Combine(_folder, "empty.jsonl");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync([
            .. Base(path, name),
            .. name.StartsWith('-') ? [name] : (string[])[],
            file,
        ]);

        Assert.True(code is 1 or 2, $"{code}: {output}{error}");
        Assert.NotEqual("", (output + error).Trim());
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LeavesWithData))]
    public async Task Data_FileForAFolder_IsALineAnd2(string path)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "text", TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync([.. Base(path, "--data"), "--data", file]);

        IsRefused(code, output, error);
        Assert.Contains("is no folder", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LeavesWithDatabase))]
    public async Task Data_FolderWithoutADatabase_IsAnExitCodeAndNoStackTrace(string path)
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;

        var (_, output, error) = await RunAsync([.. Base(path, "--data"), "--data", empty]);

        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.NotEmpty(output + error);
    }

    [Fact]
    public async Task Line_UnknownFirstWord_NamesTheCommandsAndIs2()
    {
        var (code, output, error) = await RunAsync(["bakup"]);

        IsRefused(code, output, error);
        Assert.Contains(
            "There is no command or setting 'bakup'. Commands: stop-json, backup, restore",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Line_AnArgumentThatBeginsWithAt_IsNoFileOfOptions()
    {
        var (code, _, error) = await RunAsync(["stats", "@" + Missing]);

        Assert.Equal(1, code);
        IsOneLine(error);
    }

    [Theory]
    [InlineData("ftp://elsewhere.example")]
    [InlineData("localhost")]
    [InlineData("")]
    public async Task SignInLink_UrlThatIsNone_IsALineAnd2(string url)
    {
        var (code, output, error) = await RunAsync(["sign-in-link", "--url", url, "--data", _folder]);

        IsRefused(code, output, error);
        Assert.Contains("--url takes an address such as", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(null, "--Loop:Workers=2", "--urls", "http://localhost:5080")]
    [InlineData("--help", "--help")]
    [InlineData("--version", "--Loop:Workers=2", "--version")]
    [InlineData("--Lop:Workers=2", "--Lop:Workers=2")]
    [InlineData("--hlep", "--hlep")]
    [InlineData("stray", "--Loop:Workers=2", "stray")]
    [InlineData("market generate --stocks 10 --years 10", "market", "generate", "--stocks", "10", "--years", "10")]
    [InlineData("verify --data /srv", "--Storage:ReserveMegabytes", "8", "verify", "--data", "/srv")]
    public void Split_SettingsAndWords_KeepsTheWordsInOrderAndAsOftenAsGiven(string? words, params string[] arguments)
    {
        var split = SettingArguments.Split(arguments);

        Assert.Equal(words ?? "", string.Join(' ', split.Words));
        Assert.Equal(arguments.Length, split.Words.Count + split.Settings.Count);
    }

    [Fact]
    public async Task Line_SettingsAlone_AreForTheServer() =>
        Assert.Null(await CommandLine.RunAsync(["--Loop:Workers=2"]));

    [Fact]
    public async Task MarketGenerate_TwoOptionsOfOneValue_BothCount()
    {
        var target = Path.Combine(_folder, "made");

        var (code, output, error) = await RunAsync([
            "market",
            "generate",
            "--out",
            target,
            "--stocks",
            "10",
            "--years",
            "10",
        ]);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("10 stocks, 2520 days", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Missing => Path.Combine(_folder, "missing");

    private static RootCommand Root() => CommandTable.Create(TextReader.Null, TextWriter.Null);

    private static IEnumerable<(string Path, Command Command)> Commands(Command parent, string before = "") =>
        parent.Subcommands.SelectMany(command =>
            Commands(command, $"{before}{command.Name} ").Prepend(($"{before}{command.Name}", command))
        );

    private static Command Find(string path) => Commands(Root()).Single(found => found.Path == path).Command;

    private static TheoryData<string, string> Each(Func<Command, string, IEnumerable<string>> names)
    {
        var data = new TheoryData<string, string>();
        foreach (var (path, command) in Commands(Root()))
        {
            foreach (var name in names(command, path))
            {
                data.Add(path, name);
            }
        }

        return data;
    }

    private static string[] Words(string path) => path.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var inner
        && (inner == typeof(int) || inner == typeof(long) || inner == typeof(double));

    private static IEnumerable<string> LeafPaths =>
        Commands(Root()).Where(found => found.Command.Subcommands.Count == 0).Select(found => found.Path);

    private static bool HasData(string path) =>
        path.StartsWith("users", StringComparison.Ordinal) || Find(path).Options.Any(option => option.Name == "--data");

    /// <summary>A command with all that it needs, on a data directory that isn't there.</summary>
    private string[] Base(string path, string? without = null)
    {
        string[] needed = path switch
        {
            "users add" or "users role" => ["vera", "Viewer"],
            "users revoke" or "users reinstate" => ["vera"],
            "imports show" or "imports delete" => ["1"],
            "compare" => ["production", "staging"],
            "import" when without != "FILE" => [Missing],
            "stats" when without != "--file" => ["binomial"],
            "market generate" =>
            [
                .. Unless(without, "--stocks", "10"),
                .. Unless(without, "--years", "2"),
                .. without == "--out" ? [] : (string[])["--out", Path.Combine(_folder, "made")],
            ],
            "backtest" when without == "--equity" => ["--template", "Mastiff"],
            _ => [],
        };
        string[] data =
            path.Length > 0 && Find(path).Subcommands.Count == 0 && HasData(path) && without != "--data"
                ? ["--data", Missing]
                : [];
        return [.. Words(path), .. needed, .. data];
    }

    private static string[] Unless(string? without, string option, string value) =>
        option == without ? [] : [option, value];

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        // On a thread of its own, so that a command that waits for ever is a failed test and not a test that never
        // ends.
        var code = await Task.Run(() =>
                CommandLine.RunAsync(words, TextReader.Null, output, error, TestContext.Current.CancellationToken)
            )
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static void IsRefused(int code, string output, string error)
    {
        Assert.True((code, output) == (2, ""), $"{code}: {output}{error}");
        IsOneLine(error);
    }

    private static string IsOneLine(string text)
    {
        Assert.Single(text.TrimEnd().Split('\n'));
        Assert.NotEmpty(text.Trim());
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return text;
    }
}
