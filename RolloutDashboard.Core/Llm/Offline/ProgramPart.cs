namespace RolloutDashboard.Core.Llm.Offline;

/// <summary>
/// A piece of a program: an expression or condition over <c>market</c> and <c>stock</c>, in which {0}, {1} stand for
/// constants.
/// </summary>
/// <param name="Name">Used for names in the program.</param>
/// <param name="Needs">Fields without which an author would not write it.</param>
/// <param name="Constants">Values to choose each constant from, as C# text.</param>
public sealed record ProgramPart(string Name, string Expression, string[] Needs, params string[][] Constants);
