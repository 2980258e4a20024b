namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Undoes quoted-printable, as mail servers answer in: "=2D" and lines that go on behind "=".</summary>
internal static class QuotedPrintableDecoder
{
    /// <returns>Null where nothing is encoded so.</returns>
    public static ByteView? Decode(ByteView view)
    {
        if (view.Bytes.IndexOf((byte)'=') < 0)
        {
            return null;
        }

        var (decoded, found) = (new ByteView(view.Count), false);
        for (var at = 0; at < view.Count; at++)
        {
            if (view[at] != '=')
            {
                decoded.Copy(view, at);
            }
            else if (EndOfLine(view, at + 1) is > 0 and var length)
            {
                (found, at) = (true, at + length);
            }
            else if (
                at + 2 < view.Count
                && HexDigits.ValueOf(view[at + 1]) is >= 0 and var high
                && HexDigits.ValueOf(view[at + 2]) is >= 0 and var low
            )
            {
                decoded.Add((byte)((high << 4) | low), view.Start(at), view.End(at + 2));
                (found, at) = (true, at + 2);
            }
            else
            {
                decoded.Copy(view, at);
            }
        }

        return found ? decoded : null;
    }

    private static int EndOfLine(ByteView view, int at) =>
        at < view.Count && view[at] == '\n' ? 1
        : at + 1 < view.Count && view[at] == '\r' && view[at + 1] == '\n' ? 2
        : 0;
}
