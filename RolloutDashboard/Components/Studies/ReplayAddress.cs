using System.Globalization;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Studies;

/// <summary>A replay as a page address, a query string or command line options.</summary>
public static class ReplayAddress
{
    private const string Live = "live";
    private const string Import = "import:";

    /// <param name="data">"live" or nothing for this rollout, "import:3" for an imported data set.</param>
    /// <exception cref="SelectionException">A part means nothing; the message names each, and what may stand
    /// there.</exception>
    public static ReplayRequest Parse(string? data, string? run, string? stage, string? gates, string? with)
    {
        var faults = new List<string>();
        var import = ImportOf(data, faults);
        var isImport = !IsNothing(data) && data != Live;
        var request = new ReplayRequest(
            import,
            OfImport(run, "run", isImport, Whole, "a whole number from 1 on", faults),
            OfImport(stage, "stage", isImport, StageNames.Find, "3.1, 3.2, 3.3 or 3.4", faults)
                ?? Stage.TemplateLibraryOnly,
            Value(gates, "gates", Whole, "the number of a stored version", faults),
            with
        );
        return faults.Count == 0
            ? request
            : throw new SelectionException(SelectionFault.Malformed, string.Join(' ', faults));
    }

    private static int? ImportOf(string? data, List<string> faults)
    {
        if (IsNothing(data) || data == Live)
        {
            return null;
        }

        var import = data!.StartsWith(Import, StringComparison.Ordinal) ? Whole(data[Import.Length..]) : null;
        if (import is null)
        {
            faults.Add($"'{data}' names no history: write live, or import:N with the number of an imported data set.");
        }

        return import;
    }

    // The live rollout has its own stages and runs.
    private static T? OfImport<T>(
        string? text,
        string name,
        bool isImport,
        Func<string, T?> read,
        string allowed,
        List<string> faults
    )
        where T : struct
    {
        if (!IsNothing(text) && !isImport)
        {
            faults.Add($"'{name}' is known of an imported history only; leave it out.");
            return null;
        }

        return Value(text, name, read, allowed, faults);
    }

    private static T? Value<T>(string? text, string name, Func<string, T?> read, string allowed, List<string> faults)
        where T : struct
    {
        if (IsNothing(text))
        {
            return null;
        }

        var value = read(text!);
        if (value is null)
        {
            faults.Add($"'{name}={text}' will not do; give {allowed}.");
        }

        return value;
    }

    private static bool IsNothing(string? text) => string.IsNullOrWhiteSpace(text);

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
}
