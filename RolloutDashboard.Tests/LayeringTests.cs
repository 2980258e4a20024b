namespace RolloutDashboard.Tests;

public sealed class LayeringTests
{
    [Fact]
    public void Core_ReferencesNoWebFramework()
    {
        var forbidden = new[] { "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Http", "Hangfire", "MudBlazor" };

        var references = typeof(Core.Vocabulary.Stage).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }
}
