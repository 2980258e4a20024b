namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Undoes base64 of both alphabets, with or without padding and across line ends, from each of the four places
/// in a group on.</summary>
internal static class Base64Decoder
{
    /// <param name="least">Bytes of the shortest text that is looked for.</param>
    /// <returns>Null where nothing becomes text.</returns>
    public static ByteView? Decode(ByteView view, int least)
    {
        var decoded = new ByteView(0);
        var run = new List<int>();
        for (var at = 0; at <= view.Count; at++)
        {
            if (at < view.Count && ValueOf(view[at]) >= 0)
            {
                run.Add(at);
            }
            else if (at == view.Count || view[at] > (byte)' ')
            {
                if (run.Count * 3 / 4 >= least)
                {
                    for (var first = 0; first < 4; first++)
                    {
                        TextualRuns.Copy(Decode(view, run, first), decoded, least);
                    }
                }

                run.Clear();
            }
        }

        return decoded.Count > 0 ? decoded : null;
    }

    private static ByteView Decode(ByteView view, List<int> run, int first)
    {
        var decoded = new ByteView(run.Count);
        var (bits, count) = (0, 0);
        for (var i = first; i < run.Count; i++)
        {
            bits = ((bits << 6) | ValueOf(view[run[i]])) & 0xFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                decoded.Add((byte)(bits >> count), view.Start(run[i - 1]), view.End(run[i]));
            }
        }

        return decoded;
    }

    private static int ValueOf(byte digit) =>
        digit switch
        {
            >= (byte)'A' and <= (byte)'Z' => digit - 'A',
            >= (byte)'a' and <= (byte)'z' => digit - 'a' + 26,
            >= (byte)'0' and <= (byte)'9' => digit - '0' + 52,
            (byte)'+' or (byte)'-' => 62,
            (byte)'/' or (byte)'_' => 63,
            _ => -1,
        };
}
