using System.Globalization;

namespace RolloutDashboard.Core.Gates.Fields;

/// <summary>What may be written into a field of a gate definition.</summary>
/// <param name="Unit">For example "%"; empty where the number speaks for itself.</param>
/// <param name="Least">Smallest value, in the unit that people write.</param>
/// <param name="Most">Largest value, likewise.</param>
/// <param name="IsWhole">Whether only whole numbers are allowed.</param>
public sealed record GateFieldRule(string Unit, decimal Least, decimal Most, bool IsWhole = false)
{
    /// <summary>A share, kept from 0 to 1.</summary>
    public static GateFieldRule Share { get; } = new("%", 0, 100);

    /// <summary>A number of iterations that is enough to judge by.</summary>
    public static GateFieldRule Samples { get; } = new("", GateFields.LeastSamples, 1_000_000, IsWhole: true);

    private bool IsPercent => Unit == "%";

    /// <summary>Shares are kept from 0 to 1 and written in percent; other numbers are written as they are
    /// kept.</summary>
    public string Write(double value) =>
        (IsPercent ? (decimal)value * 100 : (decimal)value).ToString("0.######", CultureInfo.InvariantCulture);

    /// <returns>The value as it is kept, or what is wrong with the text.</returns>
    public (double? Value, string? Error) Read(string text) =>
        Read(text, Least, Most, Unit) switch
        {
            ({ } number, _) => ((double)(IsPercent ? number / 100 : number), null),
            var (_, error) => (null, error),
        };

    /// <summary>The same where the text is the value as it is kept: a share from 0 to 1.</summary>
    public (double? Value, string? Error) ReadKept(string text) =>
        IsPercent
            ? Kept(Read(text, Least / 100, Most / 100, "as a share, 0.85 for 85 %"))
            : Kept(Read(text, Least, Most, Unit));

    private static (double? Value, string? Error) Kept((decimal? Value, string? Error) read) =>
        ((double?)read.Value, read.Error);

    private (decimal? Value, string? Error) Read(string text, decimal least, decimal most, string unit)
    {
        var allowed = string.Create(
            CultureInfo.InvariantCulture,
            $"a {(IsWhole ? "whole number" : "number")} from {least:0.######} to {most:0.######}{(unit.Length == 0 ? "" : $" {unit}")}"
        );
        return
            decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            && (!IsWhole || number == Math.Floor(number))
            ? (number, null)
            : (null, $"'{text.Trim()}' will not do; give {allowed}.");
    }
}
