namespace RolloutDashboard.Imports;

/// <summary>A file is not taken; the message is for the person who sent it.</summary>
/// <param name="status">HTTP status code that says the same.</param>
public sealed class ImportRefusedException(int status, string message) : Exception(message)
{
    public int Status => status;
}
