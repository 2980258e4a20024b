using System.Text.Json;
using RolloutDashboard.Core.Import.Readers;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>What was seen of one field.</summary>
internal sealed class SeenField(string path)
{
    private const int MostExamples = 5;
    private const int MostWords = 12;
    private const int LongestExample = 60;
    private readonly List<string> _examples = [];
    private const int MostNumbers = 200;
    private readonly HashSet<double> _numbers = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>The last of its names.</summary>
    public string Name => path[(path.LastIndexOf('.') + 1)..];

    public int Count { get; private set; }

    public int Numbers { get; private set; }

    public int Positive { get; private set; }

    public int Negative { get; private set; }

    public int Whole { get; private set; }

    public int Texts { get; private set; }

    public int LongTexts { get; private set; }

    public int Flags { get; private set; }

    public int Times { get; private set; }

    public int Objects { get; private set; }

    /// <summary>Whether any of its values says something.</summary>
    public bool HoldsSomething => Numbers + Texts + Flags + Objects > 0;

    /// <summary>Whether it numbers what it stands in: whole, and hardly ever the same.</summary>
    public bool Counts =>
        Whole > 0 && Whole == Numbers && (Numbers == 1 || _numbers.Count > Math.Min(Numbers, MostNumbers) / 2);

    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Its different words, where they are few.</summary>
    public IReadOnlyCollection<string> Words => _words;

    public void AddObject()
    {
        Count++;
        Objects++;
        Show("{…}");
    }

    public void AddList()
    {
        Count++;
        Show("[…]");
    }

    public void Add(RawValue value)
    {
        Count++;
        switch (value.Kind)
        {
            case JsonTokenType.Number:
                AddNumber(value.Number);
                break;
            case JsonTokenType.String when value.HoldsSomething:
                AddText(value.Text!);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Flags++;
                break;
        }

        if (
            value is { HoldsSomething: true, Kind: JsonTokenType.String or JsonTokenType.Number }
            && TimestampText.Read(value.Text!).Fault is TimeFault.None or TimeFault.NoZone
        )
        {
            Times++;
        }

        Show(value.Text ?? "null");
    }

    private void AddNumber(double number)
    {
        Numbers++;
        if (_numbers.Count < MostNumbers)
        {
            _numbers.Add(number);
        }

        Positive += number > 0 ? 1 : 0;
        Negative += number < 0 ? 1 : 0;
        Whole += number == Math.Truncate(number) ? 1 : 0;
    }

    private void AddText(string text)
    {
        Texts++;
        LongTexts += text.Length > LongestExample || text.Contains('\n', StringComparison.Ordinal) ? 1 : 0;
        if (_words.Count < MostWords && text.Length <= LongestExample)
        {
            _words.Add(text);
        }
    }

    private void Show(string text)
    {
        text = text.ReplaceLineEndings(" ");
        text = text.Length <= LongestExample ? text : text[..LongestExample] + "…";
        if (_examples.Count < MostExamples && !_examples.Contains(text))
        {
            _examples.Add(text);
        }
    }
}
