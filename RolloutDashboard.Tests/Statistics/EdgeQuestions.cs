namespace RolloutDashboard.Tests.Statistics;

/// <summary>
/// For each method a sound question, what each of its fields is, and the range of each answer, written down from the
/// definition of the method and not taken from the catalogue. <see cref="EdgeInputs"/> makes the edges from it.
/// </summary>
internal static class EdgeQuestions
{
    private const double Inf = double.PositiveInfinity;

    /// <param name="Fields">"name: kind", the ones that may be left out with a question mark behind the name.</param>
    /// <param name="Answers">"name: least..most".</param>
    public sealed record Question(string Method, string Input, string Fields, string Answers)
    {
        /// <summary>Whole inputs that can't be, beyond what single fields say.</summary>
        public string[] Impossible { get; init; } = [];

        /// <summary>Inputs at an edge that have an answer.</summary>
        public string[] Sound { get; init; } = [];
    }

    private const string OneRate = """{"x":8,"n":10,"alpha":0.05}""";
    private const string OneRateFields = "x: Count, n: Count, alpha?: Level";
    private const string Rates = "low: 0..1, high: 0..1";
    private const string Arms = """{"x1":8,"n1":10,"x0":3,"n0":10,"alpha":0.05}""";
    private const string ArmFields = "x1: Count, n1: Count, x0: Count, n0: Count, alpha?: Level";
    private const string Means =
        """{"control":{"n":10,"mean":1,"variance":2},"treatment":{"n":12,"sum":20,"sum_squares":60},"alpha":0.05}""";
    private const string MeanFields = "control: Structure, treatment: Structure, alpha?: Level";
    private static readonly string[] MoreThanAll =
    [
        """{"x":11,"n":10}""",
        """{"x":1,"n":0}""",
        """{"x":1e-9,"n":0}""",
        """{"x":10.000001,"n":10}""",
        """{"x":3,"n":10,"alhpa":0.05}""",
    ];
    private static readonly string[] NothingOrAll =
    [
        """{"x":0,"n":0}""",
        """{"x":10,"n":10}""",
        """{"x":0,"n":10}""",
        """{"x":0.5,"n":0.5}""",
        """{"x":1e9,"n":1e9}""",
        """{"x":0,"n":1e9}""",
        """{"x":5,"n":10,"alpha":1}""",
        """{"x":5,"n":10,"alpha":1e-9}""",
    ];
    private static readonly string[] ArmsMoreThanAll =
    [
        """{"x1":11,"n1":10,"x0":3,"n0":10}""",
        """{"x1":1,"n1":10,"x0":4,"n0":3}""",
        """{"x1":1,"n1":0,"x0":0,"n0":0}""",
        """{"x1":1,"n1":2,"x0":0}""",
    ];
    private static readonly string[] ArmsNothingOrAll =
    [
        """{"x1":0,"n1":0,"x0":0,"n0":0}""",
        """{"x1":0,"n1":0,"x0":3,"n0":10}""",
        """{"x1":3,"n1":10,"x0":0,"n0":0}""",
        """{"x1":0,"n1":10,"x0":0,"n0":10}""",
        """{"x1":10,"n1":10,"x0":10,"n0":10}""",
        """{"x1":10,"n1":10,"x0":0,"n0":10}""",
        """{"x1":0,"n1":10,"x0":10,"n0":10}""",
        """{"x1":1,"n1":1,"x0":0,"n0":1}""",
        """{"x1":0.25,"n1":0.5,"x0":0.1,"n0":0.25}""",
        """{"x1":1e9,"n1":1e9,"x0":1,"n0":1e9}""",
        """{"x1":1,"n1":1e9,"x0":1e9,"n0":1e9}""",
        """{"x1":0.000001,"n1":1e9,"x0":1e9,"n0":1e9}""",
    ];

    private static readonly string[] BadMeans =
    [
        """{"control":{"n":10,"sum":100,"sum_squares":900},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{"n":10,"mean":1,"variance":-1},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{"n":0,"mean":1,"variance":1},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{"n":-5,"mean":1,"variance":1},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{"x":11,"n":10},"treatment":{"x":1,"n":10}}""",
        """{"control":{"n":10,"mean":"NaN","variance":1},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{"n":10},"treatment":{"n":10,"mean":1,"variance":1}}""",
        """{"control":{},"treatment":{}}""",
        """{"control":{"n":10,"mean":1,"variance":1,"sd":3},"treatment":{"n":10,"mean":1,"variance":1}}""",
    ];

    public static IReadOnlyList<Question> All { get; } =
    [
        .. new[]
        {
            "wilson/two-sided",
            "wilson/continuity-corrected",
            "proportion_other/normal",
            "proportion_other/agresti_coull",
            "proportion_other/clopper_pearson",
            "proportion_other/jeffreys",
        }.Select(method => new Question(method, OneRate, OneRateFields, Rates)
        {
            Impossible = MoreThanAll,
            Sound = NothingOrAll,
        }),
        .. new[] { "wilson/less", "wilson/greater" }.Select(method => new Question(
            method,
            OneRate,
            OneRateFields,
            Rates
        )
        {
            Impossible = [.. MoreThanAll, """{"x":5,"n":10,"alpha":0.6}"""],
            Sound = [.. NothingOrAll.Where(json => !json.Contains("\"alpha\":1}", StringComparison.Ordinal))],
        }),
        .. new[]
        {
            "difference/wald",
            "difference/agresti_caffo",
            "difference/newcombe_hybrid_wilson",
            "difference/miettinen_nurminen",
        }.Select(method => new Question(method, Arms, ArmFields, "low: -1..1, high: -1..1")
        {
            Impossible = ArmsMoreThanAll,
            Sound = ArmsNothingOrAll,
        }),
        .. new[]
        {
            "ratio/score_koopman",
            "ratio/score_miettinen_nurminen",
            "ratio/katz_log",
            "ratio/log_adjusted",
        }.Select(method => new Question(method, Arms, ArmFields, "ratio: 0..inf, low: 0..inf, high: 0..inf")
        {
            Impossible = ArmsMoreThanAll,
            Sound = ArmsNothingOrAll,
        }),
        .. LineageQuestions.All,
        new(
            "effective_n/kish",
            """{"cluster_sizes":[3,1,1]}""",
            "cluster_sizes: Structure",
            "n: 0..1e9, distinct: 0..1e9, n_eff: 0..1e9, largest_share: 0..1, entropy_bits: 0..31"
        )
        {
            Impossible =
            [
                """{"cluster_sizes":[-1]}""",
                """{"cluster_sizes":[1.5]}""",
                """{"cluster_sizes":["a"]}""",
                """{"cluster_sizes":[null]}""",
                """{"cluster_sizes":[1e9,1e9,1e9]}""",
                """{"cluster_sizes":[1e300]}""",
                """{"cluster_sizes":["Infinity"]}""",
            ],
            Sound =
            [
                """{"cluster_sizes":[]}""",
                """{"cluster_sizes":[0,0]}""",
                """{"cluster_sizes":[1]}""",
                """{"cluster_sizes":[1000000000]}""",
            ],
        },
        new(
            "ratio/ratio_point",
            """{"x1":8,"n1":10,"x0":3,"n0":10}""",
            "x1: Count, n1: Count, x0: Count, n0: Count",
            "ratio: 0..inf"
        )
        {
            Impossible = ArmsMoreThanAll,
            Sound = ArmsNothingOrAll,
        },
        new("ratio/score_duality", Arms, ArmFields, "p_at_low: 0..1, p_at_high: 0..1")
        {
            Impossible = ArmsMoreThanAll,
            Sound = ArmsNothingOrAll,
        },
        new(
            "ratio/score_test",
            """{"x1":8,"n1":10,"x0":3,"n0":10,"ratio":2}""",
            "x1: Count, n1: Count, x0: Count, n0: Count, ratio: Positive",
            "z: -1e308..1e308, p: 0..1"
        )
        {
            Impossible = ["""{"x1":11,"n1":10,"x0":3,"n0":10,"ratio":2}"""],
            Sound =
            [
                """{"x1":0,"n1":0,"x0":0,"n0":0,"ratio":2}""",
                """{"x1":0,"n1":9,"x0":0,"n0":9,"ratio":2}""",
                """{"x1":9,"n1":9,"x0":9,"n0":9,"ratio":1}""",
                """{"x1":9,"n1":9,"x0":9,"n0":9,"ratio":1e9}""",
            ],
        },
        new(
            "ratio/stratified",
            """{"strata":[{"x1":8,"n1":10,"x0":3,"n0":10},{"x1":4,"n1":5,"x0":1,"n0":5}],"alpha":0.05}""",
            "strata: Structure, alpha?: Level",
            "ratio: 0..inf, low: 0..inf, high: 0..inf"
        )
        {
            Impossible =
            [
                """{"strata":[{"x1":11,"n1":10,"x0":3,"n0":10}]}""",
                """{"strata":[{"x1":1,"n1":10}]}""",
                """{"strata":[3]}""",
                """{"strata":[null]}""",
                """{"strata":[[]]}""",
            ],
            Sound =
            [
                """{"strata":[]}""",
                """{"strata":[{"x1":0,"n1":0,"x0":0,"n0":0}]}""",
                """{"strata":[{"x1":0,"n1":9,"x0":0,"n0":9},{"x1":0,"n1":9,"x0":0,"n0":9}]}""",
                """{"strata":[{"x1":9,"n1":9,"x0":9,"n0":9},{"x1":9,"n1":9,"x0":9,"n0":9}]}""",
            ],
        },
        new(
            "bayes_ratio/ratio",
            """{"x1":8,"n1":10,"x0":3,"n0":10,"prior_a":1,"prior_b":1,"alpha":0.1,"ratio":2}""",
            "x1: Count, n1: Count, x0: Count, n0: Count, prior_a?: Positive, prior_b?: Positive, alpha?: Level, ratio?: Positive",
            "p_at_least: 0..1, median: 0..inf, low: 0..inf, high: 0..inf"
        )
        {
            Impossible =
            [
                .. ArmsMoreThanAll,
                """{"x1":8,"n1":10,"x0":3,"n0":10,"prior_a":0}""",
                """{"x1":8,"n1":10,"x0":3,"n0":10,"ratio":0}""",
            ],
            Sound =
            [
                """{"x1":0,"n1":0,"x0":0,"n0":0}""",
                """{"x1":20,"n1":20,"x0":5,"n0":20,"ratio":3}""",
                """{"x1":0,"n1":10,"x0":10,"n0":10}""",
                """{"x1":1000000,"n1":1000000,"x0":0,"n0":1000000,"ratio":3}""",
            ],
        },
        new(
            "bayes_ratio/p_best",
            """{"successes":[8,3],"totals":[10,10],"prior_a":1,"prior_b":1}""",
            "successes: Structure, totals: Structure, prior_a?: Positive, prior_b?: Positive",
            "p_best: 0..1"
        )
        {
            Impossible =
            [
                """{"successes":[8],"totals":[10,10]}""",
                """{"successes":[11],"totals":[10]}""",
                """{"successes":[-1],"totals":[10]}""",
                """{"successes":["x"],"totals":[10]}""",
                """{"successes":["NaN"],"totals":[10]}""",
            ],
            Sound =
            [
                """{"successes":[],"totals":[]}""",
                """{"successes":[0],"totals":[0]}""",
                """{"successes":[0,0],"totals":[0,0]}""",
                """{"successes":[100000,0],"totals":[100000,100000]}""",
            ],
        },
        new(
            "bayes_ratio/intervals",
            """{"successes":[8,3],"totals":[10,10],"level":0.9}""",
            "successes: Structure, totals: Structure, level?: Share",
            "intervals: 0..1"
        )
        {
            Impossible = ["""{"successes":[8],"totals":[10],"level":1}""", """{"successes":[8],"totals":[7]}"""],
            Sound = ["""{"successes":[0],"totals":[0]}""", """{"successes":[8],"totals":[10],"level":0}"""],
        },
        new(
            "bayes_ratio/posterior_mean",
            """{"arms":[{"x":3,"n":10,"a":0.5,"b":0.5}]}""",
            "arms: Structure",
            "posterior_mean: 0..1, intervals: 0..1"
        )
        {
            Impossible =
            [
                """{"arms":[{"x":11,"n":10}]}""",
                """{"arms":[{"n":10}]}""",
                """{"arms":[{"x":1,"n":10,"a":-1}]}""",
                """{"arms":["a"]}""",
            ],
            Sound = ["""{"arms":[]}""", """{"arms":[{"x":0,"n":0}]}"""],
        },
        new(
            "bayes_lift/gaussian",
            Means,
            MeanFields,
            "expected: -inf..inf, stddev: 0..inf, chance_to_win: 0..1, ci: -inf..inf, risk: 0..inf"
        )
        {
            Impossible =
            [
                .. BadMeans,
                """{"control":{"n":10,"mean":0,"variance":1},"treatment":{"n":10,"mean":1,"variance":1}}""",
                """{"control":{"n":10,"mean":1,"variance":0},"treatment":{"n":10,"mean":1,"variance":0}}""",
                """{"control":{"n":10,"mean":1,"variance":1},"treatment":{"n":10,"mean":1,"variance":1},"prior":{"mean":0,"variance":0}}""",
            ],
            Sound =
            [
                """{"control":{"x":1,"n":10},"treatment":{"x":10,"n":10}}""",
                """{"control":{"n":2,"mean":1,"variance":1},"treatment":{"n":2,"mean":1,"variance":1}}""",
            ],
        },
        new("bayes_lift/risk", """{"mu":0.1,"sigma":0.05}""", "mu: Real, sigma: Positive", "risk: 0..inf")
        {
            Sound = ["""{"mu":100,"sigma":0.001}""", """{"mu":-100,"sigma":0.001}""", """{"mu":0,"sigma":1}"""],
        },
        new(
            "relative_difference/relative",
            """{"mean_c":10,"mean_t":15}""",
            "mean_c: Real, mean_t: Real",
            "relative: -inf..inf"
        )
        {
            Impossible = ["""{"mean_c":0,"mean_t":1}"""],
        },
        .. new[] { "welch_t/absolute", "welch_t/relative" }.Select(method => new Question(
            method,
            Means,
            MeanFields,
            "estimate: -inf..inf, se: 0..inf, df: 0..inf, p: 0..1, ci: -inf..inf"
        )
        {
            Impossible = BadMeans,
            Sound = Degenerate,
        }),
        .. new[] { "welch_t/greater_absolute", "welch_t/greater_relative" }.Select(method => new Question(
            method,
            Means,
            MeanFields,
            "estimate: -inf..inf, se: 0..inf, df: 0..inf, p: 0..1, low: -inf..inf"
        )
        {
            Impossible = BadMeans,
            Sound = Degenerate,
        }),
        new(
            "rank/mann_whitney",
            """{"control":[1,2,3],"treatment":[2,3,4]}""",
            "control: Structure, treatment: Structure",
            "p_greater: 0..1, p: 0..1"
        )
        {
            Impossible =
            [
                """{"control":["NaN"],"treatment":[1]}""",
                """{"control":["Infinity"],"treatment":[1]}""",
                """{"control":[1],"treatment":["x"]}""",
                """{"control":[1e200],"treatment":[1]}""",
            ],
            Sound =
            [
                """{"control":[],"treatment":[]}""",
                """{"control":[1],"treatment":[]}""",
                """{"control":[1],"treatment":[1]}""",
                """{"control":[1,1,1],"treatment":[1,1]}""",
                """{"control":[-1e90],"treatment":[1e90]}""",
            ],
        },
        .. new[] { "sequential_mean/absolute", "sequential_mean/relative" }.Select(method => new Question(
            method,
            Means,
            MeanFields + ", tuning_N?: PositiveCount",
            "estimate: -inf..inf, se: 0..inf, p: 0..1, ci: -inf..inf"
        )
        {
            Impossible = [.. BadMeans, .. NoError],
        }),
        .. new[] { "sequential_mean/one_sided_absolute", "sequential_mean/one_sided_relative" }.Select(
            method => new Question(
                method,
                Means,
                MeanFields + ", tuning_N?: PositiveCount",
                "estimate: -inf..inf, se: 0..inf, lower_bound_test_greater: -inf..inf, upper_bound_test_lesser: -inf..inf"
            )
            {
                Impossible = [.. BadMeans, .. NoError],
            }
        ),
        new(
            "sequential_mean/best_rho",
            """{"v_opt":100,"alpha_opt":0.05}""",
            "v_opt: Positive, alpha_opt?: Level",
            "rho: 0..inf"
        ),
        new(
            "sequential_mean/log_martingale",
            """{"s":10,"v":100,"v_opt":100,"alpha_opt":0.05}""",
            "s: Real, v: NotNegative, v_opt: Positive, alpha_opt?: Level",
            "log: -inf..inf"
        )
        {
            Sound = ["""{"s":0,"v":0,"v_opt":1}"""],
        },
        new(
            "sequential_mean/log_martingale_one_sided",
            """{"s":10,"v":100,"v_opt":100,"alpha_opt":0.05}""",
            "s: Real, v: NotNegative, v_opt: Positive, alpha_opt?: Level",
            "log: -inf..inf"
        )
        {
            Sound = ["""{"s":-1e6,"v":0,"v_opt":1}"""],
            Impossible = ["""{"s":10,"v":100,"v_opt":100,"alpha_opt":0.5}"""],
        },
        new(
            "sequential_mean/boundary",
            """{"v":100,"alpha":0.05,"v_opt":100}""",
            "v: NotNegative, alpha?: Level, v_opt: Positive",
            "bound: 0..inf"
        )
        {
            Sound = ["""{"v":0,"v_opt":100}"""],
        },
        new(
            "sequential_mean/boundary_one_sided",
            """{"v":100,"alpha":0.05,"v_opt":100}""",
            "v: NotNegative, alpha?: Level, v_opt: Positive",
            "bound: 0..inf"
        )
        {
            Sound = ["""{"v":0,"v_opt":100}""", """{"v":1e12,"v_opt":1e-6}"""],
        },
        new(
            "sequential_mean/half_width",
            """{"se":0.1,"N":100,"alpha":0.05,"tuning_N":100}""",
            "se: NotNegative, N: PositiveCount, alpha?: Level, tuning_N: PositiveCount",
            "half_width: 0..inf, N_times_halfwidth: 0..inf"
        ),
        new(
            "sequential_mean/msprt",
            """{"difference":0.5,"variance":1,"n":100,"tau_squared":1}""",
            "difference: Real, variance: Positive, n: PositiveCount, tau_squared: Positive",
            "likelihood_ratio: 0..inf, p: 0..1"
        )
        {
            Sound = ["""{"difference":1e6,"variance":1,"n":1e9,"tau_squared":1}"""],
        },
        new(
            "sequential_ratio/contrast",
            """{"x1":8,"n1":10,"x0":3,"n0":10,"ratio":2,"alpha":0.05,"tuning_N":200}""",
            "x1: Count, n1: Count, x0: Count, n0: Count, ratio: Positive, alpha?: Level, tuning_N?: PositiveCount",
            "low: -inf..inf, high: -inf..inf"
        )
        {
            Impossible =
            [
                """{"x1":11,"n1":10,"x0":3,"n0":10,"ratio":2}""",
                """{"x1":8,"n1":10,"x0":3,"n0":10,"ratio":2,"alpha":0.5}""",
            ],
            Sound = ["""{"x1":0,"n1":0,"x0":0,"n0":0,"ratio":2}""", """{"x1":9,"n1":9,"x0":0,"n0":9,"ratio":2}"""],
        },
        new(
            "sequential_bernoulli/interval",
            """{"successes":8,"trials":10,"alpha":0.05,"t_opt":50,"alpha_opt":0.05}""",
            "successes: Count, trials: Count, alpha?: Level, t_opt?: PositiveCount, alpha_opt?: Level",
            Rates
        )
        {
            Impossible = ["""{"successes":11,"trials":10}""", """{"successes":1,"trials":0}"""],
            Sound =
            [
                """{"successes":0,"trials":0}""",
                """{"successes":0,"trials":1}""",
                """{"successes":1,"trials":1}""",
                """{"successes":1,"trials":1e9}""",
                """{"successes":999999999,"trials":1e9}""",
                """{"successes":1e9,"trials":1e9}""",
                """{"successes":0.5,"trials":0.5}""",
            ],
        },
        new(
            "sequential_bernoulli/log_martingale",
            """{"s":10,"v":100,"g":0.2,"h":0.8,"v_opt":100}""",
            "s: Real, v: NotNegative, g: Positive, h: Positive, v_opt: Positive",
            "log: -inf..inf"
        )
        {
            Impossible =
            [
                """{"s":501,"v":100,"g":0.2,"h":0.8,"v_opt":100}""",
                """{"s":-126,"v":100,"g":0.2,"h":0.8,"v_opt":100}""",
            ],
            Sound =
            [
                """{"s":0,"v":0,"g":0.2,"h":0.8,"v_opt":100}""",
                """{"s":500,"v":100,"g":0.2,"h":0.8,"v_opt":100}""",
            ],
        },
        new(
            "sequential_bernoulli/log_martingale_one_sided",
            """{"s":10,"v":100,"g":0.2,"h":0.8,"v_opt":100}""",
            "s: Real, v: NotNegative, g: Positive, h: Positive, v_opt: Positive",
            "log: -inf..inf"
        )
        {
            Impossible = ["""{"s":501,"v":100,"g":0.2,"h":0.8,"v_opt":100}"""],
        },
        new(
            "sequential_bernoulli/boundary",
            """{"v":100,"alpha":0.05,"v_opt":100,"g":0.2,"h":0.8}""",
            "v: NotNegative, alpha?: Level, v_opt: Positive, g: Positive, h: Positive",
            "two_sided: 0..inf, one_sided: 0..inf"
        ),
        new(
            "srm/chi_square",
            """{"observed":[10,12],"weights":[0.5,0.5]}""",
            "observed: Structure, weights: Structure",
            "p: 0..1"
        )
        {
            Impossible =
            [
                """{"observed":[10,1,2],"weights":[0.5,0.5]}""",
                """{"observed":[-1,3],"weights":[0.5,0.5]}""",
                """{"observed":[1,3],"weights":[-0.5,1.5]}""",
                """{"observed":["NaN",3],"weights":[0.5,0.5]}""",
                """{"observed":[1,3],"weights":["Infinity",0.5]}""",
                """{"observed":[true,3],"weights":[0.5,0.5]}""",
            ],
            Sound =
            [
                """{"observed":[],"weights":[]}""",
                """{"observed":[0,0],"weights":[0.5,0.5]}""",
                """{"observed":[5,5],"weights":[0,0]}""",
                """{"observed":[1e9,0],"weights":[0.5,0.5]}""",
                """{"observed":[7],"weights":[1]}""",
            ],
        },
        new("srm/stratified", """{"strata":[{"x":6,"n":10,"share":0.5}]}""", "strata: Structure", "p: 0..1")
        {
            Impossible =
            [
                """{"strata":[{"x":11,"n":10,"share":0.5}]}""",
                """{"strata":[{"x":1,"n":10,"share":1.5}]}""",
                """{"strata":[{"x":1,"n":10}]}""",
            ],
            Sound =
            [
                """{"strata":[]}""",
                """{"strata":[{"x":0,"n":0,"share":0}]}""",
                """{"strata":[{"x":10,"n":10,"share":1}]}""",
            ],
        },
        new(
            "srm_sequential/dirichlet_multinomial",
            """{"data":[[3,2]],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
            "data: Structure, null: Structure, dirichlet_alpha: Structure",
            "log_m1: -inf..inf, log_m0: -inf..inf, p: 0..1"
        )
        {
            Impossible =
            [
                """{"data":[[3]],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
                """{"data":[[3,2]],"null":[0.5,0.4],"dirichlet_alpha":[1,1]}""",
                """{"data":[[3,2]],"null":[0.5,0.5],"dirichlet_alpha":[0,1]}""",
                """{"data":[[3,2]],"null":[0.5,0.5],"dirichlet_alpha":[1]}""",
                """{"data":[[-3,2]],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
                """{"data":[3,2],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
                """{"data":[],"null":[],"dirichlet_alpha":[]}""",
            ],
            Sound =
            [
                """{"data":[],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
                """{"data":[[0,0]],"null":[0.5,0.5],"dirichlet_alpha":[1,1]}""",
                """{"data":[[0,9]],"null":[1,0],"dirichlet_alpha":[1,1]}""",
            ],
        },
        new(
            "power/two_proportions",
            """{"p0":0.25,"diff":0.5,"n1":20,"n0_over_n1":1,"alpha":0.05,"alternative":"larger"}""",
            "p0: Share, diff: Real, n1: PositiveCount, n0_over_n1?: Positive, alpha?: Level, alternative?: Text",
            "power: 0..1"
        )
        {
            Impossible =
            [
                """{"p0":0.75,"diff":0.5,"n1":20}""",
                """{"p0":0.25,"diff":-0.5,"n1":20}""",
                """{"p0":0.25,"diff":0.5,"n1":20,"alternative":"smaller"}""",
                """{"p0":0,"diff":0,"n1":20}""",
            ],
            Sound = ["""{"p0":0.25,"diff":0,"n1":20}""", """{"p0":0.7,"diff":0.3,"n1":20}"""],
        },
        new(
            "power/sample_size",
            """{"p0":0.25,"diff":0.5,"power":0.8,"n0_over_n1":1,"alpha":0.05}""",
            "p0: Share, diff: Real, power: Level, n0_over_n1?: Positive, alpha?: Level",
            "n1: 0..inf"
        )
        {
            Impossible =
            [
                """{"p0":0.75,"diff":0.5,"power":0.8}""",
                """{"p0":0.25,"diff":0.5,"power":0.01}""",
                """{"p0":0.25,"diff":0.5,"power":1}""",
            ],
            Sound = ["""{"p0":0.25,"diff":0,"power":0.8}"""],
        },
        new(
            "power/sample_size_ratio",
            """{"p1":0.8,"p0":0.25,"ratio":2,"power":0.8,"alpha":0.05}""",
            "p1: Share, p0: Share, ratio: Positive, power?: Level, alpha?: Level",
            "n_per_arm: 0..inf"
        )
        {
            Impossible =
            [
                """{"p1":0,"p0":0.25,"ratio":2}""",
                """{"p1":0.8,"p0":0,"ratio":2}""",
                """{"p1":0.8,"p0":0.25,"ratio":2,"power":0.01}""",
            ],
            Sound = ["""{"p1":0.5,"p0":0.25,"ratio":2}""", """{"p1":1,"p0":1,"ratio":0.5}"""],
        },
        .. new[] { "power/relative_lift", "power/relative_lift_sequential" }.Select(method => new Question(
            method,
            """{"mean":10,"variance":4,"effect":0.05,"n_total":400,"arms":2,"alpha":0.05,"tuning_N":500}""",
            "mean: Real, variance: NotNegative, effect: Real, n_total: PositiveCount, arms?: PositiveCount, alpha?: Level, tuning_N?: PositiveCount",
            "power: 0..1"
        )
        {
            Impossible = ["""{"mean":0,"variance":4,"effect":0.05,"n_total":400}"""],
        }),
        new(
            "power/difference_variance",
            """{"n_a":4,"mean_a":7,"var_a":2,"n_b":15,"mean_b":5,"var_b":0.5}""",
            "n_a: PositiveCount, mean_a: Real, var_a: NotNegative, n_b: PositiveCount, mean_b: Real, var_b: NotNegative",
            "absolute: 0..inf, relative: 0..inf"
        ),
        new(
            "power/known_variance",
            """{"mde":0.01,"baseline_variance":0.2244,"alpha":0.03,"n1":2000,"n2":200}""",
            "mde: Real, baseline_variance: Positive, alpha?: Level, n1: PositiveCount, n2: PositiveCount",
            "power: 0..1"
        ),
        new(
            "champion/deflated_sharpe",
            """{"sharpe":0.1,"n":1250,"skewness":-3,"kurtosis":10,"trials":100,"variance":0.002}""",
            "sharpe: Real, n: Whole, skewness?: Real, kurtosis?: Positive, trials: PositiveCount, variance: NotNegative",
            "sr0: 0..inf, dsr: 0..1"
        )
        {
            Impossible =
            [
                """{"sharpe":0.1,"n":100,"skewness":3,"kurtosis":3,"trials":1,"variance":0}""",
                """{"sharpe":0.1,"n":100,"kurtosis":0,"trials":1,"variance":0}""",
                """{"sharpe":0.1,"n":1e18,"trials":1,"variance":0}""",
                """{"sharpe":1e160,"n":100,"trials":1,"variance":0}""",
            ],
            Sound =
            [
                """{"sharpe":0.1,"n":0,"trials":1,"variance":0}""",
                """{"sharpe":0.1,"n":1,"trials":1,"variance":0}""",
                """{"sharpe":0,"n":2,"trials":1,"variance":0}""",
                """{"sharpe":0.1,"n":1250,"skewness":-3,"kurtosis":10,"trials":46,"variance":0.002}""",
            ],
        },
        new(
            "champion/overfitting",
            """{"returns":[[0.1,0.2],[0.2,0.1],[0.3,0.1],[0.1,0.2]],"blocks":2}""",
            "returns: Structure, blocks?: Whole",
            "pbo: 0..1"
        )
        {
            Impossible =
            [
                """{"returns":[[0.1,0.2],[0.2]],"blocks":2}""",
                """{"returns":[[0.1,0.2],[0.2,0.1]],"blocks":3}""",
                """{"returns":[[0.1,0.2],[0.2,0.1]],"blocks":22}""",
                """{"returns":[["NaN",0.2],[0.2,0.1],[0.2,0.1],[0.2,0.1]],"blocks":2}""",
                """{"returns":[3],"blocks":2}""",
            ],
            Sound =
            [
                """{"returns":[],"blocks":2}""",
                """{"returns":[[],[]],"blocks":2}""",
                """{"returns":[[0,0],[0,0],[0,0],[0,0]],"blocks":2}""",
            ],
        },
        new(
            "champion/superior_ability",
            """{"excess":[[0.1,0.2,-0.1,0.1,0.3,-0.2,0.1,0.1,0.2,-0.1],[0,0.1,-0.1,0,0.1,0,-0.2,0.1,0,0]],"samples":99}""",
            "excess: Structure, block?: Real, samples?: Whole, seed?: Whole",
            "reality_check: 0..1, lower: 0..1, consistent: 0..1, upper: 0..1, block: 1..inf, statistics: -inf..inf, adjusted: 0..1"
        )
        {
            Impossible =
            [
                """{"excess":[]}""",
                """{"excess":[[0.1,0.2]]}""",
                """{"excess":[[1,2,3,4,5,6,7,8,9,10],[1]]}""",
                """{"excess":[[1,2,3,4,5,6,7,8,9,10]],"block":0.5}""",
                """{"excess":[[1,2,3,4,5,6,7,8,9,10]],"samples":5}""",
                """{"excess":[["NaN",2,3,4,5,6,7,8,9,10]]}""",
            ],
            Sound =
            [
                """{"excess":[[0,0,0,0,0,0,0,0,0,0]],"samples":99}""",
                """{"excess":[[1,2,3,4,5,6,7,8,9,10]],"block":1,"samples":99,"seed":7}""",
            ],
        },
        new(
            "gate_verdict/three_valued",
            """{"success":">=0.9","failure":"<0.5","value":0.7}""",
            "success?: Text, failure?: Text",
            ""
        )
        {
            Impossible =
            [
                """{"success":"good","value":1}""",
                """{"success":">=","value":1}""",
                """{"success":">=0.9 or ","value":1}""",
                """{"failure":"=1","value":1}""",
                """{"success":">=0.9","value":"x"}""",
                """{"success":">=0.9"}""",
            ],
            Sound =
            [
                """{"value":"NaN"}""",
                """{"success":"isNaN or >=0.9","value":"NaN"}""",
                """{"success":">=0.9","failure":"isInf","value":"-Infinity"}""",
            ],
        },
        new(
            "gate_score/weighted",
            """{"metrics":["Pass:g","High!:h"],"group_weights":{"g":60,"h":40}}""",
            "metrics: Structure, group_weights?: Structure",
            "score: 0..100"
        )
        {
            Impossible =
            [
                """{"metrics":["Best:g"]}""",
                """{"metrics":[""]}""",
                """{"metrics":[3]}""",
                """{"metrics":["Pass:g"],"group_weights":{"g":-1}}""",
                """{"metrics":["Pass:g"],"group_weights":{"g":60,"h":41}}""",
                """{"metrics":["Pass:g"],"group_weights":{"g":null}}""",
            ],
            Sound =
            [
                """{"metrics":[]}""",
                """{"metrics":["Nodata:g"],"group_weights":{}}""",
                """{"metrics":["Pass"]}""",
            ],
        },
        new(
            "assignment/murmur3",
            """{"group_id":"g","id":"7","rollout":50}""",
            "group_id: Text, id: Text, rollout: NotNegative",
            ""
        )
        {
            Impossible = ["""{"group_id":"g","id":"7","rollout":101}"""],
            Sound = ["""{"group_id":"","id":"","rollout":0}""", """{"group_id":"é","id":"漢","rollout":100}"""],
        },
        new(
            "assignment/fnv1a",
            """{"seed":"s","value":"v","version":2}""",
            "seed: Text, value: Text, version: Whole",
            "hash: 0..1"
        )
        {
            Impossible = ["""{"seed":"s","value":"v","version":3}""", """{"seed":"s","value":"v","version":0}"""],
            Sound = ["""{"seed":"","value":"","version":1}"""],
        },
        new(
            "assignment/ranges",
            """{"variations":2,"coverage":1,"weights":[0.5,0.5]}""",
            "variations: Whole, coverage?: Real, weights?: Structure",
            "ranges: 0..1.01"
        )
        {
            Impossible = ["""{"variations":2,"weights":[-0.5,1.5]}""", """{"variations":1e9}"""],
            Sound = ["""{"variations":0}""", """{"variations":2,"coverage":-3}""", """{"variations":2,"coverage":7}"""],
        },
        new(
            "assignment/choose",
            """{"n":0.3,"ranges":[[0,0.5],[0.5,1]]}""",
            "n: Share, ranges: Structure",
            "variation: -1..1000"
        )
        {
            Impossible =
            [
                """{"n":0.3,"ranges":[[0]]}""",
                """{"n":0.3,"ranges":[[0,0.5,1]]}""",
                """{"n":0.3,"ranges":[0]}""",
                """{"n":0.3,"ranges":[[0,"x"]]}""",
            ],
            Sound = ["""{"n":0.3,"ranges":[]}""", """{"n":1,"ranges":[[0,1]]}"""],
        },
    ];

    private static string[] Degenerate =>
        [
            """{"control":{"n":1,"mean":1,"variance":0},"treatment":{"n":1,"mean":2,"variance":0}}""",
            """{"control":{"n":10,"mean":1,"variance":0},"treatment":{"n":10,"mean":2,"variance":0}}""",
            """{"control":{"x":10,"n":10},"treatment":{"x":10,"n":10}}""",
            """{"control":{"n":2,"mean":1e50,"variance":1e50},"treatment":{"n":2,"mean":1,"variance":1}}""",
            """{"control":{"n":1e9,"mean":1,"variance":1e-20},"treatment":{"n":2,"mean":1,"variance":1}}""",
            """{"control":{"n":5,"mean":1,"variance":1},"treatment":{"n":5,"mean":2,"variance":1},"alpha":1e-9}""",
            """{"control":{"n":2,"mean":1,"variance":1},"treatment":{"n":2,"mean":2,"variance":0},"alpha":1e-9}""",
        ];

    private static string[] NoError =>
        [
            """{"control":{"n":10,"mean":1,"variance":0},"treatment":{"n":10,"mean":2,"variance":0}}""",
            """{"control":{"n":1,"mean":1,"variance":1},"treatment":{"n":10,"mean":2,"variance":1}}""",
            """{"control":{"x":10,"n":10},"treatment":{"x":10,"n":10}}""",
        ];

    /// <summary>Reads "name: least..most".</summary>
    public static IEnumerable<(string Name, double Least, double Most)> AnswersOf(Question question) =>
        question
            .Answers.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split([": ", ".."], StringSplitOptions.None))
            .Select(part => (part[0], Bound(part[1]), Bound(part[2])));

    /// <summary>Reads "name: kind", with a question mark behind the name of a field that may be left out.</summary>
    public static IEnumerable<(string Name, EdgeKind Kind, bool IsOptional)> FieldsOf(Question question) =>
        question
            .Fields.Split(", ")
            .Select(part => part.Split(": "))
            .Select(part => (part[0].TrimEnd('?'), Enum.Parse<EdgeKind>(part[1]), part[0].EndsWith('?')));

    private static double Bound(string text) =>
        text switch
        {
            "inf" => Inf,
            "-inf" => -Inf,
            _ => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        };
}
