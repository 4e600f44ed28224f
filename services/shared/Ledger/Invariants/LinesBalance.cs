namespace FundingFlows.Ledger;

/// <summary><see cref="Invariant.LinesBalance"/>.</summary>
internal static class LinesBalance
{
    public static InvariantResult Check(Federation federation)
    {
        var findings = new Findings();
        foreach (var books in federation.All)
        {
            var held = books.Lots.All.GroupBy(lot => lot.Line).ToDictionary(lots => lots.Key, lots => lots.Sum(lot => lot.RemainingPence));
            var moving = books.Transfers.Sent.Where(transfer => transfer.State == TransferStage.InTransit)
                .SelectMany(transfer => transfer.Pieces)
                .GroupBy(piece => books.Lots.Find(piece.Lot)!.Line)
                .ToDictionary(pieces => pieces.Key, pieces => pieces.Sum(piece => piece.AmountPence));
            var relabelled = Relabelled(books);
            foreach (var (line, balances) in books.Accounts.Lines)
            {
                findings.Examine(
                    (balances[Account.RelabelledIn], balances[Account.RelabelledOut]) == relabelled.GetValueOrDefault(line),
                    () => $"{books.Body}, {line}: the lots that were merged are not those that the accounts count.");
                findings.Examine(balances.In == balances.Out, () =>
                    $"{books.Body}, {line}: {Pence.InPounds(balances.In)} came in, but {Pence.InPounds(balances.Out)} is there or went out.");
                findings.Examine(held.GetValueOrDefault(line) == balances[Account.Cash], () =>
                    $"{books.Body}, {line}: the lots hold {Pence.InPounds(held.GetValueOrDefault(line))}, the account {Pence.InPounds(balances[Account.Cash])}.");
                findings.Examine(moving.GetValueOrDefault(line) == balances[Account.InTransit], () =>
                    $"{books.Body}, {line}: transfers in transit carry {Pence.InPounds(moving.GetValueOrDefault(line))}, the account {Pence.InPounds(balances[Account.InTransit])}.");
            }
            foreach (var payment in books.Payments.All)
                CheckPayment(payment, findings);
        }
        return findings.For(Invariant.LinesBalance);
    }

    /// <summary>What lots of another fund came from each line, and what lots of each line came from another fund.</summary>
    private static Dictionary<FundLine, (long In, long Out)> Relabelled(Books books)
    {
        var sums = new Dictionary<FundLine, (long In, long Out)>();
        foreach (var lot in books.Lots.All)
        {
            if (lot.Parent is not { } parentId || books.Lots.Find(parentId) is not { } parent || parent.Line.Fund == lot.Line.Fund)
                continue;
            var (before, gone) = sums.GetValueOrDefault(lot.Line);
            sums[lot.Line] = (before + lot.AmountPence, gone);
            (before, gone) = sums.GetValueOrDefault(parent.Line);
            sums[parent.Line] = (before, gone + lot.AmountPence);
        }
        return sums;
    }

    /// <summary>What a payment says is what went out of the lines, and no more of it came back.</summary>
    private static void CheckPayment(Payment payment, Findings findings)
    {
        findings.Examine(payment.Pieces.Sum(piece => piece.AmountPence) == payment.AmountPence, () =>
            $"The pieces of payment {payment.Id} do not add up to {Pence.InPounds(payment.AmountPence)}.");
        findings.Examine(payment.Pieces.All(piece => piece.RefundedPence >= 0 && piece.RefundedPence <= piece.AmountPence), () =>
            $"More of payment {payment.Id} has come back than was paid.");
    }
}
