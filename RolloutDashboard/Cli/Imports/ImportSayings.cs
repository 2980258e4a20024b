using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Api;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Cli.Imports;

/// <summary>Options of <c>import</c> that say what a file means.</summary>
internal sealed class ImportSayings
{
    private readonly Option<string?> _arm = new("--arm")
    {
        Description = "The arm all records belong to; without it, each record says, or is undeclared.",
    };
    private readonly Option<string?> _zone = new("--zone")
    {
        Description = "Zone of timestamps that name none, for example Asia/Taipei.",
    };
    private readonly Option<double?> _share = new("--share")
    {
        Description = "JSON share that was configured, 0 to 1.",
    };
    private readonly Option<string?> _example = new("--example")
    {
        Description =
            "Parameters of the example in the prompt, as JSON or in Python's notation, to find answers that only repeat it.",
    };
    private readonly Option<string[]> _map = new("--map")
    {
        Description =
            "What a name in the file means: FIELD=PATH, as often as needed; for example metrics.sharpe_ratio=stats.sharpe, arm=group:A=full-code,B=json, metrics.max_drawdown=mdd:percent,negated.",
    };
    private readonly Option<string?> _list = new("--list")
    {
        Description = "Path of the list that holds the records, for example run.samples.",
    };
    private readonly Option<string?> _mapping = new("--mapping")
    {
        Description = "Name of a saved mapping; what else is said goes before it.",
    };

    public ImportSayings() => _arm.AcceptOnlyFromAmong("json", "full-code");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_arm, _zone, _share, _example, _map, _list, _mapping])
        {
            command.Options.Add(option);
        }
    }

    /// <returns>The options, or one sentence for each that is wrong.</returns>
    public async Task<(ImportOptions? Options, IReadOnlyList<string> Errors)> ReadAsync(
        ParseResult parsed,
        Lazy<HistoryMappings> mappings,
        CancellationToken cancellationToken
    )
    {
        var share = parsed.GetValue(_share)?.ToString("R", CultureInfo.InvariantCulture);
        var query = new ImportQuery(
            null,
            parsed.GetValue(_arm),
            parsed.GetValue(_zone),
            share,
            parsed.GetValue(_example),
            Map: parsed.GetValue(_map),
            List: parsed.GetValue(_list),
            Mapping: parsed.GetValue(_mapping)
        );
        var (options, errors) = query.Mapping is null
            ? query.Read()
            : await query.ReadAsync(mappings.Value, cancellationToken);
        return (options, [.. errors.SelectMany(one => one.Value)]);
    }
}
