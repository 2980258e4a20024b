using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using RolloutDashboard.Components.Iterations;
using RolloutDashboard.Components.Reading;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Reading;

/// <summary>Readings that end late, of a page that was asked anew or left.</summary>
public sealed class ReadingPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Page_LeftWhileItIsGivenTheNextAddress_LeavesTheNextPageAlone()
    {
        await using var page = new PageContext(Roles.Viewer);
        var reads = new Reads();
        var shown = page.Render<Place>(parameters =>
            parameters.Add(place => place.Reads, reads).Add(place => place.Word, "first")
        );

        // The router tells the page that is left about the new address before it takes it away.
        shown.Render(parameters => parameters.Add(place => place.Word, "second"));
        shown.Render(parameters => parameters.Add(place => place.Word, null));
        reads.LetEnd();
        await Task.WhenAll(reads.Loads).WaitAsync(Patience, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal("the next page", shown.Find("p").TextContent);
    }

    [Fact]
    public async Task Page_AskedAnewBeforeTheEarlierReadingsEnd_ShowsTheLatest()
    {
        await using var page = new PageContext(Roles.Viewer);
        var reads = new Reads();
        var shown = page.Render<Place>(parameters =>
            parameters.Add(place => place.Reads, reads).Add(place => place.Word, "first")
        );

        shown.Render(parameters => parameters.Add(place => place.Word, "second"));
        shown.Render(parameters => parameters.Add(place => place.Word, "third"));
        reads.LetEnd();

        shown.WaitForAssertion(() => Assert.Equal("read third", shown.Find("p").TextContent), Patience);
        Assert.Equal(["first", "third"], reads.Asked);
    }

    [Fact]
    public async Task Page_ReadingCancelledByNobodyHere_SaysThatItFailed()
    {
        await using var page = new PageContext(Roles.Viewer);
        var reads = new Reads { Fault = new OperationCanceledException("The time limit is over.") };

        var shown = page.Render<Place>(parameters =>
            parameters.Add(place => place.Reads, reads).Add(place => place.Word, "first")
        );

        Assert.Equal("failed: The time limit is over.", shown.Find("p").TextContent);
    }

    [Fact]
    public async Task Iteration_NeighbourAskedFor_ShowsNothingOfTheOneBefore()
    {
        await using var page = new PageContext(Roles.Viewer);
        var shown = page.Render<IterationPage>(parameters => parameters.Add(one => one.Number, 8));
        Assert.NotEmpty(shown.FindAll("#metrics"));

        page.Iterations.Held = new TaskCompletionSource().Task;
        shown.Render(parameters => parameters.Add(one => one.Number, 7));

        Assert.Empty(shown.FindAll("#metrics"));
        Assert.Contains("Reading the iteration", shown.Markup, StringComparison.Ordinal);
    }

    /// <summary>Readings that do not end before their page has been asked anew or left.</summary>
    private sealed class Reads
    {
        private readonly TaskCompletionSource _mayEnd = new();

        public List<string> Asked { get; } = [];

        public Exception? Fault { get; init; }

        /// <summary>What the page did for each of its parameters.</summary>
        public List<Task> Loads { get; } = [];

        public void LetEnd() => _mayEnd.SetResult();

        public async Task<string> ReadAsync(string word, CancellationToken cancellationToken)
        {
            Asked.Add(word);
            if (Fault is not null)
            {
                throw Fault;
            }

            if (Asked.Count > 1)
            {
                return word;
            }

            // What is told to end takes its time, as a query does.
            await using var registration = cancellationToken.Register(() => _mayEnd.Task.Wait(Patience));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return word;
        }
    }

    /// <summary>A layout's place for pages: one that reads, and another without a word.</summary>
    private sealed class Place : ComponentBase
    {
        [Parameter]
        public Reads Reads { get; set; } = null!;

        [Parameter]
        public string? Word { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<ErrorBoundary>(0);
            builder.AddAttribute(
                1,
                nameof(ErrorBoundary.ChildContent),
                (RenderFragment)(
                    content =>
                    {
                        if (Word is null)
                        {
                            content.AddMarkupContent(0, "<p>the next page</p>");
                            return;
                        }

                        content.OpenComponent<Reader>(1);
                        content.AddComponentParameter(2, nameof(Reader.Reads), Reads);
                        content.AddComponentParameter(3, nameof(Reader.Word), Word);
                        content.CloseComponent();
                    }
                )
            );
            builder.AddAttribute(
                2,
                nameof(ErrorBoundary.ErrorContent),
                (RenderFragment<Exception>)(exception => content => content.AddContent(0, exception.Message))
            );
            builder.CloseComponent();
        }
    }

    private sealed class Reader : ReadingPage<string>
    {
        [Parameter]
        public Reads Reads { get; set; } = null!;

        [Parameter]
        public string Word { get; set; } = "";

        protected override Task OnParametersSetAsync()
        {
            var load = base.OnParametersSetAsync();
            Reads.Loads.Add(load);
            return load;
        }

        protected override Task<string> ReadAsync(CancellationToken cancellationToken) =>
            Reads.ReadAsync(Word, cancellationToken);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddContent(1, Failure is not null ? $"failed: {Failure}" : $"read {Value}");
            builder.CloseElement();
        }
    }
}
