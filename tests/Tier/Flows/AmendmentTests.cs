using FundingFlows.Contracts.Agreements.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>An award that both sides amend, by the services and the courier between them.</summary>
public sealed class AmendmentTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Led = ["neighbourhood-led"];

    private AwardService.AwardServiceClient ToForum => new(town.Federation.ToBody(Easington));

    [Fact]
    public async Task Amendment_AcceptedByTheRecipient_CountsAtBothEndsAndKeepsItsHistory()
    {
        var award = await town.Officers.AwardAsync(Durham, Easington, Kind.Capital, 10_00, Led);
        var amendment = await town.Officers.AmendAsync(award, Promised(30_00), Promised(5_00, Officers.Year + 1));
        Assert.Equal((AmendmentState.Offered, ""), (amendment.State, amendment.AcceptedBy));

        var accepted = (await ToForum.AcceptAmendmentAsync(
            new AcceptAmendmentRequest { Body = Easington, CommandId = Officers.NewId(), Award = award, Amendment = amendment.Id }, town.Officers.At(Easington))).Award;
        var known = await town.Officers.AwardAsync(Durham, award, found => found.Versions.Count == 2) ?? throw new InvalidOperationException();
        await town.Officers.AwardAsync(Easington, award, found => found.Versions.Count == 2);

        var acceptance = accepted.Amendments.Single().AcceptedBy;
        Assert.Equal(Fact.KindOneofCase.AwardAmendmentAccepted, (await town.EntryAsync(acceptance)).Fact.KindCase);
        Assert.Equal([(1, award), (2, amendment.Id)], known.Versions.Select(version => (version.Number, version.OfferedBy)));
        Assert.Equal(acceptance, known.Versions[1].AcceptedBy);
        Assert.Equal([Promised(10_00)], known.Versions[0].Promises);
        Assert.Equal([30_00, 5_00], known.Promises.Select(promise => promise.Promise.AmountPence));
        await town.Officers.SettledAsync(await town.Officers.ReleaseAsync(award, Kind.Capital, 30_00, Led));
    }

    [Fact]
    public async Task Amendment_ThatMoneyHasOvertaken_LapsesAtBothEnds()
    {
        var award = await town.Officers.AwardAsync(Durham, Easington, Kind.Capital, 10_00, Led);
        var amendment = await town.Officers.AmendAsync(award, Promised(6_00));
        await town.Officers.SettledAsync(await town.Officers.ReleaseAsync(award, Kind.Capital, 7_00, Led));

        await ToForum.AcceptAmendmentAsync(
            new AcceptAmendmentRequest { Body = Easington, CommandId = Officers.NewId(), Award = award, Amendment = amendment.Id }, town.Officers.At(Easington));

        foreach (var body in new[] { Durham, Easington })
        {
            var found = await town.Officers.AwardAsync(body, award, one => one.Amendments.Single().State == AmendmentState.Lapsed);
            Assert.Equal([10_00], found!.Promises.Select(promise => promise.Promise.AmountPence));
            Assert.Single(found.Versions);
        }
    }

    [Fact]
    public async Task Amendment_BelowWhatWasReleased_IsRefusedInASentence()
    {
        var award = await town.Officers.AwardAsync(Durham, Easington, Kind.Capital, 10_00, Led);
        await town.Officers.SettledAsync(await town.Officers.ReleaseAsync(award, Kind.Capital, 7_00, Led));

        var refused = await Failure.OfAsync(() => town.Officers.AmendAsync(award, Promised(6_99)));

        Assert.Equal((StatusCode.FailedPrecondition, "AMEND_AWARD_BELOW_RELEASED"), (refused.Code, refused.Reason));
    }

    private static Promise Promised(long pence, int year = Officers.Year) => new() { FinancialYear = year, Kind = Kind.Capital, Earmarks = { Led }, AmountPence = pence };
}
