using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Ledger;
using static FundingFlows.Support.TestTopology;
using Transfer = FundingFlows.Contracts.Transfers.V1.Transfer;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// Money that its receiver refuses for good comes back: as new lots, with the promise restored, to the penny. The senders here
/// hold agreements and awards that their receivers never accepted, which their rules would not have let them.
/// </summary>
public sealed class RefusedMoneyTests(RefusedMoneyTests.Setting setting) : IClassFixture<RefusedMoneyTests.Setting>
{
    public sealed class Setting : IAsyncLifetime
    {
        public TestFederation Federation { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync();
            await Federation.Officers.AgreeAsync(Central, Region);
            await Federation.Officers.OpenFundAsync();
            await Federation.Officers.IssueAsync(100_000_00);
            await Federation.Officers.FundAsync(Central, Region, Kind.Capital, 50_000_00);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    private TestFederation Federation => setting.Federation;

    private Officers Officers => setting.Federation.Officers;

    [Fact]
    public async Task Transfer_ReceiverHasNoAgreement_ComesBackAsNewLotsAndCanBeSentElsewhere()
    {
        var award = await PretendAwardAsync(Region, Durham, 50_000_00);
        await Officers.AgreeAsync(Region, Hartlepool);

        var transfer = await Officers.ReleaseAsync(award, Kind.Capital, 49_000_00);
        var reversed = await ReversedAsync(transfer);

        Assert.Equal(DeliveryRefusal.NoAgreement, Assert.Single(await JournalOf.FactsAsync(Federation, Durham, fact => fact.TransferRefused)).Reason);
        var totals = (await Officers.BodyAsync(Region)).Totals;
        Assert.Equal((50_000_00L, 0L, 0L), (totals.CashPence, totals.InTransitPence, totals.GrantedPence));
        var promise = Assert.Single((await Officers.AwardAsync(Region, award, _ => true))!.Promises);
        Assert.Equal(0, promise.ReleasedPence);
        var (pieces, lots) = await SentAndBackAsync(Region, reversed.Id);
        Assert.Equal(pieces, lots);
        await Officers.FundAsync(Region, Hartlepool, Kind.Capital, 50_000_00);
        await ReconciledAsync();
    }

    [Fact]
    public async Task Transfer_OfManyPartsRefused_ComesBackPieceByPiece()
    {
        const int Lots = 700;
        await ManyLots.IssueAsync(Federation, Lots);
        var award = await PretendAwardAsync(Central, Newcastle, 200_000_00);
        var cash = (await Officers.BodyAsync(Central)).Totals.CashPence;

        var transfer = await Officers.ReleaseAsync(award, Kind.Capital, cash - (await KeptForForumsAsync()));
        var reversed = await ReversedAsync(transfer);

        Assert.Equal(cash, (await Officers.BodyAsync(Central)).Totals.CashPence);
        var (pieces, lots) = await SentAndBackAsync(Central, reversed.Id);
        Assert.InRange(pieces.Count, Lots, Lots + 10);
        Assert.Equal(pieces, lots);
        var facts = (await JournalOf.FactsAsync(Federation, Central, fact => fact.TransferReversed)).Where(fact => EntryId.From(fact.Transfer).ToString() == transfer.Id).ToList();
        Assert.True(facts.Count > 1, "It came back in one fact.");
        await ReconciledAsync();
    }

    /// <summary>An agreement that the recipient has not accepted and an award that it refused count as concluded at the funder.</summary>
    private async Task<string> PretendAwardAsync(string funder, string recipient, long pence)
    {
        var proposed = await new AgreementService.AgreementServiceClient(Federation.ToBody(funder)).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = funder, CommandId = Officers.NewId(), Recipient = recipient }, Officers.At(funder));
        await Forged.AtAsync(Federation, funder, new Fact { AgreementConcluded = new AgreementConcluded { Delivery = await Forged.HeardAsync(Federation, recipient, 1), Agreement = proposed.Recorded.Reference } });
        var offered = await new AwardService.AwardServiceClient(Federation.ToBody(funder)).OfferAwardAsync(
            new OfferAwardRequest
            {
                Body = funder,
                CommandId = Officers.NewId(),
                Recipient = recipient,
                Fund = Officers.FundId,
                Promises = { new Promise { FinancialYear = Officers.Year, Kind = Kind.Capital, AmountPence = pence } },
            },
            Officers.At(funder));
        await Officers.AwardAsync(funder, offered.Award.Id, award => award.State == AwardState.Refused);
        await Forged.AtAsync(Federation, funder, new Fact { AwardCommitted = new AwardCommitted { Delivery = await Forged.HeardAsync(Federation, recipient, 2), Award = offered.Recorded.Reference } });
        return offered.Award.Id;
    }

    private Task<Transfer> ReversedAsync(Transfer transfer) => Officers.TransferAsync(transfer.Id, found => found.State == TransferState.Reversed);

    /// <summary>Money that cannot be released for capital, kept for nothing: what the centre holds for revenue and for forums.</summary>
    private Task<long> KeptForForumsAsync() => Forged.BooksAsync(Federation, Central, books => books.Lots.Remaining(Officers.FundId)
        .Where(lot => lot.Line.Kind != Kind.Capital || lot.Line.Earmarks.Count > 0).Sum(lot => lot.RemainingPence));

    /// <summary>The pieces that were sent, and the lots that came back of them: which lot each is of, and how much.</summary>
    private Task<(List<(LotId, long)> Sent, List<(LotId, long)> Back)> SentAndBackAsync(string body, string transfer) => Forged.BooksAsync(Federation, body, books =>
    {
        var sent = books.Transfers.Sent.Single(one => one.Id.ToString() == transfer).Pieces.Select(piece => (piece.Lot, piece.AmountPence)).ToList();
        var parents = sent.Select(piece => piece.Lot).ToHashSet();
        return (sent, books.Lots.All.Where(lot => lot.Parent is { } parent && parents.Contains(parent)).Select(lot => (lot.Parent!.Value, lot.AmountPence)).ToList());
    });

    private async Task ReconciledAsync() => Assert.Empty((await Officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
}
