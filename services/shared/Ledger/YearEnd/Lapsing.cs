namespace FundingFlows.Ledger;

/// <summary>What of a promise can no longer be released when its funder closes a year.</summary>
internal static class Lapsing
{
    /// <summary>
    /// With the year of the promise: what may not be carried forward. With the last of its terms: all. With the first year that a body closes,
    /// what is for earlier years lapses as that year does. In pence.
    /// </summary>
    /// <param name="promised">The year of the promise.</param>
    /// <param name="leftPence">What was not released of it.</param>
    /// <param name="closed">The year that is closed.</param>
    /// <param name="isFirst">Whether the body has closed none before.</param>
    public static long Of(FundingAward award, int promised, long leftPence, int closed, bool isFirst)
    {
        if (award.Window.Last <= closed)
            return promised <= closed ? leftPence : 0;
        return promised == closed || (promised < closed && isFirst) ? leftPence - Apportionment.RoundedDown(leftPence, award.AllTerms.CarryForwardBasisPoints()) : 0;
    }

    /// <summary>What lapses of money that comes back: what would have lapsed of it in the years that were closed while it was on its way. In pence.</summary>
    public static long WhileOnItsWay(YearBook years, FundingAward award, Transfer transfer)
    {
        var left = transfer.AmountPence;
        for (var i = 0; i < years.All.Count; i++)
            if (Follows(years.All[i].ClosedProvisionallyBy, transfer.Id))
                left -= Of(award, award.Promises[transfer.Promise].Year, left, years.All[i].Year, isFirst: i == 0);
        return transfer.AmountPence - left;
    }

    private static bool Follows(EntryId later, EntryId earlier) => later.Body == earlier.Body && (later.Epoch, later.Index).CompareTo((earlier.Epoch, earlier.Index)) > 0;
}
