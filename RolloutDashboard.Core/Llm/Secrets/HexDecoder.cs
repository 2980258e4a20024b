namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Undoes hexadecimal, in either case, with or without separators and prefixes; from either digit on, since a
/// run may begin in the middle.</summary>
internal static class HexDecoder
{
    /// <param name="least">Bytes of the shortest text that is looked for.</param>
    /// <returns>Null where nothing becomes text.</returns>
    public static ByteView? Decode(ByteView view, int least)
    {
        var decoded = new ByteView(0);
        var run = new List<int>();
        for (var at = 0; at <= view.Count; at++)
        {
            if (at < view.Count && PrefixAt(view, at))
            {
                at++;
            }
            else if (at < view.Count && HexDigits.ValueOf(view[at]) >= 0)
            {
                run.Add(at);
            }
            else if (at == view.Count || !IsSeparator(view[at]))
            {
                if (run.Count / 2 >= least)
                {
                    TextualRuns.Copy(Decode(view, run, 0), decoded, least);
                    TextualRuns.Copy(Decode(view, run, 1), decoded, least);
                }

                run.Clear();
            }
        }

        return decoded.Count > 0 ? decoded : null;
    }

    private static ByteView Decode(ByteView view, List<int> run, int first)
    {
        var decoded = new ByteView(run.Count / 2);
        for (var i = first; i + 1 < run.Count; i += 2)
        {
            decoded.Add(
                (byte)((HexDigits.ValueOf(view[run[i]]) << 4) | HexDigits.ValueOf(view[run[i + 1]])),
                view.Start(run[i]),
                view.End(run[i + 1])
            );
        }

        return decoded;
    }

    private static bool PrefixAt(ByteView view, int at) =>
        view[at] is (byte)'0' or (byte)'\\' && at + 1 < view.Count && view[at + 1] is (byte)'x' or (byte)'X';

    private static bool IsSeparator(byte value) =>
        value is <= (byte)' ' or (byte)':' or (byte)'-' or (byte)',' or (byte)';';
}
