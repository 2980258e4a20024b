namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>Which stream of random numbers a part of the market draws from.</summary>
internal static class StreamPurpose
{
    public const int Market = 1;
    public const int Sector = 2;
    public const int Betas = 3;
    public const int Price = 4;
    public const int Fundamentals = 5;
    public const int Life = 6;
}
