namespace RolloutDashboard.Core.Import;

/// <summary>Counts what a file leaves open, and keeps the first lines of each kind.</summary>
internal sealed class ImportNotes
{
    private const int Listed = 200;
    private const int MostSubjects = 50;
    private readonly Dictionary<
        (ImportQuestionKind Kind, string Subject),
        (long Count, List<ImportProblem> Examples)
    > _notes = [];

    /// <summary>Whether notes are taken; not while a file is only looked through.</summary>
    public bool Silent { get; set; }

    public void Add(ImportQuestionKind kind, string subject = "", long line = 0, string? value = null)
    {
        var key = (kind, subject);
        if (Silent || (!_notes.ContainsKey(key) && _notes.Count >= MostSubjects))
        {
            return;
        }

        var (count, examples) = _notes.GetValueOrDefault(key, (0, []));
        if (value is not null && examples.Count < Listed)
        {
            examples.Add(new ImportProblem(line, value.Length <= 80 ? value : value[..80] + "…"));
        }

        _notes[key] = (count + 1, examples);
    }

    public long Count(ImportQuestionKind kind) =>
        _notes.Where(note => note.Key.Kind == kind).Sum(note => note.Value.Count);

    public IEnumerable<ImportQuestion> All() =>
        _notes.Select(note => new ImportQuestion(
            note.Key.Kind,
            note.Value.Count,
            note.Key.Subject,
            note.Value.Examples
        ));
}
