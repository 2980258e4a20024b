using System.Buffers.Text;
using System.Text;

namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Reads lines and cells of UTF-8 text with commas. Cells may stand in quotes, but hold no comma
/// themselves.</summary>
internal ref struct CsvText(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Number of the line last read, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next line that isn't blank, without its end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'\n');
            line = (end < 0 ? _rest : _rest[..end]).TrimEnd((byte)'\r');
            _rest = end < 0 ? default : _rest[(end + 1)..];
            Line++;
            if (!line.Trim((byte)' ').IsEmpty)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <summary>Cuts a line into cells; returns how many there are, which may be more than fit.</summary>
    public static int Split(ReadOnlySpan<byte> line, Span<Range> cells)
    {
        var (count, start) = (0, 0);
        while (true)
        {
            var comma = line[start..].IndexOf((byte)',');
            var end = comma < 0 ? line.Length : start + comma;
            if (count < cells.Length)
            {
                cells[count] = start..end;
            }

            count++;
            if (comma < 0)
            {
                return count;
            }

            start = end + 1;
        }
    }

    /// <summary>A cell without spaces and quotes around it.</summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        return cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"' ? cell[1..^1].Trim((byte)' ') : cell;
    }

    public static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(Bare(cell));

    /// <summary>A finite number with a decimal point; NaN for an empty cell.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out double value)
    {
        cell = Bare(cell);
        if (cell.IsEmpty)
        {
            value = double.NaN;
            return true;
        }

        return Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length && double.IsFinite(value);
    }

    /// <summary>A date like 2024-01-31.</summary>
    public static bool TryDate(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        cell = Bare(cell);
        date = default;
        if (
            cell.Length != 10
            || cell[4] != '-'
            || cell[7] != '-'
            || !TryDigits(cell[..4], out var year)
            || !TryDigits(cell[5..7], out var month)
            || !TryDigits(cell[8..], out var day)
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
