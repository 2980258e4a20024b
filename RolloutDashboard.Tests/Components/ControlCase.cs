using Bunit;
using Microsoft.AspNetCore.Components;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components;

/// <summary>A state in which a control is looked at.</summary>
public enum ControlState
{
    Filled,
    Empty,
    Loading,
    Stale,
    Error,
    Forbidden,
}

/// <summary>One control in one state: what must be read there, and what must not.</summary>
/// <param name="Draw">Renders it and gives the markup.</param>
public sealed record ControlCase(
    Type Control,
    ControlState State,
    string Role,
    Func<PageContext, string> Draw,
    string Expected,
    string? Absent
)
{
    public static ControlCase Of<TControl>(
        ControlState state,
        string expected,
        Action<ComponentParameterCollectionBuilder<TControl>>? parameters = null,
        string role = Roles.Administrator,
        string? absent = null
    )
        where TControl : IComponent =>
        new(typeof(TControl), state, role, page => page.Render(parameters ?? (_ => { })).Markup, expected, absent);

    public override string ToString() => $"{Control.Name} {State}: {Expected}";
}
