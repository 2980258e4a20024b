using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>A history file as UTF-8 text, whatever it was packed or written in.</summary>
internal sealed class HistoryStream : IDisposable
{
    /// <summary>With which packed files end.</summary>
    public const string PackedExtension = ".gz";

    private readonly FileStream _file;

    private HistoryStream(FileStream file, Stream content)
    {
        (_file, Content) = (file, content);
    }

    /// <summary>UTF-8 without a mark.</summary>
    public Stream Content { get; }

    /// <summary>Bytes of the file read so far.</summary>
    public long Position => _file.Position;

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <exception cref="ImportException">There is no such file, it is too large, or it is nothing that is unpacked
    /// here.</exception>
    public static HistoryStream Open(string file, ImportOptions options)
    {
        var stream = OpenFile(file, options);
        try
        {
            return new HistoryStream(stream, ContentOf(stream, options));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes as they are.</summary>
    /// <exception cref="ImportException">There is no such file, or it is too large.</exception>
    public static FileStream OpenFile(string file, ImportOptions options)
    {
        if (!File.Exists(file))
        {
            throw new ImportException($"There is no file {file}.");
        }

        var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1,
            FileOptions.SequentialScan
        );
        if (stream.Length <= options.LargestFile)
        {
            return stream;
        }

        var length = stream.Length;
        stream.Dispose();
        throw new ImportException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file has {length:#,0} bytes; at most {options.LargestFile:#,0} are imported. Split it."
            )
        );
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }

    private static Stream ContentOf(FileStream file, ImportOptions options)
    {
        if (FormatSniffer.IsGzip(Head(file)))
        {
            return Decoded(
                new UnpackedStream(new GZipStream(file, CompressionMode.Decompress), file, options.LargestUnpacked)
            );
        }

        return Decoded(file);
    }

    private static Stream Decoded(Stream bytes)
    {
        var begun = new PeekedStream(bytes);
        var (encoding, mark) = FormatSniffer.Judge(begun.Head);
        begun.Skip(mark);
        return encoding is null
            ? begun
            : new DecodedStream(
                Encoding.CreateTranscodingStream(begun, encoding, new UTF8Encoding(false)),
                encoding.EncodingName
            );
    }

    private static byte[] Head(FileStream file)
    {
        var head = new byte[8];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..read];
    }
}
