using System.CommandLine;
using System.CommandLine.Parsing;

namespace RolloutDashboard.Cli.Shared;

/// <summary>Arguments that name files: a pipe, a device or a folder in the place of one is refused before anything
/// waits for it.</summary>
internal static class FileArguments
{
    /// <summary>A file that is read. One that is missing is told by the command itself.</summary>
    /// <param name="mayBeInput">Whether "-" stands for standard input.</param>
    public static Option<T> ReadsFile<T>(this Option<T> option, bool mayBeInput = false)
    {
        option.Validators.Add(result =>
            Check(result, path => mayBeInput && path == "-" ? null : RegularFile.ReadingFault(path))
        );
        return option;
    }

    /// <inheritdoc cref="ReadsFile{T}(Option{T}, bool)"/>
    public static Argument<T> ReadsFile<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result => Check(result, RegularFile.ReadingFault));
        return argument;
    }

    /// <summary>A file, or a folder of CSV files, that is read.</summary>
    public static Option<T> ReadsFiles<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
            Check(result, path =>
                Directory.Exists(path)
                    ? Directory
                        .EnumerateFiles(path, "*.csv")
                        .Select(RegularFile.ReadingFault)
                        .FirstOrDefault(fault => fault is not null)
                    : RegularFile.ReadingFault(path)
            )
        );
        return option;
    }

    /// <summary>A file that is written.</summary>
    public static Option<T> WritesFile<T>(this Option<T> option)
    {
        option.Validators.Add(result => Check(result, RegularFile.WritingFault));
        return option;
    }

    /// <summary>A folder that is read or written: not a file.</summary>
    public static Option<T> NamesFolder<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
            Check(result, path =>
                path.Length == 0 || File.Exists(path) ? $"'{path}' is no folder; give a folder." : null
            )
        );
        return option;
    }

    private static void Check(SymbolResult result, Func<string, string?> fault)
    {
        foreach (var token in result.Tokens)
        {
            if (FaultOf(token.Value, fault) is { } words)
            {
                result.AddError(words);
            }
        }
    }

    private static string? FaultOf(string path, Func<string, string?> fault)
    {
        try
        {
            return fault(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"'{path}' can't be read: {exception.Message}";
        }
    }
}
