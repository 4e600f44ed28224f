using FundingFlows.Contracts.Registry.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body takes a new key in the middle of its business, over real gRPC.</summary>
public sealed class KeyRotationTests
{
    [Fact]
    public async Task Body_WithANewKey_IsBelievedOnceItIsRecordedAndNothingIsLost()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.OpenFundAsync();
        await officers.IssueAsync(100_000_00);
        await officers.AgreeAsync(Central, Durham);
        await officers.AgreeAsync(Durham, Easington);
        await officers.FundAsync(Central, Durham, Kind.Either, 20_000_00, "neighbourhood-led");
        var award = await officers.AwardAsync(Durham, Easington, Kind.Capital, 5_000_00, "neighbourhood-led");
        using var old = new PeerVoice(federation, Durham);

        var adopted = await AdoptAsync(federation, Durham);
        var waiting = await officers.ReleaseAsync(award, Kind.Capital, 3_000_00, "neighbourhood-led");
        await Wait.UntilAsync(() => federation.Log.Lines.Any(line => line.Line.Contains("PEER_SIGNATURE_WRONG", StringComparison.Ordinal)), "the new key being refused");
        Assert.Equal(Contracts.Transfers.V1.TransferState.InTransit, (await officers.TransferAsync(waiting.Id, _ => true)).State);

        await RotateAsync(federation, Durham, adopted);
        await officers.SettledAsync(waiting);
        var books = await officers.AuditedAsync();

        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        var refused = await Failure.OfAsync(() => PeerVoice.HandAsync(federation, Easington, old.Signed(old.Batch(Easington, PeerVoice.Delivery(99, PeerVoice.Entry(1, new Fact()))))));
        Assert.Equal("PEER_SIGNATURE_WRONG", refused.Reason);
        var shown = await Client(federation, Central).GetRegistrationAsync(new GetRegistrationRequest { Body = Central, Registered = Durham });
        Assert.Equal([(adopted.PublicKey, adopted.Recorded.Reference.Index)], shown.Registered.Keys.Select(key => (key.PublicKey, key.FromIndex)));
    }

    /// <summary>Both ends at once, one after the other and again at once, while money goes from the one to the other without a pause.</summary>
    [Fact]
    public async Task Bodies_ThatBothTakeNewKeysUnderLoad_LoseNothingAndDoNothingTwice()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.OpenFundAsync();
        await officers.IssueAsync(1_000_000_00);
        await officers.AgreeAsync(Central, Region);
        await officers.AgreeAsync(Region, Durham);
        await officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
        var award = await officers.AwardAsync(Region, Durham, Kind.Capital, 400_000_00);
        var load = new Load(officers, award);
        await load.SettledAsync(20);

        // Neither end is believed by the other until its key is recorded: what is sent meanwhile waits.
        var (sender, receiver) = (await AdoptAsync(federation, Region), await AdoptAsync(federation, Durham));
        await load.SentAsync(20);
        await RotateAsync(federation, Durham, receiver);
        await load.SentAsync(20);
        await RotateAsync(federation, Region, sender);
        await load.SettledAsync(20);
        var (second, third) = (await AdoptAsync(federation, Durham, receiver.PublicKey), await AdoptAsync(federation, Region, sender.PublicKey));
        await load.SentAsync(20);
        await Task.WhenAll(RotateAsync(federation, Region, third), RotateAsync(federation, Durham, second));
        await load.SettledAsync(20);
        var sent = await load.EndAsync();

        foreach (var transfer in sent)
            await officers.SettledAsync(transfer);
        var received = (await JournalOf.FactsAsync(federation, Durham, fact => fact.TransferReceived)).Select(fact => Ledger.EntryId.From(fact.Delivery.Entry).ToString()).ToList();
        Assert.Equal(sent.Select(transfer => transfer.Id).Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
        Assert.Equal(sent.Sum(transfer => transfer.AmountPence), (await officers.BodyAsync(Durham)).Totals.ReceivedPence);
        foreach (var body in new[] { Region, Durham })
            AssertUnderLoad(await JournalOf.ReadAsync(federation, body));
        var books = await officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.True(books.Complete);
    }

    /// <summary>A body took both keys in the middle of its transfers: some stand before, between and behind.</summary>
    private static void AssertUnderLoad(IReadOnlyList<Entry> journal)
    {
        var stretches = new List<int> { 0 };
        foreach (var fact in journal.Select(entry => entry.Fact))
            if (fact.KeyAdopted is not null)
                stretches.Add(0);
            else if (fact.TransferSent is not null || fact.TransferReceived is not null)
                stretches[^1]++;
        Assert.Equal(3, stretches.Count);
        Assert.DoesNotContain(0, stretches);
    }

    /// <summary>Money that goes from one body to another, again and again, until it is enough.</summary>
    private sealed class Load
    {
        private const int AtOnce = 4;
        private readonly System.Collections.Concurrent.ConcurrentQueue<Contracts.Transfers.V1.Transfer> sent = new();
        private readonly Officers officers;
        private readonly Task[] running;
        private volatile bool isEnough;

        public Load(Officers officers, string award)
        {
            this.officers = officers;
            running = [.. Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
            {
                while (!isEnough)
                    sent.Enqueue(await officers.ReleaseAsync(award, Kind.Capital, 1_00));
            }))];
        }

        /// <summary>Waits until so many more were sent.</summary>
        public Task SentAsync(int more)
        {
            var until = sent.Count + more;
            return Wait.UntilAsync(() => sent.Count >= until || running.Any(one => one.IsFaulted), $"{more} more being sent");
        }

        /// <summary>Waits until so many more were sent, and the last of them has arrived.</summary>
        public async Task SettledAsync(int more)
        {
            await SentAsync(more);
            await officers.SettledAsync(sent.Last());
        }

        public async Task<IReadOnlyCollection<Contracts.Transfers.V1.Transfer>> EndAsync()
        {
            isEnough = true;
            await Task.WhenAll(running);
            return sent;
        }
    }

    [Fact]
    public async Task Instance_OfABodyWithANewKey_StartsAgainWithItAndNotWithoutIt()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        var adopted = await AdoptAsync(federation, Hartlepool);
        await RotateAsync(federation, Hartlepool, adopted);
        var file = Path.Combine(federation.Folder, CouncilB, "keys", $"{Hartlepool}.2.pem");

        await federation.StopAsync(CouncilB);
        File.Move(file, file + ".kept");
        await federation.StartAsync(CouncilB);
        Assert.Equal(
            $"The journal of {Hartlepool} has begun and its key {file} is not there: put the key back from a backup, and start again.",
            federation.Instance(CouncilB).Services.GetRequiredService<BodyHost>().WhyBroken(Hartlepool));

        await federation.StopAsync(CouncilB);
        File.Move(file + ".kept", file);
        await federation.StartAsync(CouncilB);
        var hosted = federation.Instance(CouncilB).Services.GetRequiredService<BodyHost>().Find(Hartlepool)!;
        Assert.Equal(adopted.PublicKey, ByteString.CopyFrom(hosted.Key.PublicKey));
        await federation.Officers.AgreeAsync(Central, Hartlepool);
    }

    [Fact]
    public async Task Body_ThatIsClosed_SealsItsJournalAndIsSeenToBeWhole()
    {
        await using var federation = await TestFederation.StartAsync();
        var closing = new CloseBodyRequest { Body = Hartlepool, CommandId = Officers.NewId(), LastDay = new Google.Type.Date { Year = 2027, Month = 3, Day = 31 } };

        await Client(federation, Hartlepool).CloseBodyAsync(closing, federation.Officers.At(Hartlepool));
        await Wait.UntilAsync(
            async () => (await Client(federation, Central).GetRegistrationAsync(new GetRegistrationRequest { Body = Central, Registered = Hartlepool })).Registered.Closed,
            closed => closed, "the closing");
        var journals = new JournalService.JournalServiceClient(federation.ToBody(Hartlepool));
        var page = await Wait.UntilAsync(
            async () => (await journals.ReadJournalAsync(new ReadJournalRequest { Body = Hartlepool })).Page,
            page => Entry.Parser.ParseFrom(page.Entries[^1]).Fact.KindCase == Fact.KindOneofCase.JournalSealed, "the seal");

        var refused = await Failure.OfAsync(async () => await AdoptAsync(federation, Hartlepool));
        Assert.Equal(("BODY_CLOSING", StatusCode.FailedPrecondition), (refused.Reason, refused.Code));
        Assert.Equal(closing.LastDay, Entry.Parser.ParseFrom(page.Entries[^3]).Fact.ClosingAsked.LastDay);
        Assert.Empty((await federation.Officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
    }

    /// <param name="replaces">The key that signs now. Null: the first.</param>
    private static async Task<AdoptKeyResponse> AdoptAsync(TestFederation federation, string body, ByteString? replaces = null) =>
        await Client(federation, body).AdoptKeyAsync(
            new AdoptKeyRequest
            {
                Body = body,
                CommandId = Officers.NewId(),
                Replaces = replaces ?? (await new JournalService.JournalServiceClient(federation.ToBody(body)).GetEntryAsync(new GetEntryRequest { Body = body })).Entry.Fact.Genesis.PublicKey,
            },
            federation.Officers.At(body));

    private static async Task RotateAsync(TestFederation federation, string body, AdoptKeyResponse adopted) =>
        await Client(federation, Central).RotateKeyAsync(
            new RotateKeyRequest
            {
                Body = Central,
                CommandId = Officers.NewId(),
                Registered = body,
                PublicKey = adopted.PublicKey,
                FromIndex = adopted.Recorded.Reference.Index,
            },
            federation.Officers.At(Central));

    private static RegistrationService.RegistrationServiceClient Client(TestFederation federation, string body) => new(federation.ToBody(body));
}
