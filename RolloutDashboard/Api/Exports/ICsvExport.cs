using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Api.Exports;

/// <summary>A CSV file over HTTP.</summary>
internal interface ICsvExport
{
    /// <summary>In its address, in the name of the file and on the link of the page; lower case.</summary>
    string Name { get; }

    /// <summary>Least role that may have it.</summary>
    string Role => Roles.Viewer;

    /// <summary>Whether its rows are computed first, in a queue of its own, instead of only being read.</summary>
    bool IsComputed => false;

    /// <summary>The method that checks the words of the query string, which are its parameters, and answers by <see
    /// cref="ExportRequest.FileAsync"/>.</summary>
    Delegate Answer { get; }
}
