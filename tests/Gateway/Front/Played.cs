using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

[assembly: AssemblyFixture(typeof(FundingFlows.Gateway.Tests.Played))]

namespace FundingFlows.Gateway.Tests;

/// <summary>
/// A whole federation behind its gateway, in which money came down four tiers and was paid out. Tests that only ask share it; what they
/// write, they write at the councils without money and at the forum of Byker, of which no test counts entries.
/// </summary>
public sealed class Played : IAsyncLifetime
{
    public const long Issued = 130_000_08;
    public const string RegionName = "Tees & <script>alert(\"x\")</script> 'Valley'";
    private const string Kept = "neighbourhood-led";

    public TestFederation Federation { get; private set; } = null!;

    public Front Front { get; private set; } = null!;

    public Officers Officers => Federation.Officers;

    /// <summary>What the forum of Easington paid, from one piece of money that came down four tiers; some of it came back.</summary>
    public Payment OfOnePiece { get; private set; } = new();

    /// <summary>What Durham paid from capital of two issues.</summary>
    public Payment OfTwoPieces { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        Federation = await TestFederation.StartAsync(options =>
        {
            options.WithGateway = true;
            options.Topology = options.Topology with { Bodies = [.. options.Topology.Bodies.Select(body => body.Id == Region ? body with { Name = RegionName } : body)] };
        });
        Front = Front.Of(Federation);
        await Task.WhenAll(Officers.AgreeAsync(Central, Region), Officers.AgreeAsync(Region, Durham), Officers.AgreeAsync(Durham, Easington), FundAsync());
        await Officers.FundAsync(Central, Region, Kind.Capital, 70_000_00);
        await Officers.FundAsync(Region, Durham, Kind.Capital, 65_000_00);
        // All of its capital, so that what the forum gets can only be what is kept for forums.
        OfTwoPieces = await Officers.PayAsync(Durham, Kind.Capital, 65_000_00);
        await Officers.FundAsync(Central, Region, Kind.Either, 20_000_00, Kept);
        await Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, Kept);
        await Officers.FundAsync(Durham, Easington, Kind.Capital, 9_000_00, Kept);
        OfOnePiece = await Officers.PayAsync(Easington, Kind.Capital, 4_000_01);
        await new PaymentService.PaymentServiceClient(Federation.ToBody(Easington)).RefundPaymentAsync(
            new RefundPaymentRequest { Body = Easington, CommandId = Officers.NewId(), Payment = OfOnePiece.Id, AmountPence = 1_01 }, Officers.At(Easington));
        await Officers.AuditedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Front?.Dispose();
        if (Federation is not null)
            await Federation.DisposeAsync();
    }

    private async Task FundAsync()
    {
        await Officers.OpenFundAsync();
        await Officers.IssueAsync(100_000_01);
        await Officers.IssueAsync(30_000_07);
    }
}
