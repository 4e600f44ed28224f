using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Journal;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>How a courier goes on when answers come out of turn, and when something breaks that nobody thought of.</summary>
public sealed class OutOfTurnTests(OutOfTurnTests.Setting setting) : IClassFixture<OutOfTurnTests.Setting>
{
    public sealed class Setting : IAsyncLifetime
    {
        internal Meddler Meddler { get; } = new();

        internal FaultyStore Store { get; } = new();

        internal Standstill Time { get; } = new();

        public TestFederation Federation { get; private set; } = null!;

        public string Award { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options =>
            {
                options.WithAudit = false;
                options.Configure = (instance, services) =>
                {
                    Meddler.Join(services);
                    if (instance != CentralInstance)
                        return;
                    Store.Join(services);
                    services.AddSingleton<TimeProvider>(Time);
                };
            });
            await Federation.Officers.AgreeAsync(Central, Region);
            await Federation.Officers.OpenFundAsync();
            await Federation.Officers.IssueAsync(1_000_000_00);
            Award = await Federation.Officers.AwardAsync(Central, Region, Kind.Capital, 400_000_00);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    private Officers Officers => setting.Federation.Officers;

    /// <summary>Of several, every second is answered: what is left is not one batch any more, and yet all of it arrives.</summary>
    [Fact]
    public async Task Courier_AnswersOutOfTurn_AllIsSettledInTheEnd()
    {
        using var region = new PeerVoice(setting.Federation, Region);
        setting.Meddler.Between(Central, Region, _ => throw new RpcException(new Status(StatusCode.Unavailable, "not now")));
        var transfers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00)));
        setting.Meddler.Between(Central, Region, async door =>
        {
            var answer = CourierMessage.Parser.ParseFrom((await door.Decide()).Signed.Message);
            foreach (var receipt in answer.Receipts.Receipts.Where(receipt => receipt.Sequence % 2 == 1).ToList())
                answer.Receipts.Receipts.Remove(receipt);
            return new DeliverResponse { Signed = region.Signed(answer) };
        });
        await Wait.UntilAsync(async () => (await StatesAsync(transfers)).Count(state => state == TransferState.Settled), settled => settled == 3, "every second transfer to be settled");

        setting.Meddler.Leave(Central, Region);

        await Wait.UntilAsync(() => StatesAsync(transfers), states => states.All(state => state == TransferState.Settled), "all transfers to be settled");
    }

    /// <summary>The receiver answers, and somebody between answers for it: one answer is recorded, however often it is given.</summary>
    [Fact]
    public async Task Courier_ReceiptsTwiceInOneAnswer_AreRecordedOnce()
    {
        using var region = new PeerVoice(setting.Federation, Region);
        setting.Meddler.Between(Central, Region, async door =>
        {
            var answer = CourierMessage.Parser.ParseFrom((await door.Decide()).Signed.Message);
            answer.Receipts.Receipts.Add(answer.Receipts.Receipts[0].Clone());
            return new DeliverResponse { Signed = region.Signed(answer) };
        });
        var before = (await Officers.BodyAsync(Central)).JournalSize;

        var transfer = await Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
        await Officers.SettledAsync(transfer);

        Assert.Equal(before + 2, (await Officers.BodyAsync(Central)).JournalSize);
        setting.Meddler.Leave(Central, Region);
    }

    /// <summary>A courier that an exception ended would leave money in transit for ever; one that began again at once would burn the machine.</summary>
    [Fact]
    public async Task Courier_ExceptionThatNobodyThoughtOf_IsTriedAgainSlowlyAndForEver()
    {
        setting.Store.Reading = (journal, _) =>
        {
            if (journal.Body == Central)
                throw new InvalidOperationException("nobody thought of this");
        };
        setting.Time.Stop();
        try
        {
            var transfer = await Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
            // Others read that journal too, and wait too: only this courier's own line says that it has tried.
            await Wait.UntilAsync(() => Attempts() > 0 && setting.Time.Held > 0, "the courier to wait");
            for (var i = 0; i < 50; i++)
                Assert.Equal(TransferState.InTransit, (await Officers.TransferAsync(transfer.Id, _ => true)).State);

            Assert.Equal(1, Attempts());
            setting.Time.GoOn();
            await Wait.UntilAsync(() => Attempts() > 2, "further attempts");
            setting.Store.Reading = null;
            await Officers.SettledAsync(transfer);
        }
        finally
        {
            // The other tests need the time and the store.
            setting.Store.Reading = null;
            setting.Time.GoOn();
        }
    }

    private int Attempts() => setting.Federation.Log.Lines.Count(
        line => line.Line.Contains($"from {Central} to {Region} failed", StringComparison.Ordinal) && line.Line.Contains("nobody thought of this", StringComparison.Ordinal));

    /// <summary>The store fails after it has made the sender's record of the answer durable: the journal is read afresh and goes on.</summary>
    [Fact]
    public async Task Courier_StoreFailsWhileAnswerIsRecorded_IsSettledOnce()
    {
        var failed = 0;
        setting.Store.Appended = batch => batch.Any(append => append.Lease.Journal.Body == Central
            && append.Entries.Any(entry => Entry.Parser.ParseFrom(entry.Bytes.Span).Fact.TransferSettled is not null)) && Interlocked.Increment(ref failed) == 1
            ? throw new StoreException(StoreFault.Failed, "the store failed late")
            : Task.CompletedTask;

        var transfer = await Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
        await Wait.UntilAsync(() => failed > 0, "the failure");
        await Wait.UntilAsync(
            async () =>
            {
                try
                {
                    return (await Officers.TransferAsync(transfer.Id, _ => true)).State;
                }
                catch (RpcException replaying) when (replaying.StatusCode == StatusCode.Unavailable)
                {
                    return TransferState.InTransit;
                }
            },
            state => state == TransferState.Settled, "the transfer to be settled");

        setting.Store.Appended = null;
        var settled = await Forged.BooksAsync(setting.Federation, Central, books => books.Transfers.Sent.Count(sent => sent.Id.ToString() == transfer.Id && sent.Answer is not null));
        Assert.Equal(1, settled);
        await Officers.SettledAsync(await Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00));
    }

    private Task<TransferState[]> StatesAsync(IEnumerable<Transfer> transfers) =>
        Task.WhenAll(transfers.Select(async transfer => (await Officers.TransferAsync(transfer.Id, _ => true)).State));
}
