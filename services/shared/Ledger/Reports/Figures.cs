namespace FundingFlows.Ledger;

/// <summary>The figures of a fund at a body, computed from its books.</summary>
public static class Figures
{
    /// <summary>The accounts of each line of the fund, in the order of lines.</summary>
    public static IEnumerable<LineFigures> Lines(Books books, string fund) =>
        books.Accounts.Lines.Where(line => line.Key.Fund == fund).Select(line => new LineFigures
        {
            Line = line.Key.ToLine(),
            IssuedPence = line.Value[Account.Issued],
            ReceivedPence = line.Value[Account.Received],
            ReturnedPence = line.Value[Account.Returned],
            CashPence = line.Value[Account.Cash],
            InTransitPence = line.Value[Account.InTransit],
            GrantedPence = line.Value[Account.Granted],
            SpentPence = line.Value[Account.Spent],
            RepaidPence = line.Value[Account.Repaid],
            SurrenderedPence = line.Value[Account.Surrendered],
            RelabelledInPence = line.Value[Account.RelabelledIn],
            RelabelledOutPence = line.Value[Account.RelabelledOut],
        });

    /// <summary>What became of the fund's money at this body alone.</summary>
    public static FundTotals Own(Books books, string fund) => Own(books.Accounts.OfFund(fund));

    /// <summary>What became of all money at this body alone.</summary>
    public static FundTotals Own(Books books) => Own(books.Accounts.Total);

    /// <summary>Totals added up.</summary>
    public static FundTotals Sum(IEnumerable<FundTotals> totals) => totals.Aggregate(new FundTotals(), (sum, one) => new FundTotals
    {
        HeldPence = sum.HeldPence + one.HeldPence,
        InTransitPence = sum.InTransitPence + one.InTransitPence,
        SpentPence = sum.SpentPence + one.SpentPence,
        SurrenderedPence = sum.SurrenderedPence + one.SurrenderedPence,
    });

    private static FundTotals Own(Balances balances) => new()
    {
        HeldPence = balances[Account.Cash],
        InTransitPence = balances[Account.InTransit],
        SpentPence = balances[Account.Spent],
        SurrenderedPence = balances[Account.Surrendered],
    };
}
