namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.TransfersMatch"/>.</summary>
internal static class TransfersMatch
{
    public static InvariantResult Check(Federation federation)
    {
        var findings = new Findings();
        foreach (var books in federation.All)
        {
            foreach (var transfer in books.Transfers.Sent)
            {
                CheckSent(federation, transfer, findings);
                CheckReversed(books, transfer, findings);
            }
            foreach (var received in books.Transfers.Received)
                findings.Examine(
                    !federation.HasSeen(received.Id) || federation.Of(received.Id.Body)?.Transfers.Find(received.Id)?.Receiver == books.Body,
                    () => $"{books.Body} received {received.Id}, which {received.Id.Body} did not send to it.");
        }
        return findings.For(Invariant.TransfersMatch);
    }

    private static void CheckSent(Federation federation, Transfer transfer, Findings findings)
    {
        findings.Examine(transfer.Pieces.Sum(piece => piece.AmountPence) == transfer.AmountPence, () =>
            $"The pieces of {transfer.Id} do not add up to {Pence.InPounds(transfer.AmountPence)}.");
        var receiver = federation.Of(transfer.Receiver);
        var received = receiver?.Transfers.FindReceived(transfer.Id);
        var refused = receiver?.Transfers.HasRefused(transfer.Id) ?? false;
        if (received is not null)
        {
            findings.Examine(transfer.State != TransferStage.Reversed && !refused, () => $"{transfer.Id} was received by {transfer.Receiver}, and refused or reversed.");
            CheckPieces(receiver!, transfer, received, findings);
        }
        else if (refused)
            findings.Examine(transfer.State != TransferStage.Settled, () => $"{transfer.Id} was refused by {transfer.Receiver}, but counted as arrived.");
        else
            findings.Examine(
                transfer.State == TransferStage.InTransit || transfer.Answer is not { } answer || !federation.HasSeen(answer),
                () => $"{transfer.Id} is answered at {transfer.Id.Body}, but {transfer.Receiver} neither received nor refused it.");
    }

    private static void CheckReversed(Books books, Transfer transfer, Findings findings)
    {
        if (transfer.State == TransferStage.Reversed)
            findings.Examine(
                transfer.CameBack.Count == transfer.Pieces.Count && transfer.Pieces.Zip(transfer.CameBack, (piece, id) => (piece, Lot: books.Lots.Find(id)!)).All(
                    pair => pair.Lot.Parent == pair.piece.Lot && pair.Lot.AmountPence == pair.piece.AmountPence && pair.Lot.Line == books.Lots.Find(pair.piece.Lot)!.Line),
                () => $"{transfer.Id} did not come back piece by piece.");
    }

    private static void CheckPieces(Books receiver, Transfer transfer, ReceivedTransfer received, Findings findings)
    {
        findings.Examine(received.Lots.Count == transfer.Pieces.Count, () =>
            $"{transfer.Id} was sent in {transfer.Pieces.Count} pieces and received in {received.Lots.Count}.");
        foreach (var (piece, id) in transfer.Pieces.Zip(received.Lots))
        {
            var lot = receiver.Lots.Find(id)!;
            findings.Examine(lot.Parent == piece.Lot && lot.AmountPence == piece.AmountPence && lot.Line == piece.Line, () =>
                $"Lot {id} is not the piece of {Pence.InPounds(piece.AmountPence)} of {piece.Lot} that {transfer.Id} sent.");
        }
    }
}
