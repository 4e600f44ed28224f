namespace FundingFlows.Audit;

/// <summary>Makes the file with which anyone can check the way of a payment without asking anybody.</summary>
public sealed class TraceBundles(Auditor auditor, Forest forest, Vouching vouching, Archive archive)
{
    /// <summary>Null: no such payment is among what was verified so far. Throws when the way is too long, or a part of it not verified yet.</summary>
    public async Task<GetTraceBundleResponse?> OfAsync(EntryId id, CancellationToken cancellation)
    {
        var proofs = auditor.Read(view => view.BooksOf(id.Body)?.Payments.Find(id) is { } payment ? ProofsOf(view, payment) : null);
        if (proofs is null)
            return null;
        var bundle = new GetTraceBundleResponse { Format = TraceBundle.Format, Payment = id.ToString() };
        foreach (var (entry, proof) in proofs)
        {
            var bytes = await archive.FindAsync(entry, proof.Note, cancellation) ?? throw NotWhole(entry);
            bundle.Entries.Add(new Contracts.Audit.V1.ProvedEntry { Entry = entry.ToString(), Proof = (proof with { Extra = bytes }).ToString() });
        }
        return bundle;
    }

    /// <summary>A proof for each entry, all of one journal in the same checkpoint. The entries' bytes are not in them yet.</summary>
    private List<(EntryId Entry, TlogProof Proof)> ProofsOf(AuditView view, Payment payment)
    {
        var way = new SortedSet<EntryId>(WayOf(view, payment).Take(TraceBundle.MostEntries + 1));
        if (way.Count > TraceBundle.MostEntries)
            throw TooLong();
        var entries = way.Concat(vouching.Of(way.Select(entry => entry.Body), view)).Distinct().Take(TraceBundle.MostEntries + 1).ToList();
        return entries.Count > TraceBundle.MostEntries ? throw TooLong() : [.. entries.Select(entry => (entry, ProofOf(view, entry)))];
    }

    private static TlogProof ProofOf(AuditView view, EntryId entry) =>
        view.Find(entry.Body) is { } replica && replica.Books.Epochs.At(entry.Index) == entry.Epoch && entry.Index < replica.Verified && replica.Checkpoint.Length > 0
            ? new TlogProof(null, entry.Index, replica.Inclusion(entry.Index), replica.Checkpoint) : throw NotWhole(entry);

    /// <summary>The payment's own entries, those that made each lot on the way, those that sent it, and those by which another was told to pay.</summary>
    private IEnumerable<EntryId> WayOf(AuditView view, Payment payment)
    {
        var seen = new HashSet<LotId>();
        foreach (var piece in payment.Pieces)
        {
            yield return piece.PaidBy;
            for (LotId? next = piece.Lot; next is { } id && seen.Add(id);)
            {
                var lot = view.Federation.Find(id) ?? throw NotWhole(id.Entry);
                yield return id.Entry;
                if (forest.ReceivedBy(id.Entry) is { } delivery)
                    yield return forest.SentBy(view, lot) ?? delivery;
                next = lot.Parent;
            }
        }
        if (payment.Made is { Instruction: { } instruction, Delivery.Entry: { } executed })
        {
            yield return EntryId.From(instruction);
            yield return EntryId.From(executed);
        }
    }

    private static RpcException NotWhole(EntryId entry) =>
        Errors.Of(FailureReason.TraceNotWhole, $"Entry {entry}, which is on the way, is not among what was verified so far.", [("entry", $"{entry}")]);

    private static RpcException TooLong() =>
        Errors.Of(FailureReason.TraceTooLong, $"The way has more than {TraceBundle.MostEntries} entries, which is more than one file holds.", []);
}
