using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>Which requests a side answers. Where the request decided the mode, as in stage 3.1, two modes answer
/// different ones.</summary>
internal static class RequestMix
{
    private const string FirstStage = "3.1";

    [Flags]
    private enum Requests
    {
        None = 0,
        TemplateLibrary = 1,
        Freeform = 2,
        Both = TemplateLibrary | Freeform,
    }

    /// <summary>Whether the sides answer different requests under a configuration that they share, or at all where they
    /// share none.</summary>
    public static bool Differs(IReadOnlyList<CheckedIteration> first, IReadOnlyList<CheckedIteration> second)
    {
        var (one, zero) = (BySegment(first), BySegment(second));
        var shared = one.Keys.Where(zero.ContainsKey).ToArray();
        return shared.Length > 0
            ? shared.Any(segment => one[segment] != zero[segment])
            : one.Count > 0 && zero.Count > 0 && Whole(one) != Whole(zero);
    }

    private static Requests Whole(Dictionary<string, Requests> segments) =>
        segments.Values.Aggregate(Requests.None, (all, part) => all | part);

    private static Dictionary<string, Requests> BySegment(IReadOnlyList<CheckedIteration> iterations)
    {
        var (segments, last, seen) = (
            new Dictionary<string, Requests>(StringComparer.Ordinal),
            (string?)null,
            Requests.None
        );
        foreach (var one in iterations)
        {
            if (!one.Counts)
            {
                continue;
            }

            // Nearly all share segment and requests with the one before them.
            var requests = Of(one);
            if (!ReferenceEquals(one.Segment, last) || (seen | requests) != seen)
            {
                seen = segments[one.Segment] = segments.GetValueOrDefault(one.Segment) | requests;
                last = one.Segment;
            }
        }

        return segments;
    }

    private static Requests Of(CheckedIteration one) =>
        (one.ConfiguredShare, one.Stage) is (null, FirstStage)
            ? one.AssignedMode == GenerationMode.Json
                ? Requests.TemplateLibrary
                : Requests.Freeform
            : Requests.Both;
}
