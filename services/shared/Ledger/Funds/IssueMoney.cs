namespace FundingFlows.Ledger;

/// <summary>Why money is not issued, in the order in which the rules are checked.</summary>
public enum IssueMoneyRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The source has no kind or no proper reference.</summary>
    [Refuses(RefusalClass.Malformed)] SourceMalformed,

    /// <summary>This body opened no such fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>A body of this tier and legal form has no money of that kind.</summary>
    [Refuses(RefusalClass.Rule)] SourceOfOthers,

    /// <summary>Interest comes with the repayment of a loan, and is recorded with it.</summary>
    [Refuses(RefusalClass.Rule)] InterestWithoutLoan,

    /// <summary>The fund's years are over here, or one is closed for good of which not all is carried forward.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>A share of so small an amount would be nothing.</summary>
    [Refuses(RefusalClass.Rule)] ShareEmpty,

    /// <summary>With it the body would have issued more than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,
}

/// <summary>Money enters the federation from a named source, into a fund of this body, divided at once as the fund's terms say.</summary>
public sealed record IssueMoney(string Fund, SourceId Source, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                IssueMoneyRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be issued: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!Source.IsWellFormed)
            return Decision.Refuse(IssueMoneyRefusal.SourceMalformed, "Money comes from a source: say of which kind, and what it is called.");
        if (books.Funds.Newest(Fund) is not { } terms || !Fund.StartsWith(books.Body + ".", StringComparison.Ordinal))
            return Decision.Refuse(IssueMoneyRefusal.FundUnknown, $"{books.Body} has not opened a fund {Fund}.", ("fund", Fund));

        if (Source.Kind != SourceKind.LoanInterest && !Sources.Has(books, Source.Kind))
            return Decision.Refuse(
                IssueMoneyRefusal.SourceOfOthers, $"{books.Body} has no {Sources.InWords(Source.Kind)} of its own: a body of its kind may issue {Sources.InWords(books)}.");
        if (Source.Kind == SourceKind.LoanInterest)
            return Decision.Refuse(
                IssueMoneyRefusal.InterestWithoutLoan, "Interest comes with the repayment of a loan: record it with the repayment, which names the loan.");

        if (books.Years.AreTooLateFor(terms))
            return Decision.Refuse(IssueMoneyRefusal.YearClosed, TooLate(books, terms), ("fund", Fund));

        var issued = Issued(terms, Source, AmountPence, around.Next);
        if (issued is null)
            return Decision.Refuse(
                IssueMoneyRefusal.ShareEmpty, $"{Pence.InPounds(AmountPence)} is too little to be divided into {terms.Split.Count} shares.", ("fund", Fund));
        if (books.Accounts.Total[Account.Issued] + AmountPence > Pence.Most)
            return Decision.Refuse(
                IssueMoneyRefusal.TotalTooLarge, $"With it more than {Pence.InPounds(Pence.Most)} would have been issued here; accounts hold no more.");
        return Decision.Accept(new Fact { MoneyIssued = issued });
    }

    /// <summary>Why no new money goes into a fund whose years are closed.</summary>
    internal static string TooLate(Books books, FundTerms terms) => books.Years.AreOver(Years.From(terms.Years))
        ? $"The years of {terms.Title} are over here: new money goes into a fund that begins later."
        : $"{Years.InWords(terms.Years.FirstYear)} is closed here, and not all money of {terms.Title} may be carried forward: new money goes into a fund that begins later.";

    /// <summary>Money from a source, divided as the terms of its fund say. Null: a share of it would be nothing.</summary>
    /// <param name="at">The entry that will issue it.</param>
    internal static MoneyIssued? Issued(FundTerms terms, SourceId source, long amountPence, EntryId at)
    {
        var amounts = Apportionment.Split(amountPence, [.. terms.Split.Select(share => (long)share.BasisPoints)]);
        if (amounts.Contains(0))
            return null;
        return new MoneyIssued
        {
            Fund = terms.Fund,
            TermsVersion = terms.Version,
            Source = source.ToSource(),
            AmountPence = amountPence,
            Lots = { amounts.Select((amount, i) => LotOf(terms, terms.Split[i], amount, source, new LotId(at, i))) },
        };
    }

    private static NewLot LotOf(FundTerms terms, SplitShare share, long amountPence, SourceId source, LotId id) => new()
    {
        AmountPence = amountPence,
        Line = new Line { Fund = terms.Fund, Kind = share.Kind, Years = terms.Years.Clone(), Earmarks = { share.Earmarks } },
        TermsVersion = terms.Version,
        Origin = new RootOf(source, terms.Fund, id).ToOrigin(),
    };
}
