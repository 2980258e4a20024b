using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Configuration;

/// <summary>Section "Stages" of the configuration.</summary>
public sealed class StageOptions
{
    /// <summary>Least time in each stage, in days: 7, 14, 14 and 30. A demo has none.</summary>
    public Dictionary<string, double> MinimumTime { get; set; } =
        new(StringComparer.Ordinal)
        {
            ["3.1"] = 7,
            ["3.2"] = 14,
            ["3.3"] = 14,
            ["3.4"] = 30,
        };

    /// <summary>Flags that a stage starts with where they differ from the plan's, by stage and snake-case
    /// name.</summary>
    public Dictionary<string, Dictionary<string, string>> Configuration { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The configuration that a stage starts with.</summary>
    /// <exception cref="InvalidOperationException">The overrides are wrong; <see cref="Errors"/> says how.</exception>
    public StageConfiguration StartOf(Stage stage) =>
        Configuration
            .GetValueOrDefault(stage.Number(), [])
            .Aggregate(StageConfiguration.For(stage), (configuration, flag) =>
                configuration.With(flag.Key, flag.Value) is { Changed: { } changed }
                    ? changed
                    : throw new InvalidOperationException($"Stages:Configuration:{stage.Number()}:{flag.Key} is wrong.")
            );

    /// <summary>Least time of a stage; zero in a demo.</summary>
    public TimeSpan For(Stage stage, bool isDemo) =>
        isDemo ? TimeSpan.Zero : TimeSpan.FromDays(MinimumTime.GetValueOrDefault(stage.Number()));

    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public IEnumerable<string> Errors()
    {
        var known = Enum.GetValues<Stage>().Select(stage => stage.Number()).ToHashSet(StringComparer.Ordinal);
        foreach (var (stage, days) in MinimumTime)
        {
            if (!known.Contains(stage))
            {
                yield return $"Stages:MinimumTime:{stage} names no stage; the stages are 3.1, 3.2, 3.3 and 3.4.";
            }

            if (!(days >= 0 && days <= 3650))
            {
                yield return $"Stages:MinimumTime:{stage} is {days}; give a number of days from 0 to 3650.";
            }
        }

        foreach (var (stage, flags) in Configuration)
        {
            if (!known.Contains(stage))
            {
                yield return $"Stages:Configuration:{stage} names no stage; the stages are 3.1, 3.2, 3.3 and 3.4.";
                continue;
            }

            foreach (var (name, value) in flags)
            {
                if (new StageConfiguration().With(name, value).Error is { } error)
                {
                    yield return $"Stages:Configuration:{stage}:{error}";
                }
            }
        }
    }
}
