namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Largest values over the trials in one bootstrap sample.</summary>
internal struct SampleMaxima
{
    public double Mean;
    public double Lower;
    public double Consistent;
    public double Upper;

    public static SampleMaxima None { get; } =
        new()
        {
            Mean = double.NegativeInfinity,
            Lower = double.NegativeInfinity,
            Consistent = double.NegativeInfinity,
            Upper = double.NegativeInfinity,
        };
}
