namespace RolloutDashboard.Core.Import;

/// <summary>What a byte of a JSON list means for its elements.</summary>
internal enum ElementStep
{
    Goes,
    Begins,
    Ends,

    /// <summary>Something that is no object.</summary>
    Stray,
    ListEnds,
}

/// <summary>Follows braces and strings from byte to byte, so that elements of a list can be cut out without parsing them.</summary>
internal sealed class ElementScan
{
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _stray;

    /// <summary>Whether an element has begun and not ended.</summary>
    public bool InElement => _depth > 0;

    public ElementStep Next(byte symbol)
    {
        if (_inString)
        {
            (_escaped, _inString) = (!_escaped && symbol == '\\', _escaped || symbol != '"');
            return ElementStep.Goes;
        }

        switch (symbol)
        {
            case (byte)'"':
                _inString = true;
                return Stray();
            case (byte)'{' or (byte)'[':
                _depth++;
                return _depth == 1 ? ElementStep.Begins : ElementStep.Goes;
            case (byte)'}' or (byte)']' when _depth > 0:
                _depth--;
                return _depth == 0 ? ElementStep.Ends : ElementStep.Goes;
            case (byte)']':
                return ElementStep.ListEnds;
            case (byte)',':
                _stray = false;
                return ElementStep.Goes;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                return ElementStep.Goes;
            default:
                return Stray();
        }
    }

    private ElementStep Stray()
    {
        if (_depth > 0 || _stray)
        {
            return ElementStep.Goes;
        }

        _stray = true;
        return ElementStep.Stray;
    }
}
