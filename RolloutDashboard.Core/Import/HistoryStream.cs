using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Import;

/// <summary>Opens files to import.</summary>
internal static class HistoryStream
{
    /// <exception cref="ImportException">There is no such file, or it is too large.</exception>
    public static FileStream Open(string file, ImportOptions options)
    {
        if (!File.Exists(file))
        {
            throw new ImportException($"There is no file {file}.");
        }

        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        if (stream.Length <= options.LargestFile)
        {
            return stream;
        }

        var length = stream.Length;
        stream.Dispose();
        throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"The file has {length:#,0} bytes; at most {options.LargestFile:#,0} are imported. Split it."));
    }
}

/// <summary>What a file is known by.</summary>
/// <param name="OfContent">SHA-256 of its bytes, as <c>sha256sum</c> prints it.</param>
/// <param name="WithOptions">SHA-256 of the bytes and of what was said about them: the same records as another arm are another set.</param>
internal sealed record FileHash(string OfContent, string WithOptions)
{
    public static FileHash Of(string file, ImportOptions options, CancellationToken cancellationToken)
    {
        using var stream = HistoryStream.Open(file, options);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{options.Arm}|{options.Zone?.Id}|{options.Share}{(options.PromptExample is { } example ? $"|{example}" : "")}\n")));
        var buffer = new byte[1024 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            content.AppendData(buffer, 0, read);
            all.AppendData(buffer, 0, read);
        }

        return new FileHash(Convert.ToHexStringLower(content.GetHashAndReset()), Convert.ToHexStringLower(all.GetHashAndReset()));
    }
}
