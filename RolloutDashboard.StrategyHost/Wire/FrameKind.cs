namespace RolloutDashboard.StrategyHost.Wire;

/// <summary>What a frame carries; its number is the frame's fifth byte.</summary>
internal enum FrameKind : byte
{
    /// <summary>Child: started, confined and listening. One byte of <see cref="HostLayers"/>.</summary>
    Ready = 1,

    /// <summary>Parent: a program's source, UTF-8.</summary>
    Source = 2,

    /// <summary>Child: a <see cref="CompileReply"/>.</summary>
    Compiled = 3,

    /// <summary>Parent: a <see cref="RunStart"/>.</summary>
    Start = 4,

    /// <summary>Child: a <see cref="RunSettings"/>.</summary>
    Settings = 5,

    /// <summary>Parent: a question number (8 bytes, not to be guessed), then the days since the last question, raw
    /// doubles; asks for scores of the last one.</summary>
    Days = 6,

    /// <summary>Child: the question's number, then one raw double per stock.</summary>
    Scores = 7,

    /// <summary>Child: a <see cref="RunFailure"/>; nothing follows.</summary>
    Failed = 8,
}
