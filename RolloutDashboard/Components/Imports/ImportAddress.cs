using System.Globalization;

namespace RolloutDashboard.Components.Imports;

/// <summary>Where a data set can be looked at.</summary>
public static class ImportAddress
{
    /// <summary>Its findings.</summary>
    public static string Of(int set) => string.Create(CultureInfo.InvariantCulture, $"/import?set={set}");

    /// <summary>Its JSON arm against its full-code arm.</summary>
    public static string Compare(int set) => $"/comparisons?a={Side(set, "json")}&b={Side(set, "full-code")}";

    /// <summary>What gates and rules would have said over it.</summary>
    public static string Replay(int set) => $"/replay?data={Uri.EscapeDataString(Name(set))}";

    private static string Side(int set, string mode) => Uri.EscapeDataString($"{Name(set)};mode={mode}");

    private static string Name(int set) => string.Create(CultureInfo.InvariantCulture, $"import:{set}");
}
