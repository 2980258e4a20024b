using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Cli.Evidence;

/// <summary>`verify`: checks the database file, the decision chain in database and journal, and the iterations'
/// numbers.</summary>
public static class VerifyCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    public static Command Create(Func<string> dataDirectory, TextWriter output)
    {
        var data = RecoveryServices.DataOption();
        var command = new Command(
            "verify",
            "Verifies the database file, the decision chain in database and journal, and that no iteration is missing. Exit code 0 if all is well, 1 if not."
        )
        {
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed.GetValue(data) ?? dataDirectory(), output, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string path, TextWriter output, CancellationToken cancellationToken)
    {
        if (RecoveryServices.WhyNoDatabase(path) is { } problem)
        {
            await output.WriteLineAsync(problem);
            return 2;
        }

        await using var services = RecoveryServices.Open(path, TimeProvider.System);
        var facts = await services.GetRequiredService<VerifyRecords>().ExecuteAsync(cancellationToken);
        foreach (var fact in facts)
        {
            await output.WriteLineAsync($"{(fact.IsGood ? "ok   " : "FAULT")} {fact.Text}");
        }

        return facts.All(fact => fact.IsGood) ? 0 : 1;
    }
}
