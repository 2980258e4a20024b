using System.Globalization;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>What a gzip archive holds, up to a limit: a few kilobytes can unpack to terabytes.</summary>
/// <param name="packed">The archive itself, to see how far it was read.</param>
internal sealed class UnpackedStream(Stream unpacking, FileStream packed, long largest) : CheckedReadStream(unpacking)
{
    // Text packs 5 to 50 times; a thousand times is nothing but one byte repeated.
    private const int LargestRatio = 500;
    private const long Unwatched = 64 * 1024 * 1024;
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = Source.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new ImportException(
                "The file is a gzip archive that is damaged. Unpack it elsewhere and import what is in it."
            );
        }

        _read += read;
        if (_read > largest || (_read > Unwatched && _read / LargestRatio > packed.Position))
        {
            throw new ImportException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file is a gzip archive that unpacks to more than {_read - read:#,0} bytes, beyond what is unpacked here. Unpack it and import what is in it."
                )
            );
        }

        return read;
    }
}
