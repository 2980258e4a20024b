using System.Runtime.CompilerServices;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>How often an alarm over windows of the latest JSON iterations fires by chance, and how late it fires
/// rightly; by seeded simulation.</summary>
internal static class AlertOperatingCharacteristics
{
    /// <summary>JSON iterations after a drop beyond which nobody waits.</summary>
    public const int Patience = 200;

    private const int Healthy = 60;

    /// <summary>P(the rate of a window is below the limit at any look), looked at after each iteration.</summary>
    /// <param name="windows">Sizes of the windows; one is judged as soon as it is full.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Fires(double rate, double limit, int iterations, int[] windows, int simulations, int seed)
    {
        var random = new Random(seed);
        var windowsNow = new Windows(windows, limit);
        var fired = 0;
        for (var run = 0; run < simulations; run++)
        {
            windowsNow.Clear();
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

    /// <summary>Mean iterations from a drop to the broken rate until the alarm fires, and the share of runs in which it
    /// does within <see cref="Patience"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double? Delay, double Detected) Detects(
        double rate,
        double broken,
        double limit,
        int[] windows,
        int simulations,
        int seed
    )
    {
        var random = new Random(seed);
        var windowsNow = new Windows(windows, limit);
        var (detected, sum) = (0, 0.0);
        for (var run = 0; run < simulations; run++)
        {
            windowsNow.Clear();
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

    private sealed class Windows(int[] sizes, double limit)
    {
        private readonly bool[] _ring = new bool[sizes.Max()];
        private readonly int[] _hits = new int[sizes.Length];
        private readonly int[] _oldest = new int[sizes.Length];
        private readonly double[] _least = [.. sizes.Select(size => (limit * size) - 1e-9)];
        private int _seen;
        private int _next;

        /// <summary>As new: nothing was seen yet.</summary>
        public void Clear()
        {
            Array.Clear(_hits);
            Array.Clear(_oldest);
            (_seen, _next) = (0, 0);
        }

        /// <returns>Whether a full window is below the limit.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Add(bool success)
        {
            var fires = false;
            for (var i = 0; i < sizes.Length; i++)
            {
                if (_seen >= sizes[i])
                {
                    _hits[i] -= _ring[_oldest[i]] ? 1 : 0;
                    _oldest[i] = _oldest[i] + 1 == _ring.Length ? 0 : _oldest[i] + 1;
                }

                _hits[i] += success ? 1 : 0;
                fires |= _seen + 1 >= sizes[i] && _hits[i] < _least[i];
            }

            _ring[_next] = success;
            _next = _next + 1 == _ring.Length ? 0 : _next + 1;
            _seen++;
            return fires;
        }
    }
}
