namespace RolloutDashboard.Core.Import.Readers.Layouts;

/// <summary>Says which class carries the facts of a layout.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class LayoutAttribute : Attribute
{
    public abstract IRecordLayout Layout { get; }
}

/// <inheritdoc />
internal sealed class LayoutAttribute<TLayout> : LayoutAttribute
    where TLayout : IRecordLayout, new()
{
    public override IRecordLayout Layout { get; } = new TLayout();
}
