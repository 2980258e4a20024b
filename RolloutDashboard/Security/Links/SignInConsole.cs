namespace RolloutDashboard.Security.Links;

/// <summary>The console, apart from the log: what is written here reaches no log file.</summary>
public sealed record SignInConsole(TextWriter Out);
