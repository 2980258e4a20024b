using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Shared;

/// <summary>A command's data directory.</summary>
internal static class CommandData
{
    /// <summary>Opens it as the server does: what other accounts could reach is mended and told, on the stream for
    /// errors.</summary>
    /// <exception cref="IOException">The folder can't be made.</exception>
    public static DataDirectory Open(string path)
    {
        var data = new DataDirectory(path);
        if (MendRights.Execute(data).Sentence is { } mended)
        {
            Console.Error.WriteLine(mended);
        }

        return data;
    }
}
