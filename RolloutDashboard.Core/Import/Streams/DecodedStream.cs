using System.Text;

namespace RolloutDashboard.Core.Import.Streams;

/// <summary>UTF-16 as UTF-8; what is neither is refused in a sentence.</summary>
internal sealed class DecodedStream(Stream decoding, string encoding) : CheckedReadStream(decoding)
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Source.Read(buffer);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportException($"The file begins like {encoding} but does not go on so. Save it as UTF-8.");
        }
    }
}
