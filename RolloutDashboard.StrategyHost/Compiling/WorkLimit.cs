namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>
/// Ends this process when one piece of work takes more processor time than it may. Not by the clock: on a busy machine
/// an ordinary program takes long too, but no more work.
/// </summary>
/// <param name="tell">Says that the work is given up; done before the process ends.</param>
internal sealed class WorkLimit(Action tell)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly object _turn = new();
    private TimeSpan? _end;
    private bool _isOver;

    /// <summary>Starts watching, on a thread that lives as long as the process and sleeps between works.</summary>
    public void Start() => new Thread(Watch) { IsBackground = true, Name = "work limit" }.Start();

    /// <summary>Begins a work.</summary>
    /// <param name="allowance">Processor time of the whole process from now on.</param>
    public void Begin(TimeSpan allowance)
    {
        lock (_turn)
        {
            _end = Environment.CpuUsage.TotalTime + allowance;
            Monitor.Pulse(_turn);
        }
    }

    /// <summary>Ends a work; returns only if it was not given up before.</summary>
    public void End()
    {
        lock (_turn)
        {
            while (_isOver)
            {
                Monitor.Wait(_turn);
            }

            _end = null;
        }
    }

    private void Watch()
    {
        lock (_turn)
        {
            while (_end is null || Environment.CpuUsage.TotalTime < _end)
            {
                _ = _end is null ? Monitor.Wait(_turn) : Monitor.Wait(_turn, s_look);
            }

            _isOver = true;
            tell();
        }

        Environment.Exit(0);
    }
}
