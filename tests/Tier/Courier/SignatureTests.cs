using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;
using static FundingFlows.Tiers.Tests.PeerVoice;

namespace FundingFlows.Tiers.Tests;

/// <summary>What a body turns away: nothing of it is recorded, and the log says that it came, but not what it said.</summary>
public sealed class SignatureTests(PeersSetting setting) : IClassFixture<PeersSetting>
{
    private const int DeliveryRefused = 4001;

    /// <summary>A message that is handed to the instance of a body, and how it is refused.</summary>
    private sealed record Wrong(StatusCode Status, string Reason, Func<PeerVoice, SignedMessage> Message, string HostOf = Durham);

    /// <summary>Each from Hartlepool to Durham, and wrong in one thing.</summary>
    private static readonly Dictionary<string, Wrong> Wrongs = new()
    {
        ["signature of other bytes"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), signature: voice.Signed(voice.Batch(Durham)).Signature)),
        ["signature of noughts"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), signature: ByteString.CopyFrom(new byte[64]))),
        ["bytes altered after signing"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), message: Altered(Good(voice)).ToByteString())),
        ["a key that nobody has"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => SignedBy(BodyKey.Generate(), Good(voice))),
        ["signature without the prefix"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), signature: ByteString.CopyFrom(voice.Key.Sign(Good(voice).ToByteArray())))),
        ["another body's name"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => voice.Signed(Changed(Good(voice), message => message.Sender = Newcastle))),
        ["a sender that nobody registered"] = new(StatusCode.Unauthenticated, "PEER_SENDER_UNKNOWN", voice => voice.Signed(Changed(Good(voice), message => message.Sender = PeersSetting.Unregistered))),
        ["a sender that is no body here"] = new(StatusCode.Unauthenticated, "PEER_SENDER_UNKNOWN", voice => voice.Signed(Changed(Good(voice), message => message.Sender = "E09000001"))),
        ["another epoch"] = new(StatusCode.PermissionDenied, "PEER_ORIGIN_WRONG", voice => voice.Signed(Changed(Good(voice), message => message.SenderEpoch = 2))),
        ["no epoch"] = new(StatusCode.PermissionDenied, "PEER_ORIGIN_WRONG", voice => voice.Signed(Changed(Good(voice), message => message.SenderEpoch = 0))),
        ["another federation"] = new(StatusCode.PermissionDenied, "PEER_ORIGIN_WRONG", voice => voice.Signed(Changed(Good(voice), message => message.Federation = "demo-20260101-00000000"))),
        ["a receiver of another instance"] = new(StatusCode.NotFound, "NOT_HERE", voice => voice.Signed(voice.Batch(Region, Proposal(Region, 1, 1)))),
        ["a batch to Durham, handed to another"] = new(StatusCode.NotFound, "NOT_HERE", voice => voice.Signed(Good(voice)), Region),
        ["a batch to Durham, addressed anew"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), message: Changed(Good(voice), message => message.Receiver = Newcastle).ToByteString())),
        ["receipts instead of deliveries"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(Changed(Good(voice), message => message.Receipts = new ReceiptBatch { Receipts = { new Receipt { Sequence = 1, Entries = { ByteString.CopyFromUtf8(Marker) } } } }))),
        ["nothing at all"] = new(StatusCode.InvalidArgument, "MALFORMED", _ => new SignedMessage()),
        ["no signature"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => With(voice.Signed(Good(voice)), signature: ByteString.Empty)),
        ["a short signature"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => With(voice.Signed(Good(voice)), signature: ByteString.CopyFrom(new byte[63]))),
        ["two signatures"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => With(voice.Signed(Good(voice)), signature: ByteString.CopyFrom([.. voice.Signed(Good(voice)).Signature, .. voice.Signed(Good(voice)).Signature]))),
        ["a signed message within a signed message"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => SignedBytes(voice, voice.Signed(Good(voice)).ToByteArray())),
        ["a message behind another, signed for the first"] = new(StatusCode.Unauthenticated, "PEER_SIGNATURE_WRONG", voice => With(voice.Signed(Good(voice)), message: ByteString.CopyFrom([.. Good(voice).ToByteArray(), .. voice.Batch(Durham).ToByteArray()]))),
        ["bytes that are no message"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => With(voice.Signed(Good(voice)), message: ByteString.CopyFromUtf8(Marker))),
        ["a message over 2 MiB"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Enumerable.Range(1, 33).Select(i => Large((ulong)i))))),
        ["a sender that is no name"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(Changed(Good(voice), message => message.Sender = Marker + "\n"))),
        ["a receiver that is no name"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(Changed(Good(voice), message => message.Receiver = Marker + " " + Marker))),
        ["an empty batch"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham))),
        ["too many deliveries"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Enumerable.Range(1, 257).Select(i => Proposal(Durham, (ulong)i, (ulong)i))))),
        ["a delivery without entries"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, new Delivery { Sequence = 1 }))),
        ["a delivery of too many entries"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, new Delivery { Sequence = 1, Entries = { Enumerable.Repeat(Proposal(Durham, 1, 1).Entries[0], 17) } }))),
        ["an entry that is too long"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Large(1, 65_536)))),
        ["sequence 0"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 0, 1)))),
        ["sequences that leave one out"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 1, 1), Proposal(Durham, 3, 2)))),
        ["a sequence twice"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 1, 1), Proposal(Durham, 1, 1)))),
        ["sequences backwards"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 2, 2), Proposal(Durham, 1, 1)))),
        ["a sequence beyond all counting"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, ulong.MaxValue, 1)))),
        ["sequences around the end of counting"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, ulong.MaxValue, 1), Proposal(Durham, 0, 2)))),
        ["entries that cannot be read"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, new Delivery { Sequence = 1, Entries = { ByteString.CopyFromUtf8(Marker) } }))),
        ["one unreadable entry behind a good one"] = new(StatusCode.InvalidArgument, "MALFORMED", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 1, 1), new Delivery { Sequence = 2, Entries = { ByteString.CopyFromUtf8(Marker) } }))),
        ["a gap"] = new(StatusCode.FailedPrecondition, "PEER_SEQUENCE_GAP", voice => voice.Signed(voice.Batch(Durham, Proposal(Durham, 5, 1), Proposal(Durham, 6, 2)))),
    };

    public static TheoryData<string> WrongThings => [.. Wrongs.Keys];

    private TestFederation Federation => setting.Federation;

    [Theory]
    [MemberData(nameof(WrongThings))]
    public async Task Deliver_WrongInOneThing_IsRefusedWithoutTraceButALineInTheLog(string what)
    {
        var wrong = Wrongs[what];
        using var voice = new PeerVoice(Federation, Hartlepool);
        var before = await SizesAsync();
        var said = Federation.Log.Lines.Count;

        var refusal = await Assert.ThrowsAsync<RpcException>(() => HandAsync(Federation, wrong.HostOf, wrong.Message(voice)));

        Assert.Equal((wrong.Status, wrong.Reason), (refusal.StatusCode, ReasonOf(refusal)));
        Assert.Equal(before, await SizesAsync());
        var lines = Federation.Log.Lines.Skip(said).ToList();
        var line = Assert.Single(lines, line => line.Event.Id == DeliveryRefused);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains(wrong.Reason, line.Line, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Line.Contains(Marker, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deliver_BehindAGap_SaysWhatIsExpected()
    {
        using var voice = new PeerVoice(Federation, Easington);
        await voice.DeliverAsync(Newcastle, Proposal(Newcastle, 1, 1), Proposal(Newcastle, 2, 2));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => voice.DeliverAsync(Newcastle, Proposal(Newcastle, 4, 4)));

        Assert.Equal("3", refusal.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Metadata["expected_sequence"]);
    }

    [Fact]
    public async Task Deliver_AfterEveryRefusal_GoodBatchIsStillTaken()
    {
        using var voice = new PeerVoice(Federation, Hartlepool);
        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => HandAsync(Federation, Central, With(voice.Signed(voice.Batch(Central, Proposal(Central, 1, 1))), signature: ByteString.CopyFrom(new byte[64]))));
        Assert.Equal("PEER_SIGNATURE_WRONG", ReasonOf(refusal));

        var receipts = await voice.DeliverAsync(Central, Proposal(Central, 1, 1));

        Assert.NotNull(FactOf(Assert.Single(receipts.Receipts)).AgreementProposalReceived);
    }

    private static CourierMessage Good(PeerVoice voice) => voice.Batch(Durham, Proposal(Durham, 1, 1));

    private static CourierMessage Altered(CourierMessage message) => Changed(message, one => one.Deliveries.Deliveries[0] = Proposal(Durham, 1, 2));

    private static CourierMessage Changed(CourierMessage message, Action<CourierMessage> change)
    {
        change(message);
        return message;
    }

    private static SignedMessage With(SignedMessage signed, ByteString? message = null, ByteString? signature = null) =>
        new() { Message = message ?? signed.Message, Signature = signature ?? signed.Signature };

    private static SignedMessage SignedBytes(PeerVoice voice, byte[] bytes) =>
        new() { Message = ByteString.CopyFrom(bytes), Signature = ByteString.CopyFrom(voice.Key.Sign([.. "fundingflows/courier/v1\n"u8, .. bytes])) };

    private static SignedMessage SignedBy(BodyKey key, CourierMessage message)
    {
        using (key)
            return CourierSignature.Sign(message, key);
    }

    private static Delivery Large(ulong sequence, int bytes = 65_000)
    {
        var entry = Entry(sequence, new Fact { AgreementProposed = new AgreementProposed { To = new Addressed { Body = Durham, Sequence = sequence } } });
        entry.Actor += new string('a', bytes - entry.CalculateSize());
        while (entry.CalculateSize() < bytes)
            entry.Actor += "a";
        return Delivery(sequence, entry);
    }

    /// <summary>How long the journals are that anything could have been recorded in.</summary>
    private async Task<(ulong, ulong, ulong, ulong)> SizesAsync() =>
        (await SizeAsync(Durham), await SizeAsync(Newcastle), await SizeAsync(Region), await SizeAsync(Hartlepool));

    private async Task<ulong> SizeAsync(string body) => (await Federation.Officers.BodyAsync(body)).JournalSize;
}
