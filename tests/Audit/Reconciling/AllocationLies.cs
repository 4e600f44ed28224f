using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Runs that do not add up, and awards that are not what their run gives.</summary>
internal static class AllocationLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a run that gives less than its pot"] = new(federation => $"What {federation.Record(run => run.Shares[0].AmountPence[0]--)} gives", [Check.AwardedAsAllocated]),
        ["a run that leaves a recipient out"] = new(federation => $"What {federation.Record(run => run.Recipients++)} gives", [Check.AwardedAsAllocated]),
        ["an award of more than its run gives"] = new(federation => federation.Award(offer => offer.Promises[0].AmountPence++), [Check.AwardedAsAllocated]),
        ["an award of no run"] = new(federation => federation.Award(offer => offer.Allocation.Index--), [Check.AwardedAsAllocated]),
        ["an award of a run of another fund"] = new(federation => federation.Award(_ => { }, run => run.Fund = $"{Central}.other"), [Check.AwardedAsAllocated]),
        ["a second award of the same run"] = new(
            federation =>
            {
                federation.Award(_ => { });
                return federation.AwardAgain();
            },
            [Check.AwardedAsAllocated]),
    };

    private static EntryId Record(this ForgedFederation federation, Action<AllocationRecorded> otherwise)
    {
        federation.PlayFourTiers();
        var run = new AllocationRecorded
        {
            Fund = FundId,
            TermsVersion = 1,
            Formula = new(),
            Pot = { new Promise { FinancialYear = Year, Kind = Kind.Capital, AmountPence = 5_00 } },
            Descriptions = new DocumentDigest(),
            Figures = new DocumentDigest(),
            Arithmetic = 1,
            Recipients = 1,
            Shares = { new AllocationShare { Recipient = Region, AmountPence = { 5_00 } } },
        };
        otherwise(run);
        return federation[Central].Write(new Fact { AllocationRecorded = run });
    }

    private static string Award(this ForgedFederation federation, Action<AwardOffered> otherwise, Action<AllocationRecorded>? run = null)
    {
        federation.Record(run ?? (_ => { }));
        return federation.AwardAgain(otherwise);
    }

    private static string AwardAgain(this ForgedFederation federation, Action<AwardOffered>? otherwise = null)
    {
        var central = federation[Central];
        var run = central.Books.Allocations.All[^1];
        var offer = new OfferAward(Region, FundId, run.PromisesTo(Region)) { Allocation = run.Id };
        return $"{central.Write(offer, fact => otherwise?.Invoke(fact.AwardOffered))} awards money of {FundId} to {Region} otherwise";
    }
}
