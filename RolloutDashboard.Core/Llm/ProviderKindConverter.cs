using System.ComponentModel;
using System.Globalization;

namespace RolloutDashboard.Core.Llm;

/// <summary>Lets the configuration name a kind of provider.</summary>
internal sealed class ProviderKindConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <exception cref="FormatException">There is no such kind.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string name
            ? ProviderKinds.Find(name.Trim()) ?? throw new FormatException($"There is no kind of provider '{name}'.")
            : base.ConvertFrom(context, culture, value);
}
