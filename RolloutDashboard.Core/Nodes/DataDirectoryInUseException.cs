namespace RolloutDashboard.Core.Nodes;

/// <summary>Another process works on the data directory.</summary>
public sealed class DataDirectoryInUseException(string path, Exception inner)
    : Exception(
        $"Storage:DataDirectory '{path}' is in use by another process. Stop that one, or give this one a folder of its own.",
        inner
    );
