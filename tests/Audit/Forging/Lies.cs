using Google.Protobuf;

namespace FundingFlows.Audit.Tests;

/// <summary>How a lying body makes its facts: it lets the rules decide, and changes what they decided.</summary>
internal static class Lies
{
    /// <summary>What an honest body would write, changed, and written.</summary>
    public static EntryId Write(this ForgedJournal journal, ICommand command, Action<Fact> change)
    {
        var decision = command.Decide(journal.Books, new Surroundings(journal.Next, () => journal.Root(journal.Size), _ => false, _ => false));
        Fact[] facts = [.. decision.Facts.Select(fact => fact.Clone())];
        change(facts[0]);
        return journal.Write(facts);
    }

    /// <summary>The receiver answers the oldest delivery, and writes something else than it decided. The sender does not hear of it.</summary>
    public static EntryId Receive(this ForgedFederation federation, string sender, string receiver, Action<Fact> change)
    {
        var (sequence, sent) = federation[sender].Books.Deliveries.Unanswered(receiver).First();
        return federation[receiver].Write(new ReceiveDelivery(federation.DeliveryOf(sender, sequence, sent.First.Index, sent.Entries)), change);
    }

    /// <summary>A reference to an entry as an answer.</summary>
    public static AnswerRef AnswerBy(this ForgedFederation federation, EntryId entry) => new()
    {
        Entry = entry.ToRef(),
        LeafHashes = { ByteString.CopyFrom(federation[entry.Body].LeafHash(entry.Index)) },
    };

    public static Lot LotOf(this ForgedFederation federation, string body, Func<Lot, bool> which) => federation[body].Books.Lots.All.First(which);

    public static Lot CapitalOf(this ForgedFederation federation, string body) =>
        federation.LotOf(body, lot => lot.Line.Kind == Kind.Capital && lot.Line.Earmarks.Count == 0 && lot.RemainingPence >= 10_00);

    public static Lot ForForumsAt(this ForgedFederation federation, string body) =>
        federation.LotOf(body, lot => lot.Line.Earmarks.Contains(ForgedFederation.ForForums) && lot.RemainingPence >= 10_00);

    /// <summary>A payment out of a lot, whatever the lot is kept for.</summary>
    public static EntryId PayFrom(this ForgedFederation federation, Lot lot, long pence, Action<PaymentMade>? change = null)
    {
        var made = new PaymentMade
        {
            Fund = ForgedFederation.FundId,
            FinancialYear = ForgedFederation.Year,
            Kind = Kind.Capital,
            Category = "community-building",
            Place = "E05009057",
            Payee = new Payee { Organisation = "GB-CHC-0000001" },
            AmountPence = pence,
            Pieces = { new Piece { Lot = lot.Id.ToRef(), AmountPence = pence } },
        };
        change?.Invoke(made);
        return federation[lot.Id.Entry.Body].Write(new Fact { PaymentMade = made });
    }

    /// <summary>Money through four tiers, and then £10 on its way to the forum.</summary>
    public static EntryId ReleaseToForum(this ForgedFederation federation)
    {
        var (_, _, toForum) = federation.PlayFourTiers();
        return federation.Release(toForum, Kind.Either, 10_00, ForgedFederation.ForForums);
    }

    /// <summary>Bytes with one bit changed.</summary>
    public static ByteString Altered(this ByteString bytes) => ByteString.CopyFrom([(byte)(bytes[0] ^ 1), .. bytes.Span[1..]]);
}
