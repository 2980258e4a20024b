using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Decisions;

/// <summary>The hash chain over all decisions: each record carries the hash of the one before it.</summary>
public static class DecisionChain
{
    /// <summary>The hash that stands before the first record.</summary>
    public const string Origin = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Makes the record that follows <paramref name="previous"/>.</summary>
    public static DecisionRecord Next(DecisionRecord? previous, int rolloutId, DecisionDraft draft, DateTimeOffset at)
    {
        var record = new DecisionRecord
        {
            Sequence = (previous?.Sequence ?? 0) + 1,
            At = at,
            RolloutId = rolloutId,
            Kind = draft.Kind,
            Actor = draft.Actor,
            Text = draft.Text,
            Reason = draft.Reason,
            InputsJson = JsonSerializer.Serialize(draft.Inputs),
            PreviousHash = previous?.Hash ?? Origin,
            Hash = "",
        };
        record.Hash = HashOf(record);
        return record;
    }

    /// <summary>SHA-256 over all fields, each with its length before it, so that no two records share a text.</summary>
    public static string HashOf(DecisionRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] fields =
        [
            record.Sequence.ToString(CultureInfo.InvariantCulture),
            record.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            record.RolloutId.ToString(CultureInfo.InvariantCulture),
            record.Kind,
            record.Actor,
            record.Text,
            record.Reason,
            record.InputsJson,
            record.PreviousHash,
        ];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            hash.AppendData(
                Encoding.ASCII.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{(field is null ? -1 : bytes.Length)}:")
                )
            );
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Checks order, hashes and links.</summary>
    public static IEnumerable<ChainFault> Verify(IEnumerable<DecisionRecord> records)
    {
        DecisionRecord? previous = null;
        foreach (var record in records)
        {
            if (record.Sequence != (previous?.Sequence ?? 0) + 1)
            {
                yield return new ChainFault(
                    record.Sequence,
                    $"record {record.Sequence} follows {previous?.Sequence ?? 0}; records are missing or out of order"
                );
            }

            if (record.PreviousHash != (previous?.Hash ?? Origin))
            {
                yield return new ChainFault(
                    record.Sequence,
                    $"record {record.Sequence} does not continue the record before it"
                );
            }

            if (record.Hash != HashOf(record))
            {
                yield return new ChainFault(
                    record.Sequence,
                    $"record {record.Sequence} was changed after it was written"
                );
            }

            previous = record;
        }
    }
}
