using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Promotions;

public sealed class ResumeTests
{
    private const string Cause = "The provider had changed its answers; mended.";

    [Fact]
    public async Task Execute_ValidatedSinceTheRollback_OpensTheNextAttemptWithJsonOn()
    {
        using var trial = await RolledBackAndValidatedAsync();

        var result = await ResumeAsync(trial);

        Assert.True(result.Succeeded, result.Message);
        var rollout = await trial.RolloutAsync();
        Assert.Equal(
            (RolloutPhase.Active, 2, Stage.TemplateLibraryOnly),
            (rollout.Phase, rollout.Attempt, rollout.Stage)
        );
        Assert.Equal(rollout.AttemptStartedAt, rollout.ResumedAt);
        Assert.True((await trial.ConfigurationAsync()).JsonModeEnabled);
        Assert.True(trial.Switch.Allows);
        Assert.False(File.Exists(trial.Data.StopMarker));
        Assert.Contains(GenerationMode.Json, await AssignAsync(trial, 10));
        await using var db = trial.CreateDbContext();
        Assert.Equal(
            ["rolled back", null],
            await db
                .StageAttempts.OrderBy(visit => visit.Attempt)
                .Select(visit => visit.Outcome)
                .ToListAsync(RolloutTrial.Token)
        );
        Assert.Equal(Cause, (await db.Decisions.SingleAsync(row => row.Kind == "resume", RolloutTrial.Token)).Reason);
        Assert.Empty(DecisionChain.Verify(trial.Journal.Read()));
    }

    [Fact]
    public async Task Execute_Resumed_MakesTheRollbackAThingOfThePast()
    {
        using var trial = await RolledBackAndValidatedAsync();
        Assert.False((await LatestRollbackAsync(trial))!.IsPast);

        trial.Time.Advance(TimeSpan.FromMinutes(1));
        await ResumeAsync(trial);

        Assert.True((await LatestRollbackAsync(trial))!.IsPast);
    }

    [Fact]
    public async Task Execute_NeverValidated_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.RollBackAsync();

        await RefusedAsync(trial, "Needs a passed staging validation");
    }

    [Fact]
    public async Task Execute_ValidatedBeforeTheRollback_IsRefused()
    {
        using var trial = await RolledBackAndValidatedAsync();
        await ResumeAsync(trial);
        trial.Time.Advance(TimeSpan.FromMinutes(1));
        await trial.RollBackAsync();

        await RefusedAsync(trial, "Needs a passed staging validation");
    }

    [Fact]
    public async Task Execute_ValidationFailed_IsRefused()
    {
        using var trial = await RolloutTrial.OpenAsync();
        await trial.RollBackAsync();
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync(row => row.Level = SuccessLevel.Failed);

        await RefusedAsync(trial, "validation since the rollback failed");
    }

    [Fact]
    public async Task Execute_FlagChangedSinceTheValidation_IsRefused()
    {
        using var trial = await RolledBackAndValidatedAsync();
        var rollout = await trial.RolloutAsync();
        var changed = await trial.Change.ExecuteAsync(
            new ChangeConfigurationRequest(
                "anna",
                rollout.StateVersion,
                "innovation_rate",
                "50",
                "fewer calls while we look into it"
            ),
            RolloutTrial.Token
        );
        Assert.True(changed.Succeeded, changed.Message);

        await RefusedAsync(trial, "Needs a passed staging validation");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   too few words     ")]
    public async Task Execute_NoWrittenCause_IsRefused(string cause)
    {
        using var trial = await RolledBackAndValidatedAsync();

        var result = await trial.Resume.ExecuteAsync(
            new ResumeRequest(
                "olga",
                (await trial.RolloutAsync()).StateVersion,
                trial.Switch.CaptureToken().Marker,
                cause
            ),
            RolloutTrial.Token
        );

        Assert.False(result.Succeeded);
        Assert.Contains("at least 20 characters", result.Message);
    }

    [Fact]
    public async Task Execute_NotRolledBack_IsRefusedAndClosesNothing()
    {
        using var trial = await RolloutTrial.OpenAsync();

        var result = await ResumeAsync(trial);

        Assert.False(result.Succeeded);
        Assert.True(trial.Switch.Allows);
    }

    [Fact]
    public async Task Execute_StaleVersion_IsRefused()
    {
        using var trial = await RolledBackAndValidatedAsync();
        var version = (await trial.RolloutAsync()).StateVersion;

        var result = await trial.Resume.ExecuteAsync(
            new ResumeRequest("olga", version - 1, trial.Switch.CaptureToken().Marker, Cause),
            RolloutTrial.Token
        );

        Assert.Contains("changed meanwhile", result.Message);
        Assert.False(trial.Switch.Allows);
    }

    [Fact]
    public async Task Execute_StopJsonFromTheCommandLineSinceThePageWasRead_IsRefused()
    {
        using var trial = await RolledBackAndValidatedAsync();
        var seen = trial.Switch.CaptureToken().Marker;
        new JsonKillSwitch(trial.Data, trial.Time).Mark("command line", "do not resume yet");

        var result = await trial.Resume.ExecuteAsync(
            new ResumeRequest("olga", (await trial.RolloutAsync()).StateVersion, seen, Cause),
            RolloutTrial.Token
        );

        Assert.Contains("stopped again", result.Message);
        Assert.Equal(RolloutPhase.RolledBack, (await trial.RolloutAsync()).Phase);
    }

    [Fact]
    public async Task Execute_CrashBetweenCommitAndRelease_LeavesJsonOff()
    {
        using var trial = await RolledBackAndValidatedAsync();
        var marker = await File.ReadAllBytesAsync(trial.Data.StopMarker, RolloutTrial.Token);
        await ResumeAsync(trial);
        // What the next process finds when this one died after its commit: the database on, the marker still there.
        await File.WriteAllBytesAsync(trial.Data.StopMarker, marker, RolloutTrial.Token);
        var next = new JsonKillSwitch(trial.Data, trial.Time);

        Assert.True((await trial.ConfigurationAsync()).JsonModeEnabled);
        Assert.False(next.TryRelease());
        Assert.False(next.Allows);
    }

    [Fact]
    public async Task Execute_MarkerCantBeRemoved_StaysOffAndIsReleasedLaterWithoutAnotherStop()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folder rights are those of Unix.");
        using var trial = await RolledBackAndValidatedAsync();
        var seen = trial.Switch.CaptureToken().Marker;
        trial.Switch.AuthorizeRelease(new KillSwitchToken(trial.Switch.Latch(), seen));
        Directory.CreateDirectory(trial.Data.StopMarker + ".released");
        await File.WriteAllTextAsync(
            Path.Combine(trial.Data.StopMarker + ".released", "in the way"),
            "",
            RolloutTrial.Token
        );

        Assert.ThrowsAny<Exception>(() => trial.Switch.TryRelease());
        Assert.False(trial.Switch.Allows);

        Directory.Delete(trial.Data.StopMarker + ".released", recursive: true);
        Assert.True(trial.Switch.TryRelease());
    }

    private static async Task<RollbackView?> LatestRollbackAsync(RolloutTrial trial)
    {
        await using var db = trial.CreateDbContext();
        return await ReadRollback.ExecuteAsync(db, await trial.RolloutAsync(), RolloutTrial.Token);
    }

    private static async Task<RolloutTrial> RolledBackAndValidatedAsync()
    {
        var trial = await RolloutTrial.OpenAsync();
        await trial.RollBackAsync();
        trial.Time.Advance(TimeSpan.FromMinutes(1));
        await trial.Validate.StartAsync("olga", RolloutTrial.Token);
        await trial.RunStagingAsync();
        return trial;
    }

    private static async Task<TransitionResult> ResumeAsync(RolloutTrial trial) =>
        await trial.Resume.ExecuteAsync(
            new ResumeRequest(
                "olga",
                (await trial.RolloutAsync()).StateVersion,
                trial.Switch.CaptureToken().Marker,
                Cause
            ),
            RolloutTrial.Token
        );

    private static async Task RefusedAsync(RolloutTrial trial, string words)
    {
        var result = await ResumeAsync(trial);
        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message);
        Assert.False(trial.Switch.Allows);
        Assert.False((await trial.ConfigurationAsync()).JsonModeEnabled);
    }

    private static async Task<IReadOnlyList<GenerationMode>> AssignAsync(RolloutTrial trial, int count)
    {
        var modes = new List<GenerationMode>();
        for (var i = 0; i < count; i++)
        {
            modes.Add((await trial.Claims.ClaimAsync(RolloutEnvironment.Production, RolloutTrial.Token))!.AssignedMode);
        }

        return modes;
    }
}
