using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>An answer to what a body sent that is not the receiver's own is refused, remembered at the sender, and shown by the auditor; the money stays on its way until an honest one comes.</summary>
public sealed class RefusedReceiptsTests(RefusedReceiptsTests.Setting setting) : IClassFixture<RefusedReceiptsTests.Setting>
{
    public sealed class Setting : IAsyncLifetime
    {
        internal Meddler Meddler { get; } = new();

        public TestFederation Federation { get; private set; } = null!;

        public string Award { get; private set; } = "";

        /// <summary>What Durham once answered Region, as it was signed.</summary>
        public SignedMessage Old { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options => options.Configure = (_, services) => Meddler.Join(services));
            await Federation.Officers.AgreeAsync(Central, Region);
            await Federation.Officers.AgreeAsync(Region, Durham);
            await Federation.Officers.OpenFundAsync();
            await Federation.Officers.IssueAsync(1_000_000_00);
            await Federation.Officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
            Meddler.Between(Region, Durham, async door =>
            {
                var answer = await door.Decide();
                Old ??= answer.Signed;
                return answer;
            });
            Award = await Federation.Officers.AwardAsync(Region, Durham, Kind.Capital, 400_000_00);
            Meddler.Leave(Region, Durham);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    /// <summary>Who may answer: the one that was asked, and another.</summary>
    private sealed record Voices(PeerVoice Durham, PeerVoice Newcastle, SignedMessage Old);

    /// <summary>What comes in the place of an honest answer, by the reason under which it is remembered.</summary>
    private static readonly Dictionary<string, (string Reason, Func<CourierMessage, Voices, SignedMessage> Answer)> Answers = new()
    {
        ["the key of another body"] = ("PEER_RECEIPTS_REFUSED", (honest, voices) => CourierSignature.Sign(honest, voices.Newcastle.Key)),
        ["receipts of another body"] = ("PEER_RECEIPTS_REFUSED", (honest, voices) => voices.Newcastle.Signed(new CourierMessage(honest) { Sender = Newcastle })),
        ["an old answer given again"] = ("PEER_RECEIPTS_MISSING", (_, voices) => voices.Old),
        ["no receipts"] = ("PEER_RECEIPTS_MISSING", (honest, voices) => voices.Durham.Signed(new CourierMessage(honest) { Receipts = new ReceiptBatch() })),
        ["no signature"] = ("PEER_RECEIPTS_REFUSED", (honest, _) => new SignedMessage { Message = honest.ToByteString() }),
        ["receipts for another body"] = ("PEER_RECEIPTS_REFUSED", (honest, voices) => voices.Durham.Signed(new CourierMessage(honest) { Receiver = Central })),
        ["bytes that are no message"] = ("ANSWER_UNREADABLE", (_, _) => new SignedMessage { Message = ByteString.CopyFromUtf8("no message") }),
        ["an entry that cannot be read"] = ("ANSWER_UNREADABLE", (honest, voices) => voices.Durham.Signed(WithEntry(honest, _ => ByteString.CopyFromUtf8("no entry")))),
        ["an answer to something else"] = ("RECORD_ANSWER_ANSWER_CONTRADICTS", (honest, voices) => voices.Durham.Signed(WithEntry(honest, bytes =>
        {
            var entry = Entry.Parser.ParseFrom(bytes);
            entry.Fact.TransferReceived.Lots[0].AmountPence--;
            return entry.ToByteString();
        }))),
    };

    public static TheoryData<string> Names => [.. Answers.Keys];

    private TestFederation Federation => setting.Federation;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answer_ThatIsNotTheReceivers_IsRememberedAndShownByTheAuditor(string what)
    {
        var (reason, answer) = Answers[what];
        var before = CountOf(reason, await OfRegionAsync());
        using var durham = new PeerVoice(Federation, Durham);
        using var newcastle = new PeerVoice(Federation, Newcastle);
        var voices = new Voices(durham, newcastle, setting.Old);
        setting.Meddler.Between(Region, Durham, async door =>
            new DeliverResponse { Signed = answer(CourierMessage.Parser.ParseFrom((await door.Decide()).Signed.Message), voices) });

        var transfer = await Federation.Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);

        await Wait.UntilAsync(ShownAsync, seen => CountOf(reason, seen.Where(one => one.Instance == RegionInstance)) > before, "the auditor showing it");
        Assert.Equal(TransferState.InTransit, (await Federation.Officers.TransferAsync(transfer.Id, _ => true)).State);
        setting.Meddler.Leave(Region, Durham);
        await Federation.Officers.SettledAsync(transfer);
    }

    /// <summary>An answer that got lost is asked for again, and the receiver gives it again: networks do so to the most honest, and nothing is remembered of it.</summary>
    [Fact]
    public async Task Answer_ThatIsGivenAgainToTheSameDelivery_IsTakenAndNotRemembered()
    {
        var answers = new List<ReceiptBatch>();
        setting.Meddler.Between(Region, Durham, async door =>
        {
            var answer = await door.Decide();
            answers.Add(CourierMessage.Parser.ParseFrom(answer.Signed.Message).Receipts);
            return answers.Count > 2 ? answer : throw new RpcException(new Status(StatusCode.Unavailable, "lost on its way"));
        });
        var before = Refused(await OfRegionAsync());

        var transfer = await Federation.Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
        await Federation.Officers.SettledAsync(transfer);

        Assert.Equal([answers[0], answers[0]], answers.Skip(1).Take(2));
        Assert.Equal(before, Refused(await OfRegionAsync()));
        setting.Meddler.Leave(Region, Durham);
    }

    private static ulong Refused(IEnumerable<SecurityEvent> all) => all.Where(one => one.Kind == SecurityEventKind.ReceiptsRefused).Aggregate(0ul, (sum, one) => sum + one.Count);

    private static CourierMessage WithEntry(CourierMessage honest, Func<ByteString, ByteString> change)
    {
        var changed = honest.Clone();
        var entries = changed.Receipts.Receipts[0].Entries;
        entries[0] = change(entries[0]);
        return changed;
    }

    private static ulong CountOf(string reason, IEnumerable<SecurityEvent> all) => all
        .Where(one => (one.Kind, one.Reason, one.ClaimedSender, one.Receiver) == (SecurityEventKind.ReceiptsRefused, reason, Durham, Region)).Aggregate(0ul, (sum, one) => sum + one.Count);

    private async Task<IReadOnlyList<SecurityEvent>> ShownAsync() =>
        (await Federation.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 })).Events;

    private async Task<IReadOnlyList<SecurityEvent>> OfRegionAsync() =>
        (await new LinkService.LinkServiceClient(Federation.ToBody(Region)).ListSecurityEventsAsync(new ListSecurityEventsRequest { Body = Region, PageSize = 1_000 })).Events;
}
