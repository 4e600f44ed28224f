using FundingFlows.Ledger;

namespace FundingFlows.Tiers.Tests;

/// <summary>Money in journals made by hand: a fund at a funder, an award to a recipient, a release, a payment and a report.</summary>
internal static class MadeMoney
{
    public const string Name = "place-fund";
    public const int Year = 2026;

    /// <summary>Opens the fund, without earmarks, and issues money of it.</summary>
    public static void Issue(this MadeJournal funder, long pence)
    {
        if (funder.Books.Funds.Newest(FundOf(funder)) is null)
            funder.Do(new OpenFund(Name, "Place Fund", new DocumentDigest(), new Years(Year, Year + 2), [new SplitShare { Kind = Kind.Either, BasisPoints = OpenFund.WholeInBasisPoints }], [], FundRules.None));
        funder.Do(new IssueMoney(FundOf(funder), new SourceId(funder.Books.Tier == Tier.CentralGovernment ? SourceKind.ParliamentaryVote : SourceKind.Income, "estimate"), pence));
    }

    public static string FundOf(MadeJournal funder) => $"{funder.Body}.{Name}";

    /// <summary>What a funder and a recipient say to each other until the recipient holds money and has reported, step by step.</summary>
    public static IEnumerable<(MadeJournal Sender, EntryId First, MadeJournal Receiver)> Steps(MadeJournal funder, MadeJournal recipient, long pence)
    {
        var agreement = funder.Do(new ProposeAgreement(recipient.Body));
        yield return (funder, agreement, recipient);
        yield return (recipient, recipient.Do(new AcceptAgreement(agreement)), funder);
        funder.Issue(pence * 2);
        var award = funder.Do(new OfferAward(recipient.Body, FundOf(funder), [new Promise { FinancialYear = Year, Kind = Kind.Capital, AmountPence = pence }]));
        yield return (funder, award, recipient);
        yield return (recipient, recipient.Do(new AnswerAward(award, true)), funder);
        yield return (funder, funder.Do(new ReleaseFunds(award, Year, Kind.Capital, EarmarkSet.None, pence)), recipient);
        yield return (recipient, recipient.Do(new RepayUnderspend(award, null, pence / 4)), funder);
        yield return (recipient, recipient.Do(new SubmitReport(FundOf(funder), funder.Body)), funder);
    }

    /// <summary>Takes every step: then both journals are as after honest dealings.</summary>
    public static void Fund(this MadeJournal funder, MadeJournal recipient, long pence)
    {
        foreach (var (sender, first, receiver) in Steps(funder, recipient, pence))
            sender.Deliver(first, receiver);
    }
}
