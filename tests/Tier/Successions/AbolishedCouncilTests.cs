using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A council is abolished while transfers to it are on the way and its instance dies; over real gRPC, and as the auditor sees it.</summary>
public sealed class AbolishedCouncilTests
{
    private const string Kept = "neighbourhood-led";

    [Fact]
    public async Task Books_OfAnAbolishedCouncil_GoToTwoSuccessorsAndNothingIsLost()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        var award = await FundAsync(officers);
        await officers.FundAsync(Central, Newcastle, Kind.Revenue, 5_000_00);
        var paid = await officers.PayAsync(Newcastle, Kind.Revenue, 1_000_00);
        var held = (await officers.BodyAsync(Newcastle)).Totals.CashPence;

        // Its instance is down: the order, and money that is sent after it, wait on the way.
        await federation.StopAsync(CouncilA);
        await Client(federation, Central).OrderSuccessionAsync(Ordering(), officers.At(Central));
        var coming = await officers.ReleaseAsync(award, Kind.Either, 1_000_01, Kept);
        await federation.StartAsync(CouncilA);
        await officers.SettledAsync(coming);
        await Wait.UntilAsync(async () => await HandOverAsync(federation), reply => reply is not null, "the first portion");
        await federation.StopAsync(CouncilA);
        await federation.StartAsync(CouncilA);
        await Wait.UntilAsync(async () => await HandOverAsync(federation), reply => reply?.Finished == true, "the last portion");
        await Wait.UntilAsync(
            async () => (await Client(federation, Central).GetRegistrationAsync(new GetRegistrationRequest { Body = Central, Registered = Newcastle })).Registered,
            registered => registered.Closed && registered.Succession.Successors.Count == 2, "the end of the council");

        var books = await officers.AuditedAsync();
        var found = await Wait.UntilAsync(
            async () => await new AuditService.AuditServiceClient(federation.To(AuditInstance)).GetSuccessionAsync(new GetSuccessionRequest { Body = Newcastle }),
            found => found.Complete, "the inventory");
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.True(found.Holds);
        Assert.Equal((held + 1_000_01, held + 1_000_01, 0L), (found.HeldPence + found.ArrivedPence, found.ReceivedPence, found.OnItsWayPence));
        Assert.All(found.Lots, lot => Assert.Equal((lot.HeldPence, 0L), (lot.Received.Sum(part => part.ReceivedPence), lot.LostPence)));
        Assert.All(found.Things, thing => Assert.True(thing.Taken));

        await RefusedAsync(federation);
        await GoOnAsync(federation);
        await RotateAsync(federation);
        await GoOnAsync(federation);
        await RefundAsync(federation, paid.Id);
        Assert.Empty((await officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
        var forward = await new AuditService.AuditServiceClient(federation.To(AuditInstance)).TraceForwardAsync(new TraceForwardRequest { Fund = Officers.FundId });
        Assert.Equal((100_000_00L, 700_00L), (forward.AmountPence, forward.Shares.Sum(share => share.SpentPence)));
        Assert.Equal([Durham], forward.Shares.Where(share => share.SpentPence > 0).Select(share => share.Body));
    }

    /// <summary>What the old body paid comes back to who has its project.</summary>
    private static async Task RefundAsync(TestFederation federation, string payment) =>
        await new PaymentService.PaymentServiceClient(federation.ToBody(Durham)).RefundPaymentAsync(
            new RefundPaymentRequest { Body = Durham, CommandId = Officers.NewId(), Payment = payment, AmountPence = 300_00, Narrative = "It was not all used." }, federation.Officers.At(Durham));

    private static async Task<string> FundAsync(Officers officers)
    {
        await officers.OpenFundAsync();
        await officers.IssueAsync(100_000_00);
        await officers.AgreeAsync(Central, Newcastle);
        await officers.AgreeAsync(Newcastle, Byker);
        var award = await officers.AwardAsync(Central, Newcastle, Kind.Either, 20_000_00, Kept);
        await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 12_345_67, Kept));
        await officers.FundAsync(Newcastle, Byker, Kind.Capital, 2_000_00, Kept);
        return award;
    }

    /// <summary>Requests to the old body name its successors.</summary>
    private static async Task RefusedAsync(TestFederation federation)
    {
        var refused = await Failure.OfAsync(async () => await federation.Officers.ReportAsync(Newcastle, Central));
        Assert.Equal(("BODY_SUCCEEDED", $"{Durham} {Hartlepool}"), (refused.Reason, refused.Info!.Metadata["successors"]));
        Assert.Contains($"ask {Durham} and {Hartlepool}", refused.Sentence, StringComparison.Ordinal);
    }

    /// <summary>The forum repays to who took it over, and that one repays further up.</summary>
    private static async Task GoOnAsync(TestFederation federation)
    {
        var awards = new Contracts.Agreements.V1.AwardService.AwardServiceClient(federation.ToBody(Byker));
        var award = (await awards.ListAwardsAsync(new Contracts.Agreements.V1.ListAwardsRequest { Body = Byker })).Awards.Single();
        Assert.Equal(Hartlepool, award.Funder);
        var repaid = await new TransferService.TransferServiceClient(federation.ToBody(Byker)).RepayUnderspendAsync(
            new RepayUnderspendRequest { Body = Byker, CommandId = Officers.NewId(), Award = award.Id, AmountPence = 500_00 }, federation.Officers.At(Byker));
        await federation.Officers.SettledAsync(repaid.Transfer);
    }

    /// <summary>The forum takes a new key, which who has taken its registration over records: the old body vouches for nobody any more.</summary>
    private static async Task RotateAsync(TestFederation federation)
    {
        var genesis = await new JournalService.JournalServiceClient(federation.ToBody(Byker)).GetEntryAsync(new GetEntryRequest { Body = Byker });
        var adopted = await Client(federation, Byker).AdoptKeyAsync(
            new AdoptKeyRequest { Body = Byker, CommandId = Officers.NewId(), Replaces = genesis.Entry.Fact.Genesis.PublicKey }, federation.Officers.At(Byker));
        await Client(federation, Hartlepool).RotateKeyAsync(
            new RotateKeyRequest { Body = Hartlepool, CommandId = Officers.NewId(), Registered = Byker, PublicKey = adopted.PublicKey, FromIndex = adopted.Recorded.Reference.Index },
            federation.Officers.At(Hartlepool));
    }

    private static OrderSuccessionRequest Ordering() => new()
    {
        Body = Central,
        CommandId = Officers.NewId(),
        Predecessor = Newcastle,
        Successors = { new Successor { Body = Durham, BasisPoints = 6_667 }, new Successor { Body = Hartlepool, BasisPoints = 3_333 } },
        VestingDay = new Google.Type.Date { Year = 2027, Month = 4, Day = 1 },
    };

    /// <summary>Null: others must answer first.</summary>
    private static async Task<HandOverResponse?> HandOverAsync(TestFederation federation)
    {
        try
        {
            return await Client(federation, Newcastle).HandOverAsync(
                new HandOverRequest { Body = Newcastle, CommandId = Officers.NewId(), Takers = { new Taker { Thing = Byker, Successor = Hartlepool } } },
                federation.Officers.At(Newcastle));
        }
        catch (RpcException problem) when (problem.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason is "HAND_OVER_WAITING" or "HAND_OVER_NO_SUCCESSORS")
        {
            return null;
        }
    }

    private static RegistrationService.RegistrationServiceClient Client(TestFederation federation, string body) => new(federation.ToBody(body));
}
