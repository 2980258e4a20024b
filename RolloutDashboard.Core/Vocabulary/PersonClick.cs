namespace RolloutDashboard.Core.Vocabulary;

/// <summary>A step that only a person can take: its words, where it is taken, and who may take it.</summary>
/// <param name="Words">As on the link: a verb and its object.</param>
/// <param name="Href">Page and panel.</param>
/// <param name="Role">Least role that may; one of <see cref="Roles"/>.</param>
public sealed record PersonClick(string Words, string Href, string Role)
{
    public static PersonClick ResolveHalt { get; } = new("Resolve the halt", "/operations#halt", Roles.Operator);

    public static PersonClick ValidateInStaging { get; } =
        new("Validate in staging", "/operations#staging", Roles.Operator);

    public static PersonClick Resume { get; } = new("Resume the stage", "/operations#resume", Roles.Operator);

    public static PersonClick Promote { get; } = new("Promote", "/operations#promotion", Roles.Operator);

    public static PersonClick DeclareSuccessful { get; } =
        new("Declare the rollout successful", "/operations#promotion", Roles.Operator);

    public static PersonClick StartLoop { get; } = new("Start the loop", "/operations#loop", Roles.Operator);

    public static PersonClick EndGradualRollback { get; } =
        new("See or end the gradual rollback", "/operations#gradual", Roles.Operator);

    public static PersonClick ChangeConfiguration { get; } =
        new("Change the configuration", "/configuration#change", Roles.Administrator);

    public static PersonClick SeeGate { get; } = new("Look at the gate", "/#gate", Roles.Viewer);

    public static PersonClick SeeProviders { get; } =
        new("Look at the providers", "/settings#providers", Roles.Administrator);

    /// <summary>Those that several places ask for; one that a gate criterion alone asks for stands there.</summary>
    public static IReadOnlyList<PersonClick> All { get; } =
    [
        ResolveHalt,
        ValidateInStaging,
        Resume,
        Promote,
        DeclareSuccessful,
        StartLoop,
        EndGradualRollback,
        ChangeConfiguration,
        SeeGate,
        SeeProviders,
    ];
}
