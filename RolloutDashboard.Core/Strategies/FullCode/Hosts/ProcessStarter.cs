using System.Collections.Concurrent;
using System.Diagnostics;

namespace RolloutDashboard.Core.Strategies.FullCode.Hosts;

/// <summary>
/// Starts children from one thread that lives as long as this object: the system ends a child that is to die with its
/// parent when the thread that started it ends, and threads of the pool come and go.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];
    private readonly Thread _thread;
    private readonly bool _handsOver;

    /// <param name="handsOver">Whether children get what is open here; for tests of what holds then.</param>
    public ProcessStarter(bool handsOver = false)
    {
        _handsOver = handsOver;
        _thread = new Thread(Work) { IsBackground = true, Name = "strategy host starter" };
        _thread.Start();
    }

    /// <summary>Starts a child.</summary>
    /// <exception cref="SandboxUnavailableException">The command can't be started.</exception>
    public Task<Process> StartAsync(ProcessStartInfo command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                if (!_handsOver)
                {
                    DescriptorInheritance.End();
                }

                started.SetResult(
                    Process.Start(command) ?? throw new InvalidOperationException("No process was started.")
                );
            }
            catch (Exception exception)
                when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
            {
                started.SetException(
                    new SandboxUnavailableException(
                        $"'{command.FileName}' can't be started: {exception.Message}",
                        exception
                    )
                );
            }
        });
        return started.Task;
    }

    public void Dispose()
    {
        _starts.CompleteAdding();
        _thread.Join();
        _starts.Dispose();
    }

    private void Work()
    {
        foreach (var start in _starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
