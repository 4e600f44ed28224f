using System.Collections.Concurrent;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Ledger.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

/// <summary>Asks a body's own service for its money, and its funders why it got its shares. Both within one short time, and a bounded number of questions.</summary>
internal sealed class BodyMoneyReader(IOptions<GatewayOptions> options, TimeProvider time) : IDisposable
{
    private const int MostFunds = 20;
    private const int MostReasons = 5;
    private const int MostAwardPages = 4;
    private const int AwardsOfAPage = 50;

    /// <summary>Each award may have terms of 32,000 bytes for each version.</summary>
    private const int MostBytes = 32 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, GrpcChannel> channels = new();

    /// <summary>A run is worked out whole to explain one share of it. What is recorded never changes, so it is asked for once.</summary>
    private readonly MemoryCache explained = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Null: the body's service does not answer now, or the gateway knows of none.</summary>
    public async Task<BodyMoney?> ReadAsync(string body, CancellationToken cancellation)
    {
        if (ChannelOf(body) is not { } channel)
            return null;
        var call = new CallOptions(deadline: time.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellation);
        try
        {
            var funds = await new LedgerService.LedgerServiceClient(channel).ListFundsAsync(new ListFundsRequest { Body = body, PageSize = MostFunds }, call);
            var awards = new AwardService.AwardServiceClient(channel);
            var settled = await Task.WhenAll(funds.Funds.Select(async fund =>
                new FundMoney(fund, await awards.GetSettlementAsync(new GetSettlementRequest { Body = body, Fund = fund.Fund }, call))));
            var reasons = await Task.WhenAll((await SharesAsync(awards, body, call)).Select(award => ReasonAsync(award, call)));
            return new BodyMoney([.. settled.Where(fund => fund.IsAny)], funds.NextPageToken.Length > 0, reasons);
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        explained.Dispose();
        foreach (var channel in channels.Values)
            channel.Dispose();
    }

    /// <summary>Accepted awards to the body that come from a recorded run, the newest first, of each run one.</summary>
    private static async Task<IEnumerable<Award>> SharesAsync(AwardService.AwardServiceClient service, string body, CallOptions call)
    {
        var shares = new List<Award>();
        var token = "";
        for (var page = 0; page < MostAwardPages && (page == 0 || token.Length > 0); page++)
        {
            var listed = await service.ListAwardsAsync(new ListAwardsRequest { Body = body, PageSize = AwardsOfAPage, PageToken = token }, call);
            shares.AddRange(listed.Awards.Where(award => award.Recipient == body && award.Allocation.Length > 0 && award.State == AwardState.Accepted));
            token = listed.NextPageToken;
        }
        return shares.AsEnumerable().Reverse().DistinctBy(award => award.Allocation).Take(MostReasons);
    }

    private async Task<ShareReason> ReasonAsync(Award award, CallOptions call)
    {
        var reason = new ShareReason(
            award.Funder, award.Terms.Title, null,
            $"/v1/bodies/{award.Funder}/allocations/{Uri.EscapeDataString(award.Allocation)}/workings?recipient={Uri.EscapeDataString(award.Recipient)}");
        if (explained.TryGetValue((award.Allocation, award.Recipient), out IReadOnlyList<string>? known))
            return reason with { Sentences = known };
        if (ChannelOf(award.Funder) is not { } channel)
            return reason;
        try
        {
            var answer = await new AllocationService.AllocationServiceClient(channel).ExplainAllocationAsync(
                new ExplainAllocationRequest { Body = award.Funder, Allocation = award.Allocation, Recipient = award.Recipient, PageSize = 1 }, call);
            IReadOnlyList<string> sentences = [.. answer.Workings.SelectMany(working => working.Sentences)];
            return reason with { Sentences = explained.Set((award.Allocation, award.Recipient), sentences, new MemoryCacheEntryOptions { Size = 1 }) };
        }
        // The rest of the page stands without it.
        catch (RpcException) when (!call.CancellationToken.IsCancellationRequested)
        {
            return reason;
        }
    }

    private GrpcChannel? ChannelOf(string body) => options.Value.Directory.TryGetValue(body, out var instance)
        ? channels.GetOrAdd(options.Value.Instances[instance].Grpc, address => GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = MostBytes }))
        : null;
}
