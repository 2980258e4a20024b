using System.Reflection;
using System.Text.RegularExpressions;
using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Imports;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Hosting;

/// <summary>All settings, read and checked at once; whatever is wrong is told in one go.</summary>
public sealed partial record Settings(
    StorageOptions Storage,
    BackupOptions Backup,
    RolloutOptions Rollout,
    StageOptions Stages,
    GateOptions Gates,
    LoopOptions Loop,
    MarketOptions Market,
    BacktestSettings Backtest,
    SandboxOptions Sandbox,
    LlmOptions Llm,
    NotificationOptions Notifications,
    ImportSettings Import
)
{
    /// <summary>Absolute path of the data directory.</summary>
    public string DataDirectory => Path.GetFullPath(Storage.DataDirectory, ApplicationRoot.Find());

    /// <returns>The settings, or one readable line for each fault.</returns>
    public static (Settings? Settings, IReadOnlyList<string> Errors) Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var settings = new Settings(
            Bind<StorageOptions>(configuration, "Storage", errors),
            Bind<BackupOptions>(configuration, "Backup", errors),
            Bind<RolloutOptions>(configuration, "Rollout", errors),
            Bind<StageOptions>(configuration, "Stages", errors),
            Bind<GateOptions>(configuration, "Gates", errors),
            Bind<LoopOptions>(configuration, "Loop", errors),
            Bind<MarketOptions>(configuration, "Market", errors),
            Bind<BacktestSettings>(configuration, "Backtest", errors),
            Bind<SandboxOptions>(configuration, "Sandbox", errors),
            Bind<LlmOptions>(configuration, "Llm", errors),
            Bind(
                NotificationSection.Name,
                [.. KeysOf(typeof(NotificationOptions)), .. NotificationSection.ChannelKeys],
                [.. NotificationSection.Parts(configuration)],
                strictly => NotificationSection.Read(configuration, strictly),
                errors
            ),
            Bind<ImportSettings>(configuration, "Import", errors)
        );
        errors.AddRange(settings.Faults());
        return errors.Count == 0 ? (settings, errors) : (null, errors);
    }

    private IEnumerable<string> Faults()
    {
        foreach (
            var line in Storage
                .Errors()
                .Concat(Backup.Errors())
                .Concat(Rollout.Errors())
                .Concat(Stages.Errors())
                .Concat(Loop.Errors())
                .Concat(Market.Validate())
                .Concat(Backtest.Errors())
                .Concat(Sandbox.Validate())
                .Concat(Llm.Validate())
                .Concat(Notifications.Errors())
                .Concat(Import.Errors())
        )
        {
            yield return line;
        }

        if (
            string.Equals(Market.Source, "Csv", StringComparison.OrdinalIgnoreCase)
            && !string.IsNullOrWhiteSpace(Market.Path)
            && !Directory.Exists(Market.Path)
            && !File.Exists(Market.Path)
        )
        {
            yield return $"Market:Path '{Market.Path}' does not exist (looked at {Path.GetFullPath(Market.Path)}); give a folder with one CSV file a stock, or one long CSV file.";
        }
    }

    private static T Bind<T>(IConfiguration configuration, string section, List<string> errors)
        where T : new() =>
        Bind(
            section,
            [.. KeysOf(typeof(T))],
            [(configuration.GetSection(section), typeof(T))],
            strictly => configuration.GetSection(section).Get<T>(strictly),
            errors
        );

    private static T Bind<T>(
        string section,
        string[] keys,
        (IConfigurationSection Section, Type Type)[] parts,
        Func<Action<BinderOptions>, T?> read,
        List<string> errors
    )
        where T : new()
    {
        try
        {
            return read(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            errors.Add(Explain(section, keys, parts, exception));
            return new T();
        }
    }

    private static IEnumerable<string> KeysOf(Type type) =>
        type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    // The binder names its own options and types; a person needs the key and what may stand there.
    private static string Explain(
        string section,
        string[] keys,
        (IConfigurationSection Section, Type Type)[] parts,
        InvalidOperationException exception
    )
    {
        var told = Innermost(exception).Message;
        if (UnknownKeys().Match(told) is { Success: true } unknown)
        {
            var names = unknown.Groups["keys"].Value.Split(", ").Select(name => name.Trim('\'')).ToArray();
            var place = parts
                .SelectMany(part => Bound(part.Section, part.Type))
                .FirstOrDefault(one =>
                    one.Type.ToString() == unknown.Groups["type"].Value
                    && names.All(name => one.Section.GetSection(name).Exists())
                );
            var (path, known) =
                place.Section is { } found && found.Path != section
                    ? (found.Path, KeysOf(place.Type))
                    : (section, keys);
            var unknownKeys = string.Join(", ", names.Select(name => $"{path}:{name}"));
            var verb = names.Length == 1 ? "is no key" : "are no keys";
            return $"{unknownKeys} {verb}; the keys of {path} are {string.Join(", ", known)}.";
        }

        if (WrongType().Match(told) is { Success: true } wrong)
        {
            return $"{wrong.Groups["key"].Value} is '{wrong.Groups["value"].Value}'; give {Kind(wrong.Groups["type"].Value)}.";
        }

        return $"{section}: {exception.Message} Correct it in appsettings.json, in the environment or on the command line.";
    }

    // The binder names the type that has no such key, and not where it stands: every section that is read into a type
    // of ours, with those below it.
    private static IEnumerable<(IConfigurationSection Section, Type Type)> Bound(
        IConfigurationSection section,
        Type type
    ) =>
        section
            .GetChildren()
            .Select(child => (Section: child, Type: TypeOf(type, child.Key)))
            .Where(child => child.Type is not null)
            .SelectMany(child => Bound(child.Section, child.Type!))
            .Prepend((section, type));

    private static Type? TypeOf(Type type, string key)
    {
        var elements = type.IsGenericType ? type.GetGenericArguments() : [];
        var own =
            elements.Length > 0
                ? elements[^1]
                : type.GetProperty(
                    key,
                    BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance
                )?.PropertyType;
        return own is { IsClass: true } or { IsInterface: true } && own != typeof(string) ? own : null;
    }

    // The binder wraps what is wrong in an element of a list into words that name neither key nor value.
    private static InvalidOperationException Innermost(InvalidOperationException exception)
    {
        var told = exception;
        while (told.InnerException is InvalidOperationException inner)
        {
            told = inner;
        }

        return told;
    }

    private static string Kind(string type) =>
        type switch
        {
            "System.Int32" or "System.Int64" => "a whole number",
            "System.Double" => "a number, with a point before decimals",
            "System.Boolean" => "true or false",
            "System.Uri" => "an address such as https://dashboard.example.org",
            "System.TimeSpan" => "a time such as 00:00:01",
            _ when type == typeof(ProviderKind).FullName =>
                $"one of {string.Join(", ", ProviderKinds.All.Select(kind => kind.Name))}",
            _ when Type.GetType($"{type}, RolloutDashboard.Core") is { IsEnum: true } words =>
                $"one of {string.Join(", ", Enum.GetNames(words))}",
            _ => $"a value of type {type}",
        };

    [GeneratedRegex("were not found on the instance of (?<type>[^:]+): (?<keys>.+)$")]
    private static partial Regex UnknownKeys();

    [GeneratedRegex("configuration value '(?<value>.*)' at '(?<key>.*)' to type '(?<type>.*)'")]
    private static partial Regex WrongType();
}
