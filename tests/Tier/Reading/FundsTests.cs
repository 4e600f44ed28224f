using FundingFlows.Contracts.Ledger.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>The terms of funds, where they are known.</summary>
[Collection(OneTown.Name)]
public sealed class FundsTests(Town town)
{
    [Theory]
    [InlineData(Central, 0u)]
    [InlineData(Central, 1u)]
    [InlineData(Durham, 0u)]
    [InlineData(Easington, 1u)]
    public async Task Terms_OfAFund_AreKnownWhereItsMoneyCame(string body, uint version)
    {
        var terms = (await Ledger(body).GetFundAsync(new GetFundRequest { Body = body, Fund = Officers.FundId, TermsVersion = version })).Terms;

        Assert.Equal((Officers.FundId, 1u, "Place Fund"), (terms.Fund, terms.Version, terms.Title));
        Assert.Equal([6_000, 1_500, 2_500], terms.Split.Select(share => share.BasisPoints));
    }

    [Theory]
    [InlineData(Central, "mhclg.nothing", 0u)]
    [InlineData(Central, Officers.FundId, 2u)]
    [InlineData(Newcastle, Officers.FundId, 0u)]
    public async Task Terms_ThatABodyDoesNotKnow_AreNotFound(string body, string fund, uint version)
    {
        var failure = await Failure.OfAsync(async () => await Ledger(body).GetFundAsync(new GetFundRequest { Body = body, Fund = fund, TermsVersion = version }));
        Assert.Equal((StatusCode.NotFound, "NOT_HERE", $"{body} does not know such terms of {fund}."), (failure.Code, failure.Reason, failure.Sentence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("place-fund")]
    [InlineData("mhclg.Place Fund")]
    public async Task Fund_WrittenOtherwise_IsTheFieldAtFault(string fund)
    {
        var failure = await Failure.OfAsync(async () => await Ledger(Central).GetFundAsync(new GetFundRequest { Body = Central, Fund = fund }));
        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Equal(["fund"], failure.Fields);
    }

    [Fact]
    public async Task Funds_OfABody_AreInTheOrderOfTheirIds()
    {
        await town.Officers.OpenFundAsync("a-fund");
        await town.Officers.OpenFundAsync("z-fund");
        var funds = (await Ledger(Central).ListFundsAsync(new ListFundsRequest { Body = Central })).Funds.Select(fund => fund.Fund).ToList();

        Assert.Equal(["mhclg.a-fund", $"mhclg.{Town.Onward}", Officers.FundId, $"mhclg.{Town.SmallPot}", "mhclg.z-fund"], funds);
        Assert.Empty((await Ledger(Horden).ListFundsAsync(new ListFundsRequest { Body = Horden })).Funds);
    }

    private LedgerService.LedgerServiceClient Ledger(string body) => new(town.Federation.ToBody(body));
}
