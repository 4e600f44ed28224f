namespace FundingFlows.Ledger;

/// <summary>The figures of a fund at a body, computed from its books.</summary>
public static class Figures
{
    /// <summary>The accounts of each line of the fund, in the order of lines.</summary>
    public static IEnumerable<LineFigures> Lines(Books books, string fund) =>
        books.Accounts.Lines.Where(line => line.Key.Fund == fund).Select(line => Line(line.Key, line.Value, HeldMoney.Of(books, books.Lots.Remaining(fund).Where(lot => lot.Line == line.Key))));

    /// <summary>The accounts of those lots, by their lines and in the order of these.</summary>
    public static IEnumerable<LineFigures> Lines(Books books, IEnumerable<Lot> lots) => lots.GroupBy(lot => lot.Line).OrderBy(line => line.Key).Select(line =>
    {
        var sum = new Balances();
        foreach (var lot in line)
            sum.Add(lot.Balances);
        return Line(line.Key, sum, HeldMoney.Of(books, line));
    });

    /// <summary>What became of the fund's money at this body alone.</summary>
    public static FundTotals Own(Books books, string fund) => Own(books.Accounts.OfFund(fund));

    /// <summary>What became of all money at this body alone.</summary>
    public static FundTotals Own(Books books) => Own(books.Accounts.Total);

    /// <summary>What this body was asked to give back of the fund and has not sent yet, in pence: what it holds for that, and what it had used before.</summary>
    /// <param name="funder">Who asks for it. Null: anybody.</param>
    public static long OwedPence(Books books, string fund, string? funder = null) => books.Clawbacks.All
        .Where(claim => claim.RecordedBy is not null && books.Awards.Find(claim.Award) is { } award && award.Terms.Fund == fund && (funder ?? award.Funder) == award.Funder)
        .Sum(claim => claim.OwedPence);

    /// <summary>Totals added up.</summary>
    public static FundTotals Sum(IEnumerable<FundTotals> totals) => totals.Aggregate(new FundTotals(), (sum, one) => new FundTotals
    {
        HeldPence = sum.HeldPence + one.HeldPence,
        InTransitPence = sum.InTransitPence + one.InTransitPence,
        SpentPence = sum.SpentPence + one.SpentPence,
        SurrenderedPence = sum.SurrenderedPence + one.SurrenderedPence,
    });

    /// <summary>What is left of totals without some of them.</summary>
    internal static FundTotals Less(FundTotals totals, FundTotals some) => new()
    {
        HeldPence = totals.HeldPence - some.HeldPence,
        InTransitPence = totals.InTransitPence - some.InTransitPence,
        SpentPence = totals.SpentPence - some.SpentPence,
        SurrenderedPence = totals.SurrenderedPence - some.SurrenderedPence,
    };

    private static LineFigures Line(FundLine line, Balances balances, HeldMoney held) => new()
    {
        Line = line.ToLine(),
        IssuedPence = balances[Account.Issued],
        ReceivedPence = balances[Account.Received],
        ReturnedPence = balances[Account.Returned],
        CashPence = balances[Account.Cash],
        InTransitPence = balances[Account.InTransit],
        GrantedPence = balances[Account.Granted],
        SpentPence = balances[Account.Spent],
        RepaidPence = balances[Account.Repaid],
        SurrenderedPence = balances[Account.Surrendered],
        RelabelledInPence = balances[Account.RelabelledIn],
        RelabelledOutPence = balances[Account.RelabelledOut],
        ReservedPence = held.ReservedPence,
        LiabilitiesPence = held.LiabilitiesPence,
        ToReturnPence = held.ToReturnPence,
        ClaimedPence = held.ClaimedPence,
        WaitingPence = held.WaitingPence,
    };

    /// <summary>What became of that money here.</summary>
    public static FundTotals Own(Balances balances) => new()
    {
        HeldPence = balances[Account.Cash],
        InTransitPence = balances[Account.InTransit],
        SpentPence = balances[Account.Spent],
        SurrenderedPence = balances[Account.Surrendered],
    };
}
