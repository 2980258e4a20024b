namespace RolloutDashboard.Core.Import.Records;

/// <summary>What records belong to.</summary>
public enum ImportGroup
{
    Json = 0,
    FullCode = 1,

    /// <summary>No arm was declared.</summary>
    Undeclared = 2,

    /// <summary>Mutations: in no arm.</summary>
    Mutation = 3,
}
