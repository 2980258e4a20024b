namespace RolloutDashboard.Security.Links;

/// <summary>What a one-time link lets its visitor do.</summary>
public enum LinkPurpose
{
    /// <summary>Become the first administrator; worthless once anybody exists.</summary>
    FirstAdministrator,

    /// <summary>Become another administrator.</summary>
    NewAdministrator,

    /// <summary>Choose the password of a user who exists.</summary>
    SetPassword,
}
