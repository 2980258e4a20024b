namespace RolloutDashboard.Commands;

/// <param name="Message">The server's words, shown to the person as they are.</param>
/// <param name="LookAgain">Nothing was done, because what the person had seen is out of date: show it anew and ask
/// again.</param>
public sealed record CommandResult(bool Succeeded, string Message, bool LookAgain = false);
