namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Of bytes that were decoded on suspicion, keeps those that may be text: the rest is what ordinary words
/// become.</summary>
internal static class TextualRuns
{
    /// <param name="least">Bytes of the shortest run that is kept.</param>
    public static void Copy(ByteView raw, ByteView kept, int least)
    {
        var start = 0;
        for (var at = 0; at <= raw.Count; )
        {
            var length = at < raw.Count ? Textual(raw, at) : 0;
            if (length > 0)
            {
                at += length;
                continue;
            }

            if (at - start >= least)
            {
                for (var i = start; i < at; i++)
                {
                    kept.Copy(raw, i);
                }

                kept.Add(ByteView.Gap, raw.Start(at - 1), raw.End(at - 1));
            }

            start = ++at;
        }
    }

    private static int Textual(ByteView raw, int at)
    {
        var first = raw[at];
        if (first is (>= (byte)' ' and < 0x7F) or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0)
        {
            return 1;
        }

        // A zero is the other half of UTF-16.
        if (first >= 0xA0 && at + 1 < raw.Count && raw[at + 1] == 0)
        {
            return 2;
        }

        var length = first switch
        {
            >= 0xC2 and < 0xE0 => 2,
            >= 0xE0 and < 0xF0 => 3,
            >= 0xF0 and < 0xF5 => 4,
            _ => 0,
        };
        for (var i = 1; i < length; i++)
        {
            if (at + i >= raw.Count || (raw[at + i] & 0xC0) != 0x80)
            {
                return 0;
            }
        }

        return length;
    }
}
