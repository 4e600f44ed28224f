namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.FederationBalances"/>.</summary>
internal static class FederationBalances
{
    public static InvariantResult Check(Federation federation)
    {
        var bySource = new Dictionary<string, (long Issued, long Somewhere)>();
        var byFund = new Dictionary<string, (long Issued, long Somewhere)>();
        foreach (var books in federation.All)
        {
            foreach (var lot in books.Lots.All)
                Count(lot, lot.Parent is null ? lot.AmountPence : 0, lot.RemainingPence + lot.SurrenderedPence);
            // Merging moves money between funds, and between no sources.
            foreach (var (line, balances) in books.Accounts.Lines)
                Add(byFund, line.Fund, balances[Account.RelabelledIn] - balances[Account.RelabelledOut], 0);
            foreach (var payment in books.Payments.All)
                foreach (var piece in payment.Pieces)
                    // What a predecessor paid counts there; here, what of it has come back.
                    Count(books.Lots.Find(piece.Lot)!, 0, (payment.Id.Body == books.Body ? piece.AmountPence : 0) - piece.RefundedPence);
            foreach (var transfer in books.Transfers.Sent.Where(transfer => IsUnderWay(federation, transfer)))
                foreach (var piece in transfer.Pieces)
                    Count(books.Lots.Find(piece.Lot)!, 0, piece.AmountPence);
            // Received from an entry that is not seen yet: it still counts where it came from.
            foreach (var received in books.Transfers.Received.Where(received => !federation.HasSeen(received.Id)))
                foreach (var id in received.Lots)
                    Count(books.Lots.Find(id)!, 0, -books.Lots.Find(id)!.AmountPence);
        }
        var findings = new Findings();
        Compare(bySource, findings);
        Compare(byFund, findings);
        return findings.For(Invariant.FederationBalances);

        void Count(Lot lot, long issued, long somewhere)
        {
            Add(bySource, $"{lot.Origin.Lot.Entry.Body}, {lot.Origin.Source.Kind} {lot.Origin.Source.Reference}", issued, somewhere);
            Add(byFund, lot.Line.Fund, issued, somewhere);
        }
    }

    /// <summary>Sent, not reversed, and not recorded as received.</summary>
    private static bool IsUnderWay(Federation federation, Transfer transfer) =>
        transfer.State != TransferStage.Reversed && federation.Of(transfer.Receiver)?.Transfers.FindReceived(transfer.Id) is null;

    private static void Add(Dictionary<string, (long Issued, long Somewhere)> sums, string key, long issued, long somewhere)
    {
        var (before, where) = sums.GetValueOrDefault(key);
        sums[key] = (before + issued, where + somewhere);
    }

    private static void Compare(Dictionary<string, (long Issued, long Somewhere)> sums, Findings findings)
    {
        foreach (var (name, (issued, somewhere)) in sums)
            findings.Examine(issued == somewhere, () =>
                $"{name}: {Pence.InPounds(issued)} was issued, but {Pence.InPounds(somewhere)} is held, spent, surrendered or on its way.");
    }
}
