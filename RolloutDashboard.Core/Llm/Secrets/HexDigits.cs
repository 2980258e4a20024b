namespace RolloutDashboard.Core.Llm.Secrets;

/// <summary>Digits of base 16.</summary>
internal static class HexDigits
{
    /// <returns>0 to 15, or -1 for any other byte.</returns>
    public static int ValueOf(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };
}
