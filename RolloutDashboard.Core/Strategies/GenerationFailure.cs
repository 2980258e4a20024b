namespace RolloutDashboard.Core.Strategies;

/// <summary>Why no strategy came out; the signature is the same for the same cause.</summary>
/// <param name="Kind">One of <see cref="GenerationFailureKinds"/>.</param>
/// <param name="Signature">Normalised, without names, numbers and places.</param>
public sealed record GenerationFailure(string Kind, string Message, string Signature);
