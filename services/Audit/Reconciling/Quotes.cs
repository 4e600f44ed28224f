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
    private readonly record struct Quote(EntryId By, EntryId Of, IReadOnlyList<Google.Protobuf.ByteString> LeafHashes, bool IsWhole)
    {
        /// <summary>Of an answer: to whom what it answers was delivered, in which epoch and with which sequence.</summary>
        public (string To, uint Epoch, long Sequence)? Answers { get; init; }

        /// <summary>Of an acceptance: the agreement, award, amendment or custody that was accepted.</summary>
        public EntryId? Accepts { get; init; }
    }

    private readonly List<Quote> open = [];
    private readonly Dictionary<EntryId, uint> parts = [];
    private readonly List<string> contradicted = [];
    private long examined;

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        open.Clear();
        parts.Clear();
        contradicted.Clear();
        examined = 0;
    }

    public void Look(JournalReplica replica, Entry entry)
    {
        var by = replica.IdOf(entry);
        if (entry.Parts > 1)
            parts[by] = entry.Part == 1 ? entry.Parts : 0;
        if (DeliveredFacts.AnsweredBy(entry.Fact) is { Entry: not null } delivery)
            open.Add(new Quote(by, EntryId.From(delivery.Entry), delivery.LeafHashes, IsWhole: false)
            {
                Accepts = (entry.Fact.AgreementConcluded?.Agreement ?? entry.Fact.AwardCommitted?.Award ?? entry.Fact.AwardAmended?.Amendment ?? entry.Fact.CustodyConcluded?.Custody) is { } accepted ? EntryId.From(accepted) : null,
            });
        if (DeliveredFacts.AnswerIn(entry.Fact) is { Entry: not null } answer)
            open.Add(new Quote(by, EntryId.From(answer.Entry), answer.LeafHashes, IsWhole: true) { Answers = DeliveryIn(replica.Books, entry.Fact) });
    }

    /// <summary>Checks every quote of an entry that is seen by now. How many were checked so far, and which are false.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        open.RemoveAll(quote =>
        {
            if (view.Find(quote.Of.Body) is not { } replica || quote.Of.Index < 0 || !view.Federation.HasSeen(quote.Of))
                return false;
            examined += quote.LeafHashes.Count;
            if ((quote.IsWhole && quote.LeafHashes.Count != parts.GetValueOrDefault(quote.Of, 1u)) || quote.LeafHashes.Where((hash, i) => !Holds(replica, quote.Of.Index + i, hash)).Any())
                contradicted.Add($"{quote.By} records {quote.Of} otherwise than the journal of {quote.Of.Body} holds it.");
            return true;
        });
        return (examined, contradicted);
    }

    /// <summary>
    /// What new epochs of journals did not keep, and others still go by: how much was looked at, and in a sentence each what is not settled.
    /// An answer and an acceptance are settled once they were given again.
    /// </summary>
    public (long Examined, IReadOnlyList<string> Findings) CheckVoid(AuditView view)
    {
        var quoted = open.Where(quote => view.Federation.IsVoid(quote.Of)).ToList();
        return (examined + open.Count, [.. quoted.Where(quote => !IsGivenAgain(view, quote)).Select(quote => FindingOf(view, quote))]);
    }

    private static bool IsGivenAgain(AuditView view, Quote quote) => quote.Accepts is { } accepted
        ? view.BooksOf(quote.By.Body) is { } books
            && (books.Agreements.Find(accepted)?.Acceptance ?? books.Awards.Find(accepted)?.Acceptance ?? books.Awards.FindAmendment(accepted)?.Acceptance ?? books.Custodies.Find(accepted)?.Acceptance) is { } newest && newest != quote.Of
        : quote.Answers is { } delivery && view.BooksOf(delivery.To)?.Deliveries.Answer(quote.By.Body, delivery.Epoch, delivery.Sequence) is not null;

    private static string FindingOf(AuditView view, Quote quote)
    {
        var lost = $"{quote.Of}, which {quote.Of.Body} lost when a new epoch of its journal began";
        if (quote.Answers is not null)
            return $"{quote.By} goes by the answer {lost}; it has not been given again.";
        return view.BooksOf(quote.By.Body)?.Transfers.FindReceived(quote.Of) is { } received
            ? $"{quote.By.Body} received {Pence.InPounds(received.Lots.Sum(lot => view.Federation.Find(lot)!.AmountPence))} with {lost}: it counts at {quote.Of.Body}, too."
            : $"{quote.By} goes by {lost}: nobody stands by it there.";
    }

    private static (string To, uint Epoch, long Sequence)? DeliveryIn(Books books, Fact fact)
    {
        if (fact.DeliverySettled is { } settled)
            return (settled.Delivery.Body, settled.Epoch == 0 ? books.Epoch : settled.Epoch, (long)settled.Delivery.Sequence);
        return books.Transfers.Find(EntryId.From(fact.TransferSettled?.Transfer ?? fact.TransferReversed.Transfer)) is { } transfer
            ? (transfer.Receiver, transfer.Id.Epoch, transfer.Sequence) : null;
    }

    private static bool Holds(JournalReplica replica, long index, Google.Protobuf.ByteString leafHash) =>
        index < replica.Books.Size && leafHash.Span.SequenceEqual(replica.LeafHash(index));
}
