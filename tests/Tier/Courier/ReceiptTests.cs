using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A sender believes only what its receiver signed, and only when it answers what was sent. Until then the money stays in
/// transit, the log says why, and the first honest answer settles it.
/// </summary>
public sealed class ReceiptTests(ReceiptTests.Setting setting) : IClassFixture<ReceiptTests.Setting>
{
    private const int ReceiptsRefused = 4002;

    public sealed class Setting : IAsyncLifetime
    {
        internal Meddler Meddler { get; } = new();

        public TestFederation Federation { get; private set; } = null!;

        /// <summary>The award that money is released against: from the region to Durham.</summary>
        public string Award { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options =>
            {
                options.WithAudit = false;
                options.Configure = (_, services) => Meddler.Join(services);
            });
            await Federation.Officers.AgreeAsync(Central, Region);
            await Federation.Officers.AgreeAsync(Region, Durham);
            await Federation.Officers.OpenFundAsync();
            await Federation.Officers.IssueAsync(1_000_000_00);
            await Federation.Officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
            Award = await Federation.Officers.AwardAsync(Region, Durham, Kind.Capital, 400_000_00);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    /// <summary>An answer that the sender must not believe, made from the honest one; and what the log then says.</summary>
    private sealed record Lie(string Says, Func<Answering, SignedMessage?> Tell);

    /// <summary>The honest answer, and the keys to make another of it.</summary>
    private sealed record Answering(CourierMessage Honest, PeerVoice Receiver, PeerVoice Other)
    {
        public SignedMessage Signed(Action<CourierMessage> change)
        {
            var changed = Honest.Clone();
            change(changed);
            return Receiver.Signed(changed);
        }

        /// <summary>Signed by the receiver, but with another entry as the answer.</summary>
        public SignedMessage Entry(Action<Entry> change) => Signed(message =>
        {
            var entry = Contracts.Journal.V1.Entry.Parser.ParseFrom(message.Receipts.Receipts[0].Entries[0]);
            change(entry);
            message.Receipts.Receipts[0].Entries[0] = entry.ToByteString();
        });
    }

    private const string NotSigned = "not signed with the receiver's key";
    private const string NotFromTo = "not from the receiver to the sender";
    private const string NoReceipt = "no receipt for what was sent";
    private const string Contradicts = "does not answer what was sent";

    private static readonly Dictionary<string, Lie> Lies = new()
    {
        ["nothing"] = new(NotSigned, _ => null),
        ["an empty message"] = new(NotSigned, _ => new SignedMessage()),
        ["a wrong signature"] = new(NotSigned, answer => Changed(answer.Signed(_ => { }), signed => signed.Signature = ByteString.CopyFrom(new byte[64]))),
        ["no signature"] = new(NotSigned, answer => Changed(answer.Signed(_ => { }), signed => signed.Signature = ByteString.Empty)),
        ["another body's signature"] = new(NotSigned, answer => answer.Other.Signed(answer.Honest)),
        ["bytes that are no message"] = new("tried again", answer => Changed(answer.Signed(_ => { }), signed => signed.Message = ByteString.CopyFromUtf8("no message"))),
        ["receipts of another body"] = new(NotFromTo, answer => answer.Signed(message => message.Sender = Newcastle)),
        ["receipts for another body"] = new(NotFromTo, answer => answer.Signed(message => message.Receiver = Central)),
        ["receipts of another epoch"] = new(NotFromTo, answer => answer.Signed(message => message.SenderEpoch = 2)),
        ["receipts of another federation"] = new(NotFromTo, answer => answer.Signed(message => message.Federation = "another")),
        ["deliveries"] = new("holds no receipts", answer => answer.Signed(message => message.Deliveries = new DeliveryBatch())),
        ["no receipts"] = new(NoReceipt, answer => answer.Signed(message => message.Receipts = new ReceiptBatch())),
        ["a receipt without entries"] = new(NoReceipt, answer => answer.Signed(message => message.Receipts.Receipts[0].Entries.Clear())),
        ["a receipt of another sequence"] = new(NoReceipt, answer => answer.Signed(message => message.Receipts.Receipts[0].Sequence += 7)),
        ["an entry that cannot be read"] = new("tried again", answer => answer.Signed(message => message.Receipts.Receipts[0].Entries[0] = ByteString.CopyFromUtf8("no entry"))),
        ["an entry without a fact"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact = null)),
        ["an entry that answers nothing"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact = new Fact { FundOpened = new FundOpened() })),
        ["no delivery"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery = null)),
        ["a delivery without an entry"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery.Entry = null)),
        ["another entry"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery.Entry.Index++)),
        ["another sequence"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery.Sequence++)),
        ["another leaf hash"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery.LeafHashes[0] = ByteString.CopyFrom(new byte[32]))),
        ["one leaf hash more"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Delivery.LeafHashes.Add(ByteString.CopyFrom(new byte[32])))),
        ["another amount"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].AmountPence--)),
        ["other lots"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].Parent.Ordinal++)),
        ["lots from nowhere"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].Parent = null)),
        ["fewer lots"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots.Clear())),
        ["more lots"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots.Add(entry.Fact.TransferReceived.Lots[0]))),
        ["money for another use"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].Line.Kind = Kind.Revenue)),
        ["money for no use"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].Line = null)),
        ["money for no years"] = new(Contradicts, answer => answer.Entry(entry => entry.Fact.TransferReceived.Lots[0].Line.Years = null)),
        ["half of an answer"] = new(Contradicts, answer => answer.Entry(entry => (entry.Part, entry.Parts) = (1, 2))),
        ["a refusal that carries no money"] = new(Contradicts, answer => answer.Entry(entry =>
            entry.Fact = new Fact { DeliveryRefused = new DeliveryRefused { Delivery = entry.Fact.TransferReceived.Delivery, Reason = DeliveryRefusal.Malformed } })),
    };

    public static TheoryData<string> Lied => [.. Lies.Keys];

    private TestFederation Federation => setting.Federation;

    [Theory]
    [MemberData(nameof(Lied))]
    public async Task Courier_AnswerThatIsNotToBeBelieved_KeepsMoneyInTransitUntilAnHonestOne(string what)
    {
        var lie = Lies[what];
        using var durham = new PeerVoice(Federation, Durham);
        using var newcastle = new PeerVoice(Federation, Newcastle);
        setting.Meddler.Between(Region, Durham, async door =>
        {
            var honest = CourierMessage.Parser.ParseFrom((await door.Decide()).Signed.Message);
            return new DeliverResponse { Signed = lie.Tell(new Answering(honest, durham, newcastle)) };
        });
        var said = Federation.Log.Lines.Count;

        var transfer = await Federation.Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
        await Wait.UntilAsync(() => Said(said).Any(line => line.Line.Contains(lie.Says, StringComparison.Ordinal)), $"a line in the log about {what}");
        await Wait.UntilAsync(() => Said(said).Count(line => line.Line.Contains("tried again", StringComparison.Ordinal)) > 1, "a second attempt");

        Assert.Equal(TransferState.InTransit, (await Federation.Officers.TransferAsync(transfer.Id, _ => true)).State);
        Assert.DoesNotContain(Said(said), line => line.Level >= LogLevel.Error);
        if (lie.Says is NotSigned or NotFromTo or Contradicts)
            Assert.Contains(Said(said), line => line.Event.Id == ReceiptsRefused && line.Level == LogLevel.Warning);
        setting.Meddler.Leave(Region, Durham);
        await Federation.Officers.SettledAsync(transfer);
    }

    private static SignedMessage Changed(SignedMessage signed, Action<SignedMessage> change)
    {
        change(signed);
        return signed;
    }

    /// <summary>What the log has said since about this pair.</summary>
    private IEnumerable<(LogLevel Level, EventId Event, string Line)> Said(int since) =>
        Federation.Log.Lines.Skip(since).Where(line => line.Line.Contains($"from {Region} to {Durham}", StringComparison.Ordinal) || line.Line.Contains($"to {Region} from {Durham}", StringComparison.Ordinal));
}
