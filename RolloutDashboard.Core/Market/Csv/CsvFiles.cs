using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>The files of a CSV market.</summary>
/// <param name="Folder">Folder of the prices.</param>
/// <param name="Prices">One file a stock, or one long file; in order of their names.</param>
/// <param name="Fundamentals">fundamentals.csv beside them, if there is one.</param>
internal sealed record CsvFiles(string Folder, string[] Prices, string? Fundamentals)
{
    public const string FundamentalsName = "fundamentals.csv";

    /// <exception cref="MarketDataException">There is no such folder, or no CSV file in it.</exception>
    public static CsvFiles Find(string path)
    {
        if (File.Exists(path))
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return new CsvFiles(folder, [Path.GetFullPath(path)], FundamentalsOf(folder));
        }

        if (!Directory.Exists(path))
        {
            throw new MarketDataException(
                $"Market:Path '{path}' doesn't exist. Set Market:Path to a folder of CSV files, or Market:Source to Synthetic."
            );
        }

        var full = Path.GetFullPath(path);
        var prices = Directory
            .EnumerateFiles(full)
            .Where(file =>
                Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) && !IsFundamentals(file)
            )
            .Order(StringComparer.Ordinal)
            .ToArray();
        return prices.Length > 0
            ? new CsvFiles(full, prices, FundamentalsOf(full))
            : throw new MarketDataException(
                $"Market:Path '{path}' holds no CSV file with prices. Put one file a stock there, for example ABC.csv with the columns date,open,high,low,close,volume."
            );
    }

    /// <summary>SHA-256 over names, sizes and contents of all files.</summary>
    public byte[] ContentHash(CancellationToken cancellationToken)
    {
        string[] files = Fundamentals is null ? Prices : [.. Prices, Fundamentals];
        var hashes = new byte[files.Length][];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            using var stream = File.OpenRead(files[i]);
            hashes[i] = SHA256.HashData(stream);
        });

        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < files.Length; i++)
        {
            all.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(files[i])}\n{new FileInfo(files[i]).Length}\n"));
            all.AppendData(hashes[i]);
        }

        return all.GetHashAndReset();
    }

    private static bool IsFundamentals(string file) =>
        Path.GetFileName(file).Equals(FundamentalsName, StringComparison.OrdinalIgnoreCase);

    private static string? FundamentalsOf(string folder) =>
        Directory.EnumerateFiles(folder).FirstOrDefault(IsFundamentals);
}
