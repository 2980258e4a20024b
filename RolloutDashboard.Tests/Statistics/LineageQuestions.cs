namespace RolloutDashboard.Tests.Statistics;

/// <summary>The questions of <see cref="EdgeQuestions"/> about lineages.</summary>
internal static class LineageQuestions
{
    private const string Rates = """{"rates":[0.8,1,0.6,0.8],"alpha":0.05}""";
    private const string Units = """{"units":[[1,0.8],[0,0.2],[1,1],[0,0.4]],"alpha":0.05}""";
    private static readonly string[] NoRates =
    [
        """{"rates":[1.1]}""",
        """{"rates":[-0.1]}""",
        """{"rates":["NaN"]}""",
        """{"rates":[null]}""",
    ];
    private static readonly string[] NoUnits =
    [
        """{"units":[[2,0.5]]}""",
        """{"units":[[1]]}""",
        """{"units":[[1,1.5]]}""",
        """{"units":[[0.5,0.5]]}""",
    ];

    public static IReadOnlyList<EdgeQuestions.Question> All { get; } =
    [
        .. new[] { "rate", "rate_empirical_bernstein", "rate_one_look" }.Select(name => new EdgeQuestions.Question(
            $"lineages/{name}",
            Rates,
            "rates: Structure, alpha?: Level",
            "low: 0..1, high: 0..1"
        )
        {
            Impossible = NoRates,
            Sound = ["""{"rates":[]}""", """{"rates":[0]}""", """{"rates":[1,1,1]}""", """{"rates":[0,1]}"""],
        }),
        .. new[] { ("ratio", "low: 0..inf, high: 0..inf"), ("difference", "low: -1..1, high: -1..1") }.Select(
            method => new EdgeQuestions.Question(
                $"lineages/{method.Item1}",
                Units,
                "units: Structure, alpha?: Level",
                method.Item2
            )
            {
                Impossible = NoUnits,
                Sound =
                [
                    """{"units":[]}""",
                    """{"units":[[1,1]]}""",
                    """{"units":[[1,1],[0,0]]}""",
                    """{"units":[[1,0],[0,1],[0,1]],"alpha":1e-9}""",
                ],
            }
        ),
        new(
            "lineages/contrast_evidence",
            """{"units":[[1,0.8],[0,0.2],[1,1],[0,0.4]],"ratio":2,"offset":0,"alpha":0.05}""",
            "units: Structure, ratio: Positive, offset?: Real, alpha?: Level",
            "log_evidence: -inf..inf"
        )
        {
            Impossible = ["""{"units":[[3,0.5]],"ratio":2}"""],
            Sound =
            [
                """{"units":[],"ratio":2}""",
                """{"units":[[1,1],[0,0]],"ratio":1,"offset":-1}""",
                """{"units":[[1,1],[0,0]],"ratio":1,"offset":1}""",
            ],
        },
        new(
            "lineages/symmetric_mean",
            """{"values":[0.5,-0.2,1.5],"scale":0.5,"alpha":0.05}""",
            "values: Structure, scale?: Positive, alpha?: Level",
            "low: -inf..inf, high: -inf..inf"
        )
        {
            Impossible = ["""{"values":["Infinity"]}""", """{"values":[null]}"""],
            Sound = ["""{"values":[]}""", """{"values":[1,1,1,1,1,1,1,1]}"""],
        },
        new(
            "lineages/dispersion",
            """{"rates":[0.8,1,0.6,0.8],"length":5,"alpha":0.05}""",
            "rates: Structure, length: Whole, alpha?: Level",
            "design_effect: 0..inf, low: 0..inf, high: 0..inf, n_eff: 0..1e11"
        )
        {
            Impossible = ["""{"rates":[0.55],"length":5}""", """{"rates":[0.5],"length":0}"""],
            Sound = ["""{"rates":[],"length":5}""", """{"rates":[1,1],"length":5}"""],
        },
        new("lineages/family", """{"alphas":[0.05,0.025]}""", "alphas: Structure", "bound: 0..1")
        {
            Impossible = ["""{"alphas":[2]}""", """{"alphas":[-0.1]}"""],
            Sound = ["""{"alphas":[]}""", """{"alphas":[0.6,0.6]}"""],
        },
    ];
}
