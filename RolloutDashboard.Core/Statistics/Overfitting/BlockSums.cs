namespace RolloutDashboard.Core.Statistics.Overfitting;

/// <summary>Sums and sums of squares of each trial's returns in each block of days.</summary>
internal sealed class BlockSums
{
    private readonly double[][] _sums;
    private readonly double[][] _squares;
    private readonly int _days;

    public BlockSums(int trials, int blocks, int size, Func<int, int, double> value)
    {
        _sums = [.. Enumerable.Range(0, blocks).Select(_ => new double[trials])];
        _squares = [.. Enumerable.Range(0, blocks).Select(_ => new double[trials])];
        _days = size * blocks / 2;
        for (var trial = 0; trial < trials; trial++)
        {
            for (var day = 0; day < blocks * size; day++)
            {
                var one = value(trial, day);
                _sums[day / size][trial] += one;
                _squares[day / size][trial] += one * one;
            }
        }
    }

    /// <summary>Sharpe ratios, per day, of each trial within the blocks of a mask, and outside of them.</summary>
    public void Sharpes(int mask, Span<double> within, Span<double> outside)
    {
        for (var trial = 0; trial < within.Length; trial++)
        {
            double sumIn = 0,
                squaresIn = 0,
                sumOut = 0,
                squaresOut = 0;
            for (var block = 0; block < _sums.Length; block++)
            {
                if ((mask >> block & 1) == 1)
                {
                    sumIn += _sums[block][trial];
                    squaresIn += _squares[block][trial];
                }
                else
                {
                    sumOut += _sums[block][trial];
                    squaresOut += _squares[block][trial];
                }
            }

            (within[trial], outside[trial]) = (Sharpe(sumIn, squaresIn), Sharpe(sumOut, squaresOut));
        }
    }

    private double Sharpe(double sum, double squares)
    {
        var variance = (squares - (sum * sum / _days)) / (_days - 1);
        // A trial that never moved has no Sharpe ratio; it ranks as one of 0.
        return variance > 1e-28 ? sum / _days / Math.Sqrt(variance) : 0;
    }
}
