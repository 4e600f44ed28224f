using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Ledger.V1;

namespace FundingFlows.Gateway.Tests;

/// <summary>What a body says of its money.</summary>
internal sealed class ToldMoney
{
    public ListFundsResponse Funds { get; } = new();

    /// <summary>The same of each fund.</summary>
    public GetSettlementResponse Settlement { get; } = new();

    /// <summary>On pages of one.</summary>
    public List<Award> Awards { get; } = [];

    public Func<ExplainAllocationRequest, ExplainAllocationResponse> Explain { get; set; } = _ => new ExplainAllocationResponse();
}

internal sealed class ToldLedger(ToldMoney told) : LedgerService.LedgerServiceBase
{
    public override Task<ListFundsResponse> ListFunds(ListFundsRequest request, ServerCallContext context) => Task.FromResult(told.Funds);
}

internal sealed class ToldAwards(ToldMoney told) : AwardService.AwardServiceBase
{
    public override Task<GetSettlementResponse> GetSettlement(GetSettlementRequest request, ServerCallContext context) => Task.FromResult(told.Settlement);

    public override Task<ListAwardsResponse> ListAwards(ListAwardsRequest request, ServerCallContext context)
    {
        var place = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new ListAwardsResponse { Awards = { told.Awards.Skip(place).Take(1) }, NextPageToken = place + 1 < told.Awards.Count ? $"{place + 1}" : "" });
    }
}

internal sealed class ToldAllocations(ToldMoney told) : AllocationService.AllocationServiceBase
{
    public override Task<ExplainAllocationResponse> ExplainAllocation(ExplainAllocationRequest request, ServerCallContext context) => Task.FromResult(told.Explain(request));
}
