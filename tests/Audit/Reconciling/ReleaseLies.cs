using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Money released to a body that owes a report, or on a day that is not said.</summary>
internal static class ReleaseLies
{
    private static readonly DateOnly Spring = new(Year, 4, 20), InTime = new(Year, 7, 30), TooLate = new(Year, 7, 31);

    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["money released while a report is overdue"] = new(
            federation => $"{Release(federation, sent => sent.ReleasedOn = TooLate.ToDate())} releases money of {Central}.told to {Region}, whose report was overdue.", [Check.ReportedBeforeRelease]),
        ["money that waits for reports, released on no day"] = new(
            federation => $"{Release(federation, sent => sent.ReleasedOn = null)} does not say on which day", [Check.ReportedBeforeRelease]),
    };

    /// <summary>The first release is honest, and so would be the second if it said the day on which it was decided.</summary>
    private static EntryId Release(ForgedFederation federation, Action<TransferSent> otherwise)
    {
        federation.PlayFourTiers();
        var central = federation[Central];
        central.Do(new OpenFund(
            "told", "Told", new DocumentDigest(), new Years(Year, Year + 2), [new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 }], [],
            FundRules.None with { Reporting = new ReportingRule(3, 30) }));
        central.Do(new IssueMoney($"{Central}.told", new SourceId(SourceKind.ParliamentaryVote, "estimate"), 100_00));
        var award = central.Do(new OfferAward(Region, $"{Central}.told", [new Promise { FinancialYear = Year, Kind = Kind.Revenue, AmountPence = 50_00 }]));
        federation.Carry();
        federation[Region].Do(new AnswerAward(award, Accept: true));
        federation.Carry();
        ReleaseFunds On(DateOnly day) => new(award, Year, Kind.Revenue, EarmarkSet.None, 10_00, day);
        central.Do(On(Spring));
        federation.Carry();
        return central.Write(On(InTime), fact => otherwise(fact.TransferSent));
    }
}
