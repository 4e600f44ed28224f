using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Transfers.V1;
using static FundingFlows.Support.TestTopology;

[assembly: AssemblyFixture(typeof(FundingFlows.Audit.Tests.PlayedStory))]

namespace FundingFlows.Audit.Tests;

/// <summary>A whole federation in which a story was played to its end. Tests only read it, so all of them share it.</summary>
public sealed class PlayedStory : IAsyncLifetime
{
    public const long FirstIssue = 100_000_01;
    public const long SecondIssue = 30_000_07;
    public const string PersonHandle = "00112233445566778899aabbccddeeff";
    public const string PersonName = "Somebody Unmistakable";

    public TestFederation Federation { get; private set; } = null!;

    public Officers Officers => Federation.Officers;

    /// <summary>What the forum of Easington paid from one piece of money that came down four tiers.</summary>
    public string OfOnePiece { get; private set; } = "";

    /// <summary>What Durham paid from capital of two issues.</summary>
    public string OfTwoPieces { get; private set; } = "";

    /// <summary>What the forum of Byker paid, partly from money that was with Durham before and came back.</summary>
    public string AfterRepayment { get; private set; } = "";

    /// <summary>What the forum of Easington paid to a person.</summary>
    public string ToAPerson { get; private set; } = "";

    /// <summary>The transfer that brought Easington its money.</summary>
    public string ToEasington { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Federation = await TestFederation.StartAsync();
        await Task.WhenAll(Officers.AgreeAsync(Central, Region), Officers.AgreeAsync(Region, Durham), Officers.AgreeAsync(Region, Newcastle),
            Officers.AgreeAsync(Durham, Easington), Officers.AgreeAsync(Newcastle, Byker));
        await Officers.OpenFundAsync();
        await Officers.IssueAsync(FirstIssue);
        await Officers.IssueAsync(SecondIssue);
        await Officers.FundAsync(Central, Region, Kind.Either, 20_000_00, "neighbourhood-led");
        var toDurham = await Officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");
        var toEasington = await Officers.AwardAsync(Durham, Easington, Kind.Capital, 9_000_00, "neighbourhood-led");
        ToEasington = (await Officers.ReleaseAsync(toEasington, Kind.Capital, 9_000_00, "neighbourhood-led")).Id;
        await Officers.TransferAsync(ToEasington, found => found.State == TransferState.Settled);
        // Only now: capital that is free would be drawn for the forum before money of either kind that is kept for it.
        await Officers.FundAsync(Central, Region, Kind.Capital, 70_000_00);
        await Officers.FundAsync(Region, Durham, Kind.Capital, 65_000_00);
        OfTwoPieces = (await Officers.PayAsync(Durham, Kind.Capital, 62_000_00)).Id;
        OfOnePiece = (await Officers.PayAsync(Easington, Kind.Capital, 4_000_01)).Id;
        await new PaymentService.PaymentServiceClient(Federation.ToBody(Easington)).RefundPaymentAsync(
            new RefundPaymentRequest { Body = Easington, CommandId = Officers.NewId(), Payment = OfOnePiece, AmountPence = 1_01 }, Officers.At(Easington));
        var repaid = await new TransferService.TransferServiceClient(Federation.ToBody(Durham)).RepayUnderspendAsync(
            new RepayUnderspendRequest { Body = Durham, CommandId = Officers.NewId(), Award = toDurham, AmountPence = 1_000_00 }, Officers.At(Durham));
        await Officers.SettledAsync(repaid.Transfer);
        await Officers.FundAsync(Region, Newcastle, Kind.Either, 5_500_00, "neighbourhood-led");
        await Officers.FundAsync(Newcastle, Byker, Kind.Either, 5_500_00, "neighbourhood-led");
        AfterRepayment = (await Officers.PayAsync(Byker, Kind.Revenue, 5_300_00)).Id;
        var person = new PayeeDetails { Person = new PersonPayee { Handle = PersonHandle, Name = PersonName } };
        ToAPerson = (await Officers.PayAsync(Easington, Kind.Capital, 12_34, person, "for a bench")).Id;
        await Officers.ReportAsync(Easington, Durham);
        await Officers.ReportAsync(Durham, Region);
        await Officers.ReportAsync(Region, Central);
        await Officers.AuditedAsync();
    }

    public async Task<TracePaymentResponse> TraceAsync(string payment) => await Officers.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment });

    /// <summary>An entry as its body's own journal holds it.</summary>
    public async Task<GetEntryResponse> EntryAsync(string entry)
    {
        Assert.True(EntryId.TryParse(entry, out var id));
        return await new JournalService.JournalServiceClient(Federation.ToBody(id.Body)).GetEntryAsync(
            new GetEntryRequest { Body = id.Body, Epoch = id.Epoch, Index = (ulong)id.Index });
    }

    public ValueTask DisposeAsync() => Federation.DisposeAsync();
}
