using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;
using static FundingFlows.Tiers.Tests.PeerVoice;
using Delivery = FundingFlows.Contracts.Peer.V1.Delivery;

namespace FundingFlows.Tiers.Tests;

/// <summary>A delivery is decided once, and whoever asks again hears the same.</summary>
public sealed class DecidedOnceTests(PeersSetting setting) : IClassFixture<PeersSetting>
{
    private TestFederation Federation => setting.Federation;

    [Fact]
    public async Task Deliver_GoodBatch_IsRecordedAndReceiptsAreSignedByTheReceiver()
    {
        using var voice = new PeerVoice(Federation, Hartlepool);
        using var durham = new PeerVoice(Federation, Durham);
        var before = await SizeAsync(Durham);
        var batch = voice.Batch(Durham, Proposal(Durham, 1, 7), Proposal(Durham, 2, 9));

        var answer = await HandAsync(Federation, Durham, voice.Signed(batch));

        Assert.True(CourierSignature.IsBy(answer.Signed, VerifierKey.Of($"{Federation.Id}/{Durham}/1", durham.Key.PublicKey)));
        var message = CourierMessage.Parser.ParseFrom(answer.Signed.Message);
        Assert.Equal((Federation.Id, Durham, 1u, Hartlepool), (message.Federation, message.Sender, message.SenderEpoch, message.Receiver));
        Assert.Equal([1ul, 2ul], message.Receipts.Receipts.Select(receipt => receipt.Sequence));
        var received = message.Receipts.Receipts.Select(receipt => FactOf(receipt).AgreementProposalReceived).ToList();
        Assert.Equal([7ul, 9ul], received.Select(fact => fact.Delivery.Entry.Index));
        Assert.Equal(
            batch.Deliveries.Deliveries.Select(delivery => ByteString.CopyFrom(MerkleHash.Leaf(delivery.Entries[0].Span))),
            received.SelectMany(fact => fact.Delivery.LeafHashes));
        Assert.Equal(before + 2, await SizeAsync(Durham));
    }

    [Fact]
    public async Task Deliver_SameBatchAgain_HasOneEffectAndGetsTheSameEntries()
    {
        using var voice = new PeerVoice(Federation, Hartlepool);
        var first = await voice.DeliverAsync(Newcastle, Proposal(Newcastle, 1, 1), Proposal(Newcastle, 2, 2));
        var size = await SizeAsync(Newcastle);

        var again = await voice.DeliverAsync(Newcastle, Proposal(Newcastle, 1, 1), Proposal(Newcastle, 2, 2));
        var half = await voice.DeliverAsync(Newcastle, Proposal(Newcastle, 2, 2));

        Assert.Equal(first, again);
        Assert.Equal(first.Receipts[1], Assert.Single(half.Receipts));
        Assert.Equal(size, await SizeAsync(Newcastle));
    }

    [Fact]
    public async Task Deliver_SameBatchManyTimesAtOnce_HasOneEffectAndGetsTheSameEntries()
    {
        using var voice = new PeerVoice(Federation, Easington);
        var before = await SizeAsync(Durham);
        var deliveries = Enumerable.Range(1, 10).Select(i => Proposal(Durham, (ulong)i, (ulong)i)).ToList();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => voice.DeliverAsync(Durham, deliveries)));

        Assert.All(receipts, batch => Assert.Equal(receipts[0], batch));
        Assert.Equal(before + 10, await SizeAsync(Durham));
    }

    [Fact]
    public async Task Deliver_OtherWordsUnderASequenceThatWasDecided_GetsTheOldAnswer()
    {
        using var voice = new PeerVoice(Federation, Horden);
        var first = await voice.DeliverAsync(Durham, Proposal(Durham, 1, 1));

        var again = await voice.DeliverAsync(Durham, Proposal(Durham, 1, 50));

        Assert.Equal(first, again);
    }

    /// <summary>What is signed and in turn, and yet contradicts its envelope: it is refused for good, and that is recorded.</summary>
    [Fact]
    public async Task Deliver_EntriesThatContradictTheirEnvelope_AreRefusedForGood()
    {
        using var voice = new PeerVoice(Federation, Newcastle);
        Delivery[] deliveries =
        [
            Proposal(Durham, 1, 10),                                                                                       // to another body
            Delivery(2, Entry(11, To(Hartlepool, 3))),                                                                     // another sequence
            Delivery(3, Entry(12, new Fact { AgreementProposed = new AgreementProposed() })),                              // to nobody
            Delivery(4, Entry(13, new Fact())),                                                                            // no fact
            Delivery(5, Entry(14, new Fact { FundOpened = new FundOpened() })),                                            // a fact that stays at home
            Delivery(6, Entry(15, To(Hartlepool, 6)), Entry(16, To(Hartlepool, 6))),                                       // two that are no parts
            Proposal(Hartlepool, 7, 14),                                                                                   // an entry behind the newest one
            Proposal(Hartlepool, 8, ulong.MaxValue),                                                                       // an entry that no journal reaches
            Delivery(9, Entry(17, new Fact { TransferSent = new TransferSent { To = new Addressed { Body = Durham, Sequence = 9 } } })),
        ];

        var receipts = await voice.DeliverAsync(Hartlepool, deliveries);

        var facts = receipts.Receipts.Select(FactOf).ToList();
        Assert.Equal(
            [DeliveryRefusal.NotAddressedHere, .. Enumerable.Repeat(DeliveryRefusal.Malformed, 7)],
            facts.Take(8).Select(fact => fact.DeliveryRefused?.Reason));
        Assert.Equal(DeliveryRefusal.NotAddressedHere, facts[8].TransferRefused?.Reason);
        Assert.Equal(receipts, await voice.DeliverAsync(Hartlepool, deliveries));
        Assert.NotNull(FactOf(Assert.Single((await voice.DeliverAsync(Hartlepool, Proposal(Hartlepool, 10, 20))).Receipts)).AgreementProposalReceived);
    }

    /// <summary>An entry that was delivered before cannot be delivered again as something new.</summary>
    [Fact]
    public async Task Deliver_SameEntryUnderTheNextSequence_IsRefusedForGoodAndTheBodyGoesOn()
    {
        using var voice = new PeerVoice(Federation, Hartlepool);
        await voice.DeliverAsync(Region, Proposal(Region, 1, 5));

        var receipts = await voice.DeliverAsync(Region, Proposal(Region, 2, 5));

        Assert.Equal(DeliveryRefusal.Malformed, FactOf(Assert.Single(receipts.Receipts)).DeliveryRefused?.Reason);
        Assert.NotNull(FactOf(Assert.Single((await voice.DeliverAsync(Region, Proposal(Region, 3, 6))).Receipts)).AgreementProposalReceived);
    }

    /// <summary>What the sender made so long that its answer would not fit in an entry.</summary>
    [Fact]
    public async Task Deliver_OfferWhoseAnswerWouldBeTooLong_IsRefusedForGoodAndTheBodyGoesOn()
    {
        var officers = Federation.Officers;
        var agreement = await officers.AgreeAsync(Region, Horden);
        Assert.True(EntryId.TryParse(agreement, out var id));
        using var voice = new PeerVoice(Federation, Region);
        var offer = new AwardOffered
        {
            To = new Addressed { Body = Horden, Sequence = 2 },
            Agreement = id.ToRef(),
            Terms = new FundTerms { Fund = "mhclg.long", Version = 1, Title = "", Years = new YearWindow { FirstYear = 2026, LastYear = 2026 } },
            Promises = { new Promise { FinancialYear = 2026, Kind = Kind.Capital, AmountPence = 1 } },
        };
        offer.Terms.Title = new string('x', 65_535 - Entry(100, new Fact { AwardOffered = offer }).CalculateSize() - 16);

        var receipts = await voice.DeliverAsync(Horden, Delivery(2, Entry(100, new Fact { AwardOffered = offer })));

        Assert.Equal(DeliveryRefusal.Malformed, FactOf(Assert.Single(receipts.Receipts)).DeliveryRefused?.Reason);
        Assert.NotNull(FactOf(Assert.Single((await voice.DeliverAsync(Horden, Proposal(Horden, 3, 101))).Receipts)).AgreementProposalReceived);
    }

    private static Fact To(string body, ulong sequence) => new() { AgreementProposed = new AgreementProposed { To = new Addressed { Body = body, Sequence = sequence } } };

    private async Task<ulong> SizeAsync(string body) => (await Federation.Officers.BodyAsync(body)).JournalSize;
}
