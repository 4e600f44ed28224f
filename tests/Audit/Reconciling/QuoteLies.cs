using Google.Protobuf;
using Google.Protobuf.Collections;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Lies about what another body told or answered.</summary>
internal static class QuoteLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a delivery recorded by another hash"] = new(OtherDelivery, [Check.QuotesMatch]),
        ["an answer recorded by another hash"] = new(OtherAnswer, [Check.QuotesMatch]),
        ["the second part of an answer recorded by another hash"] = new(federation => OtherParts(federation, hashes => hashes[1] = hashes[1].Altered()), [Check.QuotesMatch]),
        ["half of an answer recorded as the whole"] = new(federation => OtherParts(federation, hashes => hashes.RemoveAt(1)), [Check.QuotesMatch]),
        ["more of an answer recorded than there is"] = new(federation => OtherParts(federation, hashes => hashes.Add(hashes[1])), [Check.QuotesMatch]),
        ["one thing told and another recorded"] = new(ToldOtherwise, [Check.QuotesMatch]),
    };

    private static string OtherDelivery(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        var received = federation.Receive(Council, Forum, fact => fact.TransferReceived.Delivery.LeafHashes[0] = fact.TransferReceived.Delivery.LeafHashes[0].Altered());
        return $"{received} records {sent} otherwise";
    }

    private static string OtherAnswer(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        var (_, answer) = federation.Deliver(Council, Forum)!.Value;
        var reference = federation.AnswerBy(answer.First);
        reference.LeafHashes[0] = reference.LeafHashes[0].Altered();
        var settled = federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = reference } });
        return $"{settled} records {answer.First} otherwise";
    }

    /// <summary>The receipt of so many pieces that it takes two entries.</summary>
    private static string OtherParts(ForgedFederation federation, Action<RepeatedField<ByteString>> change)
    {
        const int Pieces = 300;
        federation.OpenFund();
        for (var i = 0; i < Pieces; i++)
            federation.Issue(10_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, Pieces * 6_00);
        federation.Release(award, Kind.Capital, Pieces * 6_00);
        var (sequence, answer) = federation.Deliver(Central, Region)!.Value;
        var decision = federation.AnswerTo(Central, Region, (sequence, answer)).Decide(federation[Central].Books, new Surroundings(federation[Central].Next, () => [], _ => false, _ => false));
        var settled = decision.Facts.Single().Clone();
        change(settled.TransferSettled.Answer.LeafHashes);
        return $"{federation[Central].Write(settled)} records {answer.First} otherwise";
    }

    private static string ToldOtherwise(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        var told = federation[Council].EntryAt(sent.Index);
        told.RecordedAt.Seconds -= 86_400;
        var delivery = federation.DeliveryOf(Council, (long)told.Fact.TransferSent.To.Sequence, sent.Index, 1);
        var received = federation[Forum].Do(new ReceiveDelivery(delivery with { Entries = [new DeliveredEntry(told, MerkleHash.Leaf(Google.Protobuf.MessageExtensions.ToByteArray(told)))] }));
        return $"{received} records {sent} otherwise";
    }
}
