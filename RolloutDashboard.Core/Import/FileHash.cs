using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutDashboard.Core.Import.Streams;

namespace RolloutDashboard.Core.Import;

/// <summary>What a file is known by.</summary>
/// <param name="OfContent">SHA-256 of its bytes, as <c>sha256sum</c> prints it.</param>
/// <param name="WithOptions">SHA-256 of the bytes and of what was said about them: the same records as another arm are
/// another set.</param>
internal sealed record FileHash(string OfContent, string WithOptions)
{
    public static FileHash Of(string file, ImportOptions options, CancellationToken cancellationToken)
    {
        using var stream = HistoryStream.OpenFile(file, options);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.UTF8.GetBytes(Said(options)));
        var buffer = new byte[1024 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            content.AppendData(buffer, 0, read);
            all.AppendData(buffer, 0, read);
        }

        return new FileHash(
            Convert.ToHexStringLower(content.GetHashAndReset()),
            Convert.ToHexStringLower(all.GetHashAndReset())
        );
    }

    private static string Said(ImportOptions options)
    {
        var example = options.PromptExample is { } given ? $"|{given}" : "";
        var names = options.Mapping with { Zone = null };
        var mapping = names.IsEmpty ? "" : $"|{names.ToCommandLine()}";

        // A zone is the same whether it was said beside the mapping or saved with it.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Arm}|{options.Zone?.Id ?? options.Mapping.Zone}|{options.Share}{example}{mapping}\n"
        );
    }
}
