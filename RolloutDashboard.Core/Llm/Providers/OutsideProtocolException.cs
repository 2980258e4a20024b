namespace RolloutDashboard.Core.Llm.Providers;

/// <summary>An answer of status 200 that is not the interface's: a gateway's page, a broken text, or an error in place
/// of an answer.</summary>
/// <param name="isError">Whether it is JSON that names an error, which may be about the question.</param>
public sealed class OutsideProtocolException(string message, bool isError) : Exception(message)
{
    public bool IsError { get; } = isError;
}
