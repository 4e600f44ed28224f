using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static FundingFlows.Support.TestTopology;
using Transfer = FundingFlows.Contracts.Transfers.V1.Transfer;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever stops and starts again, what was sent arrives: all of it, in order, once.</summary>
public sealed class EnduranceTests(EnduranceTests.Setting setting) : IClassFixture<EnduranceTests.Setting>
{
    public sealed class Setting : IAsyncLifetime
    {
        internal Meddler Meddler { get; } = new();

        public TestFederation Federation { get; private set; } = null!;

        public string ToDurham { get; private set; } = "";

        public string ToHartlepool { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options => options.Configure = (_, services) => Meddler.Join(services));
            var officers = Federation.Officers;
            await officers.AgreeAsync(Central, Region);
            await officers.AgreeAsync(Region, Durham);
            await officers.AgreeAsync(Region, Hartlepool);
            await officers.OpenFundAsync();
            await officers.IssueAsync(1_000_000_00);
            await officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
            ToDurham = await officers.AwardAsync(Region, Durham, Kind.Capital, 200_000_00);
            ToHartlepool = await officers.AwardAsync(Region, Hartlepool, Kind.Capital, 200_000_00);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    private TestFederation Federation => setting.Federation;

    private Officers Officers => setting.Federation.Officers;

    [Fact]
    public async Task Courier_ReceiverDown_OthersGoOnAndItsMoneyArrivesLater()
    {
        await Federation.StopAsync(CouncilB);
        var waiting = await Officers.ReleaseAsync(setting.ToHartlepool, Kind.Capital, 10_00);
        var going = await Officers.ReleaseAsync(setting.ToDurham, Kind.Capital, 10_00);

        await Officers.SettledAsync(going);
        await TriedAsync(Region, Hartlepool);
        Assert.Equal(TransferState.InTransit, (await Officers.TransferAsync(waiting.Id, _ => true)).State);
        await Federation.StartAsync(CouncilB);

        await SettledOnceAsync(Hartlepool, waiting);
    }

    [Fact]
    public async Task Courier_SenderStartsAgain_DeliversWhatItsJournalSaysIsUnanswered()
    {
        setting.Meddler.Between(Region, Hartlepool, _ => throw new RpcException(new Status(StatusCode.Unavailable, "not now")));
        var transfers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Officers.ReleaseAsync(setting.ToHartlepool, Kind.Capital, 10_00)));
        await Federation.StopAsync(RegionInstance);
        setting.Meddler.Leave(Region, Hartlepool);

        await Federation.StartAsync(RegionInstance);

        await SettledOnceAsync(Hartlepool, transfers);
    }

    /// <summary>The receiver has decided, and its answer never comes: the sender ends before it could record it.</summary>
    [Fact]
    public async Task Courier_AnswerLost_IsGivenAgainAndNothingHappensTwice()
    {
        var never = new TaskCompletionSource<DeliverResponse>();
        var lost = new TaskCompletionSource<DeliverResponse>();
        setting.Meddler.Between(Region, Durham, async door =>
        {
            lost.TrySetResult(await door.Decide());
            return await never.Task;
        });
        var transfer = await Officers.ReleaseAsync(setting.ToDurham, Kind.Capital, 10_00);
        var first = CourierMessage.Parser.ParseFrom((await lost.Task).Signed.Message).Receipts.Receipts[0];
        await Federation.StopAsync(RegionInstance);
        setting.Meddler.Leave(Region, Durham);
        never.SetCanceled();

        await Federation.StartAsync(RegionInstance);

        await SettledOnceAsync(Durham, transfer);
        var answer = (await JournalOf.FactsAsync(Federation, Region, fact => fact.TransferSettled)).Single(fact => IdOf(fact.Transfer) == transfer.Id).Answer;
        Assert.Equal(Entry.Parser.ParseFrom(first.Entries[0]).Index, answer.Entry.Index);
    }

    [Fact]
    public async Task Courier_ManyAtOnce_ArriveInTheOrderInWhichTheyWereSent()
    {
        var before = (await ReceivedFromRegionAsync(Durham)).Count;

        var transfers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Officers.ReleaseAsync(setting.ToDurham, Kind.Capital, 1_00)));

        await SettledOnceAsync(Durham, transfers);
        var received = await ReceivedFromRegionAsync(Durham);
        Assert.Equal(before + 300, received.Count);
        Assert.Equal(received.Select(fact => fact.Delivery.Sequence).Order(), received.Select(fact => fact.Delivery.Sequence));
        Assert.Equal(received.Select(fact => fact.Delivery.Entry.Index).Order(), received.Select(fact => fact.Delivery.Entry.Index));
    }

    /// <summary>One after the other, each sent as soon as the one before it has arrived: just when its courier is about to end.</summary>
    [Fact]
    public async Task Courier_OneAfterTheOther_NoneIsForgotten()
    {
        for (var i = 0; i < 60; i++)
            await Officers.SettledAsync(await Officers.ReleaseAsync(setting.ToHartlepool, Kind.Capital, 1_00));
    }

    [Fact]
    public async Task Courier_BodyWithoutAddress_WaitsForOneAndOthersGoOn()
    {
        var directory = Federation.Instance(RegionInstance).Services.GetRequiredService<IOptions<InstanceOptions>>().Value.Directory;
        directory.Remove(Hartlepool, out var instance);
        var waiting = await Officers.ReleaseAsync(setting.ToHartlepool, Kind.Capital, 10_00);
        var going = await Officers.ReleaseAsync(setting.ToDurham, Kind.Capital, 10_00);

        await Officers.SettledAsync(going);
        await Wait.UntilAsync(() => Federation.Log.Lines.Any(line => line.Line.Contains($"{Hartlepool} has no address here", StringComparison.Ordinal)), "a line about the address");
        Assert.Equal(TransferState.InTransit, (await Officers.TransferAsync(waiting.Id, _ => true)).State);
        directory[Hartlepool] = instance!;

        await SettledOnceAsync(Hartlepool, waiting);
    }

    /// <summary>The largest transfer there can be: sixteen parts of 256 pieces.</summary>
    [Fact]
    public async Task Courier_LargestTransfer_ArrivesPieceByPiece()
    {
        const int Pieces = 16 * 256;
        await ManyLots.IssueAsync(Federation, Pieces);
        var award = await Officers.AwardAsync(Central, Region, Kind.Capital, 1_000_000_00);
        var pence = await Forged.BooksAsync(Federation, Central, books => books.Lots.Remaining(Officers.FundId)
            .Where(lot => lot.Line.Kind == Kind.Capital).TakeWhile((_, i) => i < Pieces).Sum(lot => lot.RemainingPence));

        var transfer = await Officers.ReleaseAsync(award, Kind.Capital, pence);

        await Officers.SettledAsync(transfer);
        var (sent, parts) = await Forged.BooksAsync(Federation, Central, books => books.Transfers.Sent.Where(one => one.Id.ToString() == transfer.Id)
            .Select(one => (one.Pieces.Select(piece => (piece.Lot, piece.AmountPence)).ToList(), one.Pieces.DistinctBy(piece => piece.SentBy).Count())).Single());
        var received = await Forged.BooksAsync(Federation, Region, books => books.Transfers.Received.Single(one => one.Id.ToString() == transfer.Id).Lots
            .Select(lot => (books.Lots.Find(lot)!.Parent!.Value, books.Lots.Find(lot)!.AmountPence)).ToList());
        Assert.Equal((Pieces, 16), (sent.Count, parts));
        Assert.Equal(sent, received);
        Assert.Empty((await Officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
    }

    private static string IdOf(EntryRef reference) => EntryId.From(reference).ToString();

    private async Task TriedAsync(string sender, string receiver)
    {
        var said = Federation.Log.Lines.Count;
        await Wait.UntilAsync(
            () => Federation.Log.Lines.Skip(said).Any(line => line.Line.Contains($"from {sender} to {receiver} is tried again", StringComparison.Ordinal)), $"an attempt to deliver to {receiver}");
    }

    private async Task<List<TransferReceived>> ReceivedFromRegionAsync(string receiver) =>
        [.. (await JournalOf.FactsAsync(Federation, receiver, fact => fact.TransferReceived)).Where(fact => fact.Delivery.Entry.Body == Region)];

    /// <summary>Each arrived in one entry of the receiver and is settled by one entry of the sender.</summary>
    private async Task SettledOnceAsync(string receiver, params IReadOnlyList<Transfer> transfers)
    {
        foreach (var transfer in transfers)
            await Officers.SettledAsync(transfer);
        var received = (await ReceivedFromRegionAsync(receiver)).Select(fact => IdOf(fact.Delivery.Entry)).ToList();
        var settled = (await JournalOf.FactsAsync(Federation, Region, fact => fact.TransferSettled)).Select(fact => IdOf(fact.Transfer)).ToList();
        foreach (var transfer in transfers)
        {
            Assert.Single(received, id => id == transfer.Id);
            Assert.Single(settled, id => id == transfer.Id);
        }
    }
}
