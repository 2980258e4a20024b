using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Components.Pages;

public sealed partial class IterationPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IterationDetail? _detail;
    private string? _failure;
    private bool _loaded;

    [Parameter]
    public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? EnvironmentWord { get; set; }

    [Inject]
    public required IIterationQueries Iterations { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var environment = EnvironmentWord == "staging" ? RolloutEnvironment.Staging : RolloutEnvironment.Production;
        try
        {
            _detail = await Iterations.FindAsync(environment, Number, _leaving.Token);
            _failure = null;
            _loaded = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception.Message;
        }
    }
}
