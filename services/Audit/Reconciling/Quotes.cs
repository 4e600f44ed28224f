namespace FundingFlows.Audit;

/// <summary>
/// What bodies recorded of each other's entries: the hash of what was delivered, and of how it was answered. A body that told
/// one thing to its neighbour and another to its own journal is found out here.
/// </summary>
public sealed class Quotes
{
    private readonly record struct Quote(EntryId By, EntryId Of, byte[] LeafHash);

    private readonly List<Quote> open = [];
    private readonly List<string> contradicted = [];
    private long examined;

    public void Look(JournalReplica replica, Entry entry)
    {
        var by = new EntryId(replica.Body, replica.Epoch, (long)entry.Index);
        if (DeliveredFacts.AnsweredBy(entry.Fact) is { Entry: not null } delivery)
            for (var i = 0; i < delivery.LeafHashes.Count; i++)
                open.Add(new Quote(by, EntryId.From(delivery.Entry) with { Index = (long)delivery.Entry.Index + i }, delivery.LeafHashes[i].ToByteArray()));
        if (DeliveredFacts.AnswerIn(entry.Fact) is { Entry: not null } answer)
            open.Add(new Quote(by, EntryId.From(answer.Entry), answer.LeafHash.ToByteArray()));
    }

    /// <summary>Checks every quote of an entry that is seen by now. How many were checked so far, and which are false.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        open.RemoveAll(quote =>
        {
            if (view.Find(quote.Of.Body) is not { } replica || replica.Epoch != quote.Of.Epoch || quote.Of.Index < 0 || quote.Of.Index >= replica.Verified)
                return false;
            examined++;
            if (!replica.LeafHash(quote.Of.Index).AsSpan().SequenceEqual(quote.LeafHash))
                contradicted.Add($"{quote.By} records {quote.Of} otherwise than the journal of {quote.Of.Body} holds it.");
            return true;
        });
        return (examined, contradicted);
    }
}
