using System.Globalization;

namespace RolloutDashboard.Core.Statistics.Inputs;

/// <summary>Which numbers a field may hold.</summary>
/// <param name="Open">Whether the ends themselves are out.</param>
/// <param name="Whole">Whether it must be a whole number.</param>
public sealed record NumberRange(double Least, double Most, (bool Least, bool Most) Open = default, bool Whole = false)
{
    /// <summary>Beyond this a square, or the square of one, is no number any more.</summary>
    public const double Largest = 1e100;

    /// <summary>The largest count: up to here the distribution functions keep at least seven digits.</summary>
    public const double LargestCount = 1e9;

    /// <summary>Any finite number of a measurable size.</summary>
    public static NumberRange Real { get; } = new(-Largest, Largest);

    public static NumberRange Positive { get; } = new(0, Largest, (true, false));

    public static NumberRange NotNegative { get; } = new(0, Largest);

    public static NumberRange Share { get; } = new(0, 1);

    public static NumberRange OpenShare { get; } = new(0, 1, (true, true));

    /// <summary>0 for nothing observed, or at least a millionth: counts may be fractional, so that an effective n can
    /// be used.</summary>
    public static NumberRange Count { get; } = new(0, LargestCount) { SmallestPositive = 1e-6 };

    /// <summary>Smaller numbers above 0 are out.</summary>
    public double SmallestPositive { get; init; }

    public bool Holds(double value) =>
        value >= Least
        && value <= Most
        && !(Open.Least && value == Least)
        && !(Open.Most && value == Most)
        && !(value > 0 && value < SmallestPositive)
        && (!Whole || value == Math.Floor(value));

    /// <summary>For example "a whole number from 1 to 1,000".</summary>
    public override string ToString()
    {
        var kind = Whole ? "a whole number" : "a number";
        var text = (Least, Most) switch
        {
            (-Largest, Largest) => $"{kind} of at most 1e100 in size",
            (0, Largest) => Open.Least ? $"{kind} above 0, at most 1e100" : $"{kind} from 0 to 1e100",
            _ =>
                $"{kind} {(Open.Least ? "above" : "from")} {Number(Least)} {(Open.Least ? "and" : "to")} {(Open.Most ? "below " : Open.Least ? "at most " : "")}{Number(Most)}",
        };
        return SmallestPositive > 0 ? $"{text}, and at least {Number(SmallestPositive)} if it is not 0" : text;
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e-4 and < 1e16 or 0 ? "#,0.####" : "R", CultureInfo.InvariantCulture);
}
