using System.Text.Json;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Tests.Recovery.Exercise;

/// <summary>One line of the log: an action begins, or has ended.</summary>
/// <param name="Id">Stands in the reason of the decision that the action leaves.</param>
/// <param name="Succeeded">Null at its beginning.</param>
internal sealed record ExerciseLine(string Id, string Kind, bool? Succeeded, string? Message);

/// <summary>What the exerciser did, line by line, in a file that outlives its process.</summary>
internal sealed class ExerciseLog(DataDirectory data)
{
    private readonly Lock _lock = new();

    private string File => Path.Combine(data.Path, "exercise.jsonl");

    /// <summary>While this file exists the exerciser acts.</summary>
    public string Go => Path.Combine(data.Path, "exercise-go");

    public void Add(ExerciseLine line)
    {
        lock (_lock)
        {
            System.IO.File.AppendAllText(File, JsonSerializer.Serialize(line) + "\n");
        }
    }

    public IReadOnlyList<ExerciseLine> Read()
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
        }

        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = new List<ExerciseLine>();
        while (reader.ReadLine() is { } line)
        {
            // A kill can cut the last line.
            if (line.EndsWith('}'))
            {
                lines.Add(JsonSerializer.Deserialize<ExerciseLine>(line)!);
            }
        }

        return lines;
    }
}
