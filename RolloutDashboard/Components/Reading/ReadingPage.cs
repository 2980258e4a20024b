using Microsoft.AspNetCore.Components;
using RolloutDashboard.Components.Shared;

namespace RolloutDashboard.Components.Reading;

/// <summary>A page that reads once per address: the latest reading wins, a failure is said and can be tried
/// again.</summary>
public abstract class ReadingPage<TRead> : ComponentBase, IDisposable
    where TRead : class
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly LatestRequest _reading = new();
    private string? _answered;

    protected ReadingPage() => Leaving = _leaving.Token;

    [Inject]
    public required NavigationManager Navigation { get; set; }

    protected TRead? Value { get; private set; }

    /// <summary>Whether <see cref="Value"/> answers what the address asks now.</summary>
    protected bool IsOfThisAddress => _answered == Address;

    protected string? Failure { get; private set; }

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Leaving { get; }

    public void Dispose()
    {
        _leaving.Cancel();
        _reading.Dispose();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected abstract Task<TRead> ReadAsync(CancellationToken cancellationToken);

    protected async Task LoadAsync()
    {
        // A page that is being left may be given parameters once more: those of the next page's address.
        var latest = await _reading.BeginAsync();
        if (latest.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var asked = Address;
            var value = await ReadAsync(latest);
            if (!latest.IsCancellationRequested)
            {
                (Value, Failure, _answered) = (value, null, asked);
            }
        }
        catch (OperationCanceledException) when (latest.IsCancellationRequested)
        {
            // Left, stopped, or asked anew.
        }
        catch (Exception exception)
        {
            if (!latest.IsCancellationRequested)
            {
                Failure = exception.Message;
            }
        }
    }

    /// <summary>Ends the reading that is going on, without a failure and without another.</summary>
    protected Task StopReadingAsync() => _reading.StopAsync();

    protected void Go(IReadOnlyDictionary<string, object?> query) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query));

    protected void Go(string name, string? value) =>
        Go(new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value, ["page"] = null });

    // A place on the page is no question.
    private string Address => Navigation.Uri.Split('#')[0];

    protected static string Text(ChangeEventArgs change) => change.Value as string ?? "";
}
