namespace FundingFlows.Ledger;

/// <summary>What the recipient of an award has sent back of it, also what its funder may not have heard of yet.</summary>
internal static class SentBack
{
    /// <summary>In all, with what claims were met with of its own, in pence.</summary>
    public static long PenceOf(Books books, EntryId award) => Of(books, award).Sum(sent => sent.AmountPence);

    /// <summary>Of what came as that kind and with those earmarks, counted as the funder counts what comes back, in pence.</summary>
    public static long PenceOf(Books books, EntryId award, Kind kind, EarmarkSet earmarks)
    {
        var came = books.Transfers.Received.Where(received => received.Purpose is TransferPurpose.Allocation or TransferPurpose.Succession)
            .SelectMany(received => received.Lots).Select(id => books.Lots[id]).Select(lot => (At: lot.Id.Entry, Lot: lot, lot.Line, Pence: lot.AmountPence));
        var went = Of(books, award).SelectMany(sent => sent.Pieces).Select(piece => (At: piece.SentBy, Lot: books.Lots[piece.Lot], piece.Line, Pence: -piece.AmountPence));
        var given = new Dictionary<LotId, GivenMoney>();
        var pence = 0L;
        foreach (var (_, lot, line, moved) in came.Concat(went).Where(move => move.Lot.Award == award).OrderBy(move => move.At))
        {
            if (!given.TryGetValue(lot.FunderLot!.Value, out var money))
                given.Add(lot.FunderLot.Value, money = new GivenMoney());
            var before = money.LeftPenceOf(kind, earmarks);
            if (moved > 0)
            {
                money.Release(line, moved);
                continue;
            }
            money.TakeBack(line, -moved);
            pence += before - money.LeftPenceOf(kind, earmarks);
        }
        return pence;
    }

    private static IEnumerable<Transfer> Of(Books books, EntryId award) => books.Transfers.Sent.Where(sent =>
        sent.Award == award && sent.Purpose is (TransferPurpose.Repayment or TransferPurpose.Clawback) && sent.State != TransferStage.Reversed);
}
