namespace RolloutDashboard.Turns;

/// <summary>
/// Runs expensive work on a few threads of its own that yield to all others. Whoever waits is served in turn by person,
/// so that nobody's many requests keep another person's one waiting. Thread-safe.
/// </summary>
public sealed class TurnQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Turn>> _waiting = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _nextPerson = [];
    private readonly TurnClerk _clerk;
    private readonly ProcessorShare _share;
    private readonly string _name;
    private readonly int _places;
    private readonly int _mostOfOne;
    private int _running;
    private int _taken;

    /// <param name="name">Of what is worked on, for threads and messages, such as "exports".</param>
    /// <param name="places">Turns at the same time, at least 1.</param>
    /// <param name="mostOfOne">Turns of one person that may wait, at least 1.</param>
    /// <param name="share">What turns may use of the processors.</param>
    public TurnQueue(string name, int places, int mostOfOne, ProcessorShare share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostOfOne, 1);
        (_name, _places, _mostOfOne, _share) = (name, places, mostOfOne, share);
        _clerk = new TurnClerk($"{name}, clerk");
    }

    /// <summary>Turns that run now.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Turns that wait, each counted once for every person who asked for it.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Values.Sum(turns => turns.Count);
            }
        }
    }

    /// <summary>Refuses a person whose next turn would be refused now.</summary>
    /// <exception cref="TurnsBusyException">As many of this person's turns as may wait are waiting.</exception>
    public void ThrowIfBusy(string person)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(person, out var own) && own.Count >= _mostOfOne)
            {
                throw new TurnsBusyException(_name, own.Count);
            }
        }
    }

    /// <summary>Asks for a turn.</summary>
    /// <param name="person">Whose turn it is.</param>
    /// <param name="work">Runs on the turn's thread; what it awaits should end on the spot, since a place is held until
    /// it is done.</param>
    /// <param name="progress">Told on an ordinary thread.</param>
    /// <param name="leaving">Takes a waiting turn out of the queue, and is handed to a running one.</param>
    /// <exception cref="TurnsBusyException">As many of this person's turns as may wait are waiting.</exception>
    public Turn<T> Ask<T>(
        string person,
        Func<IProgress<int>, CancellationToken, Task<T>> work,
        IProgress<int>? progress,
        CancellationToken leaving
    )
    {
        var turn = new Turn<T>(this, _clerk, _share, work, progress, leaving);
        lock (_lock)
        {
            Enqueue(turn, person);
            StartNext();
        }

        turn.LeaveWith(leaving);
        return turn;
    }

    /// <summary>Runs work in a turn and gives its result.</summary>
    /// <exception cref="TurnsBusyException">As many of this person's turns as may wait are waiting.</exception>
    public Task<T> RunAsync<T>(string person, Func<CancellationToken, Task<T>> work, CancellationToken leaving)
    {
        leaving.ThrowIfCancellationRequested();
        return Ask(person, (_, token) => work(token), progress: null, leaving).Result;
    }

    public void Dispose() => _clerk.Dispose();

    /// <summary>Lets a waiting turn be served as that of one more person; nothing happens to one that runs.</summary>
    internal void AlsoFor(Turn turn, string person)
    {
        lock (_lock)
        {
            // Somebody whose own turns are too many already waits with the others.
            if (
                turn.IsWaiting
                && !(_waiting.TryGetValue(person, out var own) && (own.Contains(turn) || own.Count >= _mostOfOne))
            )
            {
                Enqueue(turn, person);
            }
        }
    }

    internal void Forget(Turn turn)
    {
        lock (_lock)
        {
            if (!turn.TryTake())
            {
                return;
            }

            Remove(turn);
        }

        turn.Cancel();
    }

    private void Enqueue(Turn turn, string person)
    {
        if (!_waiting.TryGetValue(person, out var own))
        {
            _waiting[person] = own = [];
            _nextPerson.AddLast(person);
        }

        ThrowIfBusy(person);
        own.AddLast(turn);
    }

    private void StartNext()
    {
        while (_taken < _places && _nextPerson.First is { Value: var person })
        {
            var turn = _waiting[person].First!.Value;
            turn.TryTake();

            // Who is served goes behind all others.
            Remove(turn);
            if (_nextPerson.Remove(person))
            {
                _nextPerson.AddLast(person);
            }

            _running++;
            _taken++;
            _clerk.Post(() => new Thread(() => Run(turn)) { IsBackground = true, Name = _name }.Start());
        }
    }

    private void Remove(Turn turn)
    {
        foreach (
            var (person, own) in _waiting.Where(pair => pair.Value.Remove(turn) && pair.Value.Count == 0).ToArray()
        )
        {
            _waiting.Remove(person);
            _nextPerson.Remove(person);
        }
    }

    private void Run(Turn turn)
    {
        ThreadPriorities.YieldToOthers();
        _share.Begin();
        turn.Run();

        // A thread that yields must not be waited for with a lock, nor start others: what it starts yields for ever, as
        // it does.
        _clerk.Post(() => End(turn));
        _share.End();
        _clerk.Post(GivePlace);
    }

    private void End(Turn turn)
    {
        lock (_lock)
        {
            _running--;
        }

        turn.End();
    }

    private void GivePlace()
    {
        lock (_lock)
        {
            _taken--;
            StartNext();
        }
    }
}
