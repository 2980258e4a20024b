namespace RolloutDashboard.Api.Exports;

/// <summary>Streams rows as a CSV file.</summary>
public static class CsvFile
{
    /// <summary>UTF-8 with a byte-order mark, without which spreadsheets take it for another encoding; lines end with
    /// CR LF.</summary>
    public static async Task WriteAsync<TRow>(
        Stream body,
        IReadOnlyList<CsvColumn<TRow>> columns,
        IAsyncEnumerable<TRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var text = new StreamWriter(
            body,
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            bufferSize: 32 * 1024,
            leaveOpen: true
        )
        {
            NewLine = "\r\n",
        };
        await text.WriteLineAsync(CsvText.Line(columns.Select(column => column.Name)).AsMemory(), cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await text.WriteLineAsync(
                CsvText.Line(columns.Select(column => column.Value(row))).AsMemory(),
                cancellationToken
            );
        }
    }
}
