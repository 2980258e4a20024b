using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RolloutDashboard.Core.Assignment;

/// <summary>Uniform hash of text to [0, 1): the same key always gives the same number, also after a restart.</summary>
public static class UniformHash
{
    /// <summary>SHA-256 of salt, a zero byte and key; the first 53 bits as a fraction.</summary>
    public static double Of(string salt, string key) =>
        Fraction(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\0{key}")));

    internal static double Of(byte[] seed, int index)
    {
        Span<byte> input = stackalloc byte[seed.Length + 4];
        seed.CopyTo(input);
        BinaryPrimitives.WriteInt32LittleEndian(input[seed.Length..], index);
        return Fraction(SHA256.HashData(input));
    }

    private static double Fraction(byte[] hash) =>
        (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
}
