namespace RolloutDashboard.Hosting;

/// <summary>The folder that holds appsettings.json: the checkout while developing, the application's own folder once
/// published.</summary>
public static class ApplicationRoot
{
    private const string Solution = "RolloutDashboard.sln";

    public static string Find()
    {
        var own = AppContext.BaseDirectory;
        if (Directory.Exists(System.IO.Path.Combine(own, "wwwroot")))
        {
            return own;
        }

        for (var folder = new DirectoryInfo(own); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        return own;
    }
}
