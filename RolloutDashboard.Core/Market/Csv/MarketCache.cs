using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>
/// A parsed market in one binary file: marker, key, name, days, stocks, columns, report, data version. The key covers
/// the content of the CSV files, so a changed file makes it stale; the data version proves that the columns were read
/// whole.
/// </summary>
internal sealed class MarketCache(string file, byte[] key)
{
    private const string Marker = "rollout-market-2";

    public static string FileBeside(CsvFiles files) =>
        Path.Combine(
            files.Folder,
            files.Prices.Length == 1 ? $".{Path.GetFileName(files.Prices[0])}.market-cache" : ".market-cache"
        );

    public static string FileIn(string folder, CsvFiles files) =>
        Path.Combine(
            folder,
            $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FileBeside(files))))[..16]}.market-cache"
        );

    /// <summary>The market, or null if there is none for this key or it is damaged.</summary>
    public LoadedMarket? Read()
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using var reader = new BinaryReader(stream);
            return reader.ReadString() == Marker && reader.ReadBytes(key.Length).AsSpan().SequenceEqual(key)
                ? ReadMarket(reader)
                : null;
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or FormatException
                        or OverflowException
            )
        {
            return null;
        }
    }

    /// <summary>Writes beside the final name first, so that a reader never meets half a file.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public void Write(LoadedMarket market)
    {
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        if (IsMarkedReadOnly(folder))
        {
            throw new UnauthorizedAccessException($"Folder '{folder}' is marked read-only.");
        }

        var draft = $"{file}.{Guid.NewGuid():N}.draft";
        try
        {
            using (
                var writer = new BinaryWriter(
                    new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16)
                )
            )
            {
                writer.Write(Marker);
                writer.Write(key);
                WriteMarket(writer, market);
            }

            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // Root may write there all the same; whoever took everybody's right away did not mean that.
    private static bool IsMarkedReadOnly(string folder) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(folder) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite))
            == 0;

    private static void WriteMarket(BinaryWriter writer, LoadedMarket market)
    {
        var panel = market.Panel;
        writer.Write(panel.Name);
        writer.Write(panel.DayCount);
        writer.Write(panel.StockCount);
        foreach (var date in panel.Dates)
        {
            writer.Write(date.DayNumber);
        }

        foreach (var stock in panel.Stocks)
        {
            writer.Write(stock);
        }

        writer.Write(panel.Fields.Count);
        foreach (var field in panel.Fields)
        {
            writer.Write((int)field);
            writer.Write(MemoryMarshal.AsBytes<double>(panel.ByDay(field)));
        }

        WriteReport(writer, market.Report);
        writer.Write(panel.DataVersion);
    }

    private static void WriteReport(BinaryWriter writer, MarketDataReport report)
    {
        writer.Write(report.Source);
        writer.Write(report.FaultCount);
        writer.Write(report.CountsByKind.Count);
        foreach (var (kind, count) in report.CountsByKind)
        {
            writer.Write(kind);
            writer.Write(count);
        }

        writer.Write(report.Faults.Count);
        foreach (var fault in report.Faults)
        {
            writer.Write(fault.Kind);
            writer.Write(fault.Stock);
            writer.Write(fault.Date?.DayNumber ?? -1);
            writer.Write(fault.File ?? "");
            writer.Write(fault.Line ?? -1);
            writer.Write(fault.Message);
            writer.Write(fault.Move ?? double.NaN);
        }
    }

    private static LoadedMarket? ReadMarket(BinaryReader reader)
    {
        var name = reader.ReadString();
        var (dayCount, stockCount) = (reader.ReadInt32(), reader.ReadInt32());
        if (dayCount < 0 || stockCount < 0 || (long)dayCount * stockCount * sizeof(double) > reader.BaseStream.Length)
        {
            return null;
        }

        var days = Enumerable.Range(0, dayCount).Select(_ => DateOnly.FromDayNumber(reader.ReadInt32())).ToArray();
        var stocks = Enumerable.Range(0, stockCount).Select(_ => reader.ReadString()).ToArray();
        var columns = new Dictionary<MarketField, double[]>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var field = (MarketField)reader.ReadInt32();
            var column = new double[dayCount * stockCount];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan()));
            columns[field] = column;
        }

        var source = reader.ReadString();
        var faultCount = reader.ReadInt32();
        var counts = new Dictionary<string, int>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            counts[reader.ReadString()] = reader.ReadInt32();
        }

        var faults = Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadFault(reader)).ToArray();
        var panel = new MarketPanel(name, isSynthetic: false, days, stocks, columns)
        {
            CarryDays = MarketPanel.UsualCarryDays,
        };
        return panel.DataVersion == reader.ReadString()
            ? new LoadedMarket(panel, new MarketDataReport(source, faults, faultCount) { CountsByKind = counts })
            : null;
    }

    private static MarketDataFault ReadFault(BinaryReader reader)
    {
        var (kind, stock, date) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        var (file, line, message, move) = (
            reader.ReadString(),
            reader.ReadInt32(),
            reader.ReadString(),
            reader.ReadDouble()
        );
        return new MarketDataFault(
            kind,
            stock,
            date < 0 ? null : DateOnly.FromDayNumber(date),
            file.Length == 0 ? null : file,
            line < 0 ? null : line,
            message
        )
        {
            Move = double.IsNaN(move) ? null : move,
        };
    }
}
