using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Money issued otherwise than the terms of its fund say, and terms remembered otherwise.</summary>
internal static class IssueLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a fund's terms remembered otherwise"] = new(OtherTerms, [Check.Containment]),
        ["a lot under terms that nobody knows, and a payment from it"] = new(UnknownTerms, [Check.Containment]),
        ["an issue with a penny moved between its shares"] = new(federation => Issue(federation, issued => { issued.Lots[0].AmountPence++; issued.Lots[2].AmountPence--; }), [Check.Containment]),
        ["an issue without the share for forums"] = new(federation => Issue(federation, issued => { issued.Lots[0].AmountPence += issued.Lots[2].AmountPence; issued.Lots.RemoveAt(2); }), [Check.Containment]),
        ["an issue that is kept for nothing"] = new(federation => Issue(federation, issued => issued.Lots[2].Line.Earmarks.Clear()), [Check.Containment]),
        ["an issue for other years"] = new(federation => Issue(federation, issued => issued.Lots[1].Line.Years.LastYear++), [Check.Containment]),
        ["an issue under terms that were replaced"] = new(ReplacedTerms, [Check.Containment]),
        ["an issue in the fund of another body"] = new(OthersFund, [Check.Containment]),
    };

    private static string OtherTerms(ForgedFederation federation)
    {
        federation.OpenFund();
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation[Central].Do(new OfferAward(Region, FundId, [new Promise { FinancialYear = Year, Kind = Kind.Either, Earmarks = { ForForums }, AmountPence = 20_00 }]));
        federation.Receive(Central, Region, fact => fact.AwardOfferReceived.Terms.Earmarks.Single().Spenders.Add(Tier.CombinedAuthority));
        federation.Carry();
        federation[Region].Do(new AnswerAward(award, Accept: true));
        federation.Carry();
        federation.Release(award, Kind.Either, 20_00, ForForums);
        federation.Carry();
        // By the terms that it remembers, it may spend what is for forums.
        federation.Pay(Region, Kind.Revenue, 5_00);
        return $"{Region} holds other terms of {FundId} ";
    }

    private static string UnknownTerms(ForgedFederation federation)
    {
        federation.ReleaseToForum();
        federation.Receive(Council, Forum, fact => fact.TransferReceived.Lots.Single().TermsVersion = 7);
        federation.PayFrom(federation[Forum].Books.Lots.All[^1], 1_00);
        return $"Lot {federation[Forum].Books.Lots.All[^1].Id} ";
    }

    private static string Issue(ForgedFederation federation, Action<MoneyIssued> change)
    {
        federation.PlayFourTiers();
        return $"{federation[Central].Write(new IssueMoney(FundId, new SourceId(SourceKind.DormantAssets, "tranche"), 100_00), fact => change(fact.MoneyIssued))} was issued otherwise";
    }

    private static string ReplacedTerms(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var issued = new IssueMoney(FundId, new SourceId(SourceKind.DormantAssets, "tranche"), 100_00)
            .Decide(federation[Central].Books, new Surroundings(federation[Central].Next with { Index = federation[Central].Next.Index + 1 }, () => [], _ => false, _ => false)).Facts.Single();
        federation[Central].Do(new ReviseTerms(
            FundId, "Better Places", null, new Years(Year, Year + 2), [new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 }], [], FundRules.None));
        return $"{federation[Central].Write(issued)} was issued otherwise";
    }

    private static string OthersFund(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        // Decided by the real issuer and then written by another: everything fits but whose fund it is.
        var issued = new IssueMoney(FundId, new SourceId(SourceKind.Income, "printed"), 100_00)
            .Decide(federation[Central].Books, new Surroundings(federation[Council].Next, () => [], _ => false, _ => false)).Facts.Single();
        return $"{federation[Council].Write(issued)} was issued otherwise";
    }
}
