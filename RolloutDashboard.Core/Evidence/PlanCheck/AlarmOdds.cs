namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>How often an alarm over windows of the latest JSON iterations fires by chance, and how late it fires rightly; by seeded simulation.</summary>
internal static class AlarmOdds
{
    /// <summary>JSON iterations after a drop beyond which nobody waits.</summary>
    public const int Patience = 200;

    private const int Healthy = 60;

    /// <summary>P(the rate of a window is below the limit at any look), looked at after each iteration.</summary>
    /// <param name="windows">Sizes of the windows; one is judged as soon as it is full.</param>
    public static double Fires(double rate, double limit, int iterations, IReadOnlyList<int> windows, int simulations, int seed)
    {
        var random = new Random(seed);
        var fired = 0;
        for (var run = 0; run < simulations; run++)
        {
            var windowsNow = new Windows(windows, limit);
            for (var i = 0; i < iterations; i++)
            {
                if (windowsNow.Add(random.NextDouble() < rate))
                {
                    fired++;
                    break;
                }
            }
        }

        return (double)fired / simulations;
    }

    /// <summary>Mean iterations from a drop to the broken rate until the alarm fires, and the share of runs in which it does within <see cref="Patience"/>.</summary>
    public static (double? Delay, double Detected) Detects(double rate, double broken, double limit, IReadOnlyList<int> windows, int simulations, int seed)
    {
        var random = new Random(seed);
        var (detected, sum) = (0, 0.0);
        for (var run = 0; run < simulations; run++)
        {
            var windowsNow = new Windows(windows, limit);
            for (var i = 0; i < Healthy; i++)
            {
                windowsNow.Add(random.NextDouble() < rate);
            }

            for (var i = 1; i <= Patience; i++)
            {
                if (windowsNow.Add(random.NextDouble() < broken))
                {
                    detected++;
                    sum += i;
                    break;
                }
            }
        }

        return (detected == 0 ? null : sum / detected, (double)detected / simulations);
    }

    private sealed class Windows(IReadOnlyList<int> sizes, double limit)
    {
        private readonly bool[] _ring = new bool[sizes.Max()];
        private readonly int[] _hits = new int[sizes.Count];
        private int _seen;

        /// <returns>Whether a full window is below the limit.</returns>
        public bool Add(bool success)
        {
            var fires = false;
            for (var i = 0; i < sizes.Count; i++)
            {
                if (_seen >= sizes[i] && _ring[(_seen - sizes[i]) % _ring.Length])
                {
                    _hits[i]--;
                }

                _hits[i] += success ? 1 : 0;
                fires |= _seen + 1 >= sizes[i] && _hits[i] < (limit * sizes[i]) - 1e-9;
            }

            _ring[_seen % _ring.Length] = success;
            _seen++;
            return fires;
        }
    }
}
