namespace FundingFlows.Audit;

/// <summary>
/// What bodies recorded of each other's entries: the hashes of what was delivered, and of how it was answered, part by part. A
/// body that told one thing to its neighbour and another to its own journal is found out here.
/// </summary>
public sealed class Quotes
{
    /// <param name="By">The entry that quotes.</param>
    /// <param name="Of">The first entry that is quoted.</param>
    /// <param name="IsWhole">Whether all parts of what was recorded there must be quoted. A delivery may have been carried in halves, and refused.</param>
    private readonly record struct Quote(EntryId By, EntryId Of, IReadOnlyList<Google.Protobuf.ByteString> LeafHashes, bool IsWhole);

    private readonly List<Quote> open = [];
    private readonly Dictionary<EntryId, uint> parts = [];
    private readonly List<string> contradicted = [];
    private long examined;

    public void Look(JournalReplica replica, Entry entry)
    {
        var by = new EntryId(replica.Body, replica.Epoch, (long)entry.Index);
        if (entry.Parts > 1)
            parts[by] = entry.Part == 1 ? entry.Parts : 0;
        if (DeliveredFacts.AnsweredBy(entry.Fact) is { Entry: not null } delivery)
            open.Add(new Quote(by, EntryId.From(delivery.Entry), delivery.LeafHashes, IsWhole: false));
        if (DeliveredFacts.AnswerIn(entry.Fact) is { Entry: not null } answer)
            open.Add(new Quote(by, EntryId.From(answer.Entry), answer.LeafHashes, IsWhole: true));
    }

    /// <summary>Checks every quote of an entry that is seen by now. How many were checked so far, and which are false.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        open.RemoveAll(quote =>
        {
            if (view.Find(quote.Of.Body) is not { } replica || replica.Epoch != quote.Of.Epoch || quote.Of.Index < 0 || quote.Of.Index >= replica.Books.Size)
                return false;
            examined += quote.LeafHashes.Count;
            if ((quote.IsWhole && quote.LeafHashes.Count != parts.GetValueOrDefault(quote.Of, 1u)) || quote.LeafHashes.Where((hash, i) => !Holds(replica, quote.Of.Index + i, hash)).Any())
                contradicted.Add($"{quote.By} records {quote.Of} otherwise than the journal of {quote.Of.Body} holds it.");
            return true;
        });
        return (examined, contradicted);
    }

    private static bool Holds(JournalReplica replica, long index, Google.Protobuf.ByteString leafHash) =>
        index < replica.Books.Size && leafHash.Span.SequenceEqual(replica.LeafHash(index));
}
