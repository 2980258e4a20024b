using System.Security.Claims;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Commands;

/// <summary>What a person can do with files to import. Every command reads user and role from the database
/// again.</summary>
public interface IImportCommands
{
    /// <summary>Reads a waiting file anew, with what the person says about it.</summary>
    Task<CommandResult> CheckAsync(string itemId, ImportOptions options, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Keeps what was understood of a file that is ready.</summary>
    Task<CommandResult> CommitAsync(string itemId, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Ends what is going on with a file, or takes it off the list.</summary>
    Task<CommandResult> CancelAsync(string itemId, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Keeps a mapping under its name, in the place of an earlier one.</summary>
    Task<CommandResult> SaveMappingAsync(HistoryMapping mapping, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Deletes a saved mapping; what was imported with it stays.</summary>
    Task<CommandResult> ForgetMappingAsync(string name, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Deletes a data set.</summary>
    Task<CommandResult> DeleteAsync(int setId, ClaimsPrincipal user, CancellationToken ct);
}
