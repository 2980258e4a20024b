using System.Globalization;
using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Statistics.Numerics;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence.AaTest;

/// <summary>Healthy records whose outcome knows nothing of their arm.</summary>
internal sealed class NullModel(string salt, double successRate)
{
    private const double ShareOfFailures = 0.3;
    private const int ErrorKinds = 8;

    /// <summary>A finished iteration of a strategy of its own; the caller sets rollout, source and mode.</summary>
    public IterationRecord Of(long number, DateTimeOffset at)
    {
        var succeeds = Draw(number, "success") < successRate;
        var fails = !succeeds && Draw(number, "failure") < ShareOfFailures;

        // Either sign has a tail of its own: the size of a Sharpe ratio, at random and without a mode.
        var size = Math.Abs(Distributions.NormalQuantile(Math.Clamp(Draw(number, "size"), 1e-6, 1 - 1e-6))) * 0.5;
        double? sharpe =
            fails ? null
            : succeeds ? size + 0.001
            : -size - 0.001;
        return new IterationRecord
        {
            Environment = RolloutEnvironment.Production,
            Number = number,
            Stage = Stage.Hybrid,
            Attempt = 1,
            ConfigurationNumber = 1,
            AssignmentReason = "",
            Status = IterationStatus.Finished,
            Level = Classifier.Classify(!fails, sharpe, sharpe / 4, fails ? null : -0.1 - (size / 20)),
            SharpeRatio = sharpe,
            TotalReturn = sharpe / 4,
            MaxDrawdown = fails ? null : -0.1 - (size / 20),
            Fingerprint = fails ? null : string.Create(CultureInfo.InvariantCulture, $"strategy-{number}"),
            ParametersJson = fails ? null : "{}",
            TemplateName = fails ? null : "Momentum",
            FailureKind = fails ? "run" : null,
            FailureSignature = fails
                ? string.Create(CultureInfo.InvariantCulture, $"error-{(int)(Draw(number, "error") * ErrorKinds)}")
                : null,
            MarketDataVersion = "scripted",
            EngineVersion = "scripted",
            MetricBasis = "scripted",
            Attempts = 1,
            ClaimedAt = at,
            EndedAt = at.AddMilliseconds(700),
        };
    }

    private double Draw(long number, string purpose) =>
        UniformHash.Of(salt, string.Create(CultureInfo.InvariantCulture, $"{purpose}/{number}"));
}
