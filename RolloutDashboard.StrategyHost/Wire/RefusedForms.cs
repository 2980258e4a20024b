namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>
/// Forms of the language that a strategy may not use: what the check of its syntax refuses and what the prompt tells a
/// model, from one list. A key is the rule as findings name it, its value the form in a writer's words.
/// </summary>
internal static class RefusedForms
{
    /// <summary>All of them, those that models use most first.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["try"] = "try and catch",
            ["record"] = "records",
            ["interface"] = "interfaces",
            ["generic declaration"] = "generic types and methods of your own",
            ["interpolated string"] = "interpolated strings",
            ["yield"] = "yield",
            ["static state"] = "static fields and properties that can change",
            ["static constructor"] = "static constructors",
            ["attribute"] = "attributes",
            ["preprocessor directive"] = "preprocessor lines",
            ["delegate declaration"] = "delegate types of your own",
            ["event"] = "events",
            ["operator declaration"] = "operators of your own",
            ["own equality"] = "overrides of Equals and GetHashCode",
            ["async"] = "async",
            ["await"] = "await",
            ["lock"] = "lock",
            ["goto"] = "goto",
            ["dynamic"] = "dynamic",
            ["typeof"] = "typeof",
            ["sizeof"] = "sizeof",
            ["stackalloc"] = "stackalloc",
            ["unsafe"] = "unsafe code",
            ["pointer"] = "pointers",
            ["function pointer"] = "function pointers",
            ["fixed"] = "fixed",
            ["extern"] = "extern",
            ["volatile"] = "volatile",
            ["partial"] = "partial",
            ["file"] = "file-local types",
            ["field"] = "the field keyword",
            ["finalizer"] = "finalizers",
            ["extension block"] = "extension blocks",
            ["global using"] = "global usings",
            ["using alias"] = "using aliases",
            ["alias"] = "names with ::",
            ["extern alias"] = "extern aliases",
            ["namespace of the platform"] = "namespaces of the platform",
            ["top-level statement"] = "top-level statements",
            ["identifier"] = "names with other letters than A to Z",
            ["__makeref"] = "__makeref",
            ["__reftype"] = "__reftype",
            ["__refvalue"] = "__refvalue",
            ["__arglist"] = "__arglist",
        };

    /// <summary>The forms in one line.</summary>
    public static string Words { get; } = string.Join(", ", All.Values);
}
