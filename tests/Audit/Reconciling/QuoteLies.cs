using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Lies about what another body told or answered.</summary>
internal static class QuoteLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a delivery recorded by another hash"] = new(OtherDelivery, [Check.QuotesMatch]),
        ["an answer recorded by another hash"] = new(OtherAnswer, [Check.QuotesMatch]),
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
        reference.LeafHash = reference.LeafHash.Altered();
        var settled = federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = reference } });
        return $"{settled} records {answer.First} otherwise";
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
