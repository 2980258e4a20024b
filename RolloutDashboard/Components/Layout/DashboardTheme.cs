using MudBlazor;

namespace RolloutDashboard.Components.Layout;

/// <summary>Colours whose text passes WCAG AA in both themes; css/app.css names the same ones.</summary>
public static class DashboardTheme
{
    private static readonly string[] Fonts =
    [
        "system-ui",
        "-apple-system",
        "Segoe UI",
        "Roboto",
        "Helvetica Neue",
        "Arial",
        "sans-serif",
    ];

    public static MudTheme Theme { get; } =
        new()
        {
            PaletteLight = new PaletteLight
            {
                Primary = "#3B3FB6",
                Secondary = "#8E2A6B",
                Tertiary = "#00695C",
                Info = "#005A9E",
                Success = "#0B6B3A",
                Warning = "#7A4700",
                Error = "#A8201A",
                Dark = "#2B2B33",
                Background = "#F4F5F8",
                Surface = "#FFFFFF",
                TextPrimary = "#1B1C24",
                TextSecondary = "#53545F",
                AppbarBackground = "#FFFFFF",
                AppbarText = "#1B1C24",
                ActionDefault = "#53545F",
                LinesDefault = "#DCDDE4",
                LinesInputs = "#83848F",
                Divider = "#DCDDE4",
            },
            PaletteDark = new PaletteDark
            {
                Primary = "#A9B4FF",
                Secondary = "#F5A6D8",
                Tertiary = "#7FD8CB",
                Info = "#8FC7FF",
                Success = "#74D6A0",
                Warning = "#FFC877",
                Error = "#FFA59C",
                Dark = "#D7D7DE",
                PrimaryContrastText = "#12131A",
                SecondaryContrastText = "#12131A",
                TertiaryContrastText = "#12131A",
                InfoContrastText = "#12131A",
                SuccessContrastText = "#12131A",
                WarningContrastText = "#12131A",
                ErrorContrastText = "#12131A",
                DarkContrastText = "#12131A",
                Background = "#12131A",
                Surface = "#1B1D27",
                TextPrimary = "#ECECF1",
                TextSecondary = "#C3C4CB",
                AppbarBackground = "#1B1D27",
                AppbarText = "#ECECF1",
                ActionDefault = "#C3C4CB",
                LinesDefault = "#343644",
                LinesInputs = "#83848F",
                Divider = "#343644",
            },
            Typography = new Typography
            {
                Default = new DefaultTypography { FontFamily = Fonts },
                Button = new ButtonTypography
                {
                    FontFamily = Fonts,
                    TextTransform = "none",
                    FontWeight = "600",
                },
            },
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        };
}
