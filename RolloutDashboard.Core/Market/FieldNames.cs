using System.Text;

namespace RolloutDashboard.Core.Market;

/// <summary>Names of the fields in CSV files: lower case with underscores, for example price_to_book.</summary>
public static class FieldNames
{
    private static readonly IReadOnlyDictionary<MarketField, string> Names = Enum.GetValues<MarketField>()
        .ToDictionary(field => field, field => Snake(field.ToString()));

    private static readonly IReadOnlyDictionary<string, MarketField> Fields = ByName();

    /// <summary>The name of a field in a CSV file.</summary>
    public static string Of(MarketField field) => Names[field];

    /// <summary>The field of a column name; "adj_close" is another name of adjusted_close.</summary>
    public static bool TryParse(string name, out MarketField field) => Fields.TryGetValue(name, out field);

    private static Dictionary<string, MarketField> ByName()
    {
        var fields = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
        fields["adj_close"] = MarketField.AdjustedClose;
        return fields;
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
