using System.Reflection;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>The facts of each layout.</summary>
public static class RecordLayouts
{
    /// <summary>Of every value of <see cref="RecordLayout"/>, in their order.</summary>
    public static IReadOnlyDictionary<RecordLayout, IRecordLayout> All { get; } =
        Enum.GetNames<RecordLayout>()
            .Select(name => typeof(RecordLayout).GetField(name)!)
            .ToDictionary(
                field => (RecordLayout)field.GetValue(null)!,
                field => field.GetCustomAttribute<LayoutAttribute>()!.Layout
            );

    private static IHistoryReader[] Readers { get; } = [.. All.Values.OfType<IHistoryReader>()];

    /// <summary>Extensions of files that are read, packed ones included, as a choice of files takes them.</summary>
    public static string FileExtensions { get; } =
        string.Join(',', [.. Readers.SelectMany(reader => reader.FileExtensions), HistoryStream.PackedExtension]);

    /// <summary>Of one layout; of one that a later version stored, those of a list.</summary>
    public static IRecordLayout Of(RecordLayout layout) => All.GetValueOrDefault(layout, All[RecordLayout.List]);

    /// <summary>Who reads a file that begins so: the best fit, and of two such the one that is listed first.</summary>
    internal static IHistoryReader Fitting(ReadOnlySpan<byte> head, ImportOptions options)
    {
        var (best, fit) = (Readers[0], Readers[0].FitOf(head, options));
        foreach (var reader in Readers.AsSpan(1))
        {
            if (reader.FitOf(head, options) is var found && found > fit)
            {
                (best, fit) = (reader, found);
            }
        }

        return best;
    }
}
