namespace FundingFlows.Verifier;

/// <summary>Compares journals that are one by their origin and were read at several places: of the entries that both have they must give one root.</summary>
internal static class Copies
{
    public static void Compare(IReadOnlyList<CheckedJournal> journals)
    {
        var found = new List<(CheckedJournal Journal, string Sentence)>();
        foreach (var same in journals.Where(journal => journal.Holds).GroupBy(journal => journal.Checkpoint!.Origin))
            foreach (var (one, other) in same.SelectMany(one => same.Where(other => other != one).Select(other => (one, other))))
            {
                var (less, more) = one.Checkpoint!.Size <= other.Checkpoint!.Size ? (one, other) : (other, one);
                if (!more.Roots[less.Checkpoint!.Size].AsSpan().SequenceEqual(less.Checkpoint.Root))
                    found.Add((one, $"It is another history of {same.Key} than {other.Name}: the first {less.Checkpoint.Size} entries have two roots, both signed."));
            }
        foreach (var (journal, sentence) in found)
            journal.Find(sentence);
    }
}
