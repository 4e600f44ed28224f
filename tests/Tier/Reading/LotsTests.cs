using FundingFlows.Contracts.Ledger.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Lots: what each came from, and what remains of it.</summary>
[Collection(OneTown.Name)]
public sealed class LotsTests(Town town)
{
    [Fact]
    public async Task Lot_ThatWasReceived_NamesItsParentItsOriginAndItsAward()
    {
        var issued = (await ListAsync(Central, new() { Fund = Officers.FundId })).Single(lot => lot.Line.Kind == Kind.Either);
        var received = (await ListAsync(Durham))[0];

        Assert.Equal(("", issued.Id, Officers.FundId, ""), (issued.Parent, issued.OriginLot, issued.OriginFund, issued.Award));
        Assert.Equal((25_000_00L, 13_000_00L), (issued.AmountPence, issued.RemainingPence));
        Assert.Equal((issued.Id, issued.Id, town.CentralAward), (received.Parent, received.OriginLot, received.Award));
        Assert.Equal((12_000_00L, 6_900_00L), (received.AmountPence, received.RemainingPence));
        Assert.Equal((SourceKind.ParliamentaryVote, "estimate-2026-27"), (received.Source.Kind, received.Source.Reference));
        Assert.Equal(received, (await Ledger(Durham).GetLotAsync(new GetLotRequest { Body = Durham, Lot = received.Id })).Lot);
    }

    [Fact]
    public async Task Lot_ThatCameBack_HangsOnTheOneThatWasSentBack()
    {
        var back = (await ListAsync(Durham))[1];
        Assert.StartsWith(Easington + ".1.", back.Parent, StringComparison.Ordinal);
        Assert.Equal((1_00L, 1_00L), (back.AmountPence, back.RemainingPence));
    }

    [Fact]
    public async Task Lots_OfWhichNothingRemains_CanBeLeftOut()
    {
        var all = await ListAsync(Easington);
        var remaining = await ListAsync(Easington, new() { RemainingOnly = true });

        Assert.Equal(all.Where(lot => lot.RemainingPence > 0), remaining);
        Assert.Empty(await ListAsync(Easington, new() { Fund = "mhclg.nothing" }));
    }

    [Theory]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData("nonsense", StatusCode.InvalidArgument)]
    [InlineData($"{Durham}.1.2", StatusCode.InvalidArgument)]
    [InlineData($"{Durham}.1.2.x", StatusCode.InvalidArgument)]
    [InlineData($"{Durham}.1.2.99", StatusCode.NotFound)]
    [InlineData($"{Durham}.2.2.0", StatusCode.NotFound)]
    [InlineData($"{Central}.1.2.0", StatusCode.NotFound)]
    public async Task Lot_ThatIsNotHere_IsNotFoundOrCannotBeRead(string lot, StatusCode code)
    {
        var failure = await Failure.OfAsync(async () => await Ledger(Durham).GetLotAsync(new GetLotRequest { Body = Durham, Lot = lot }));
        Assert.Equal(code, failure.Code);
        Assert.Equal(code == StatusCode.InvalidArgument ? ["lot"] : [], failure.Fields);
    }

    private async Task<IReadOnlyList<Lot>> ListAsync(string body, ListLotsRequest? request = null)
    {
        request ??= new ListLotsRequest();
        request.Body = body;
        return (await Ledger(body).ListLotsAsync(request)).Lots;
    }

    private LedgerService.LedgerServiceClient Ledger(string body) => new(town.Federation.ToBody(body));
}
