namespace RolloutDashboard.Core.Backtesting.Positions;

/// <summary>A stock that is held: its value at <see cref="Price"/>, the last price it was marked at.</summary>
internal struct Holding
{
    public int Stock;
    public double Value;
    public double Price;

    /// <summary>Price of the latest rebalance; stop loss and take profit count from it.</summary>
    public double Entry;

    public int BuyDay;
    public double BuyPrice;

    /// <summary>Price gains so far less own costs.</summary>
    public double Profit;

    /// <summary>Moves the holding to a new price.</summary>
    public void Mark(double price)
    {
        var value = Value / Price * price;
        Profit += value - Value;
        Value = value;
        Price = price;
    }
}
