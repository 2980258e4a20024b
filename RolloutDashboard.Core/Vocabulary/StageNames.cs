namespace RolloutDashboard.Core.Vocabulary;

/// <summary>Names of stages as people write them.</summary>
public static class StageNames
{
    /// <summary>"3.1" to "3.4".</summary>
    public static string Number(this Stage stage) =>
        stage switch
        {
            Stage.TemplateLibraryOnly => "3.1",
            Stage.Hybrid => "3.2",
            Stage.Primary => "3.3",
            Stage.FullProduction => "3.4",
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are the stages 3.1 to 3.4."),
        };

    /// <summary>The stage of a number as people write it; null where there is none.</summary>
    public static Stage? Find(string? number) =>
        number switch
        {
            "3.1" => Stage.TemplateLibraryOnly,
            "3.2" => Stage.Hybrid,
            "3.3" => Stage.Primary,
            "3.4" => Stage.FullProduction,
            _ => null,
        };

    /// <summary>The stage's title, without its number.</summary>
    public static string Title(this Stage stage) =>
        stage switch
        {
            Stage.TemplateLibraryOnly => "Template library only",
            Stage.Hybrid => "Hybrid",
            Stage.Primary => "Primary",
            Stage.FullProduction => "Full production",
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There are the stages 3.1 to 3.4."),
        };
}
