using System.Text;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers;

/// <summary>Tells lines of objects from documents by the beginning of a file.</summary>
internal static class LayoutGuess
{
    private const int Lines = 50;

    /// <summary>Names under which loops keep their records.</summary>
    public static bool IsListOfRecords(string name) => name is "records" or "iteration_records";

    /// <summary>Whether an object may hold a list of records; cheap, for every line.</summary>
    public static bool MayHoldList(ReadOnlySpan<byte> text) => text.IndexOf("records\""u8) >= 0;

    /// <param name="list">Path of the list that a person named; such a file is made of documents.</param>
    public static bool IsLines(ReadOnlySpan<byte> head, string? list)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (list is not null || head.IsEmpty || head[0] == '[')
        {
            return false;
        }

        var isWhole = Whole(head);
        var first = head.IndexOf((byte)'\n') is var end and >= 0 ? head[..end] : head;
        if (Whole(first) is { } whole)
        {
            return !HoldsList(whole);
        }

        // A broken first line must not make one document of all the lines behind it.
        return isWhole is null || head[0] != '{' ? MostAreWhole(head) : false;
    }

    private static bool MostAreWhole(ReadOnlySpan<byte> head)
    {
        var (looked, good) = (0, 0);
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (line.IsEmpty || looked == Lines)
            {
                continue;
            }

            looked++;
            good += Whole(line) is not null && line[^1] == '}' ? 1 : 0;
        }

        return good > 0 && good * 2 >= looked - 1;
    }

    // The text up to the end of its first object, where nothing but space follows; null otherwise.
    private static string? Whole(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != '{' || text[^1] != '}')
        {
            return null;
        }

        var (depth, inString) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'\\' when inString:
                    at++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'{' or (byte)'[' when !inString:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !inString && --depth == 0:
                    return at == text.Length - 1 ? Encoding.UTF8.GetString(text) : null;
            }
        }

        return null;
    }

    private static bool HoldsList(string text)
    {
        var found = false;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (MayHoldList(bytes))
        {
            var reader = new DocumentReader(new ByteWindow(new MemoryStream(bytes)), new ImportOptions());
            reader.Read((_, piece) => found |= piece.HadList, CancellationToken.None);
        }

        return found;
    }
}
