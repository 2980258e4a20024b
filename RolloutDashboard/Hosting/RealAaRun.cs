using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.AaTest;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Hosting;

/// <summary>
/// One A/A run through the whole pipeline: assignment, generation, backtest, record, judgement. Both arms generate in
/// JSON mode, in a data directory of their own that is deleted afterwards.
/// </summary>
public static class RealAaRun
{
    /// <param name="configuration">Market, backtest and providers as configured; storage, shares and fallbacks are the
    /// run's own.</param>
    /// <exception cref="InvalidOperationException">The configuration has faults.</exception>
    public static async Task<RealAaResult> ExecuteAsync(
        IConfiguration configuration,
        int iterations,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("aa-run-").FullName;
        try
        {
            var own = new ConfigurationBuilder()
                .AddConfiguration(configuration)
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Storage:DataDirectory"] = folder,
                        ["Rollout:Demo"] = "true",
                        ["Stages:Configuration:3.1:json_mode_probability"] = "0.5",
                        ["Stages:Configuration:3.1:template_mode"] = "false",
                        ["Stages:Configuration:3.1:fallback_to_full_code"] = "false",
                    }
                )
                .Build();
            var (settings, errors) = Settings.Read(own);
            await using var services = settings is null
                ? throw new InvalidOperationException(string.Join(' ', errors))
                : new ServiceCollection()
                    .AddLogging()
                    .AddSingleton<IConfiguration>(own)
                    .AddDashboard(settings, own)
                    .BuildServiceProvider();
            return await RunAsync(services, iterations, progress, cancellationToken);
        }
        finally
        {
            StorageServices.Engine.Release(new DataDirectory(folder).Database);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        await services
            .GetRequiredService<MigrateDatabase>()
            .ExecuteAsync(services.GetRequiredService<DataDirectory>().Database, cancellationToken);
        await services.GetRequiredService<ProcessSessions>().OpenAsync("a/a", cancellationToken);
        await services.GetRequiredService<OpenRollout>().ExecuteAsync(cancellationToken);
        var market = await services.GetRequiredService<CurrentMarket>().GetAsync(cancellationToken);
        await services.GetRequiredService<EnsureEvaluationBaseline>().ExecuteAsync(market.Panel, cancellationToken);
    }

    // Both modes ask the same generator.
    private static IterationPipeline PipelineOf(ServiceProvider services)
    {
        var json = services
            .GetServices<IStrategyGenerator>()
            .Single(generator => generator.Mode == GenerationMode.Json);
        IStrategyGenerator[] both =
        [
            new AaTestGenerator(json, GenerationMode.Json),
            new AaTestGenerator(json, GenerationMode.FullCode),
        ];
        return ActivatorUtilities.CreateInstance<IterationPipeline>(
            services,
            ActivatorUtilities.CreateInstance<GenerateStrategy>(services, [both.AsEnumerable()])
        );
    }

    private static async Task<RealAaResult> RunAsync(
        ServiceProvider services,
        int iterations,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        await OpenAsync(services, cancellationToken);
        var pipeline = PipelineOf(services);
        var claims = services.GetRequiredService<IIterationClaims>();
        for (var done = 1; done <= iterations; done++)
        {
            var claim = await claims.ClaimAsync(RolloutEnvironment.Production, worker: 0, cancellationToken)
                ?? throw new InvalidOperationException("The loop gave no iteration.");
            await pipeline.RunAsync(claim, cancellationToken);
            progress(done);
        }

        var (first, second) = SetSelection.Arms;
        var made = await services
            .GetRequiredService<CompareSelections>()
            .ExecuteAsync(first, second, cancellationToken, ComparisonQuestion.SameMode);
        await using var db = await services
            .GetRequiredService<IDbContextFactory<RolloutDb>>()
            .CreateDbContextAsync(cancellationToken);
        var set = await ReadEvidenceSet.OfAttemptAsync(
            db,
            await db.CurrentRolloutAsync(cancellationToken),
            cancellationToken
        );
        return new RealAaResult(made, EvidenceChecks.Run(set));
    }
}
