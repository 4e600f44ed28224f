using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Transfers counted as arrived, taken back or come back that were not, or otherwise.</summary>
internal static class AnswerLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a transfer counted as arrived that never was received"] = new(NeverReceived, [Check.TransfersMatch]),
        ["a transfer counted as arrived that was refused"] = new(Refused, [Check.TransfersMatch]),
        ["a transfer taken back that was received"] = new(TakenBack, [Check.TransfersMatch, Check.FederationBalances]),
        ["a transfer that came back as part of another lot"] = new(federation => CameBack(federation, lot => lot.Parent = federation[Council].Books.Lots.All.First(other => other.Line.Earmarks.Count == 0).Id.ToRef()), [Check.TransfersMatch, Check.Containment]),
        ["a transfer that came back with another label"] = new(federation => CameBack(federation, lot => lot.Line.Years.LastYear--), [Check.TransfersMatch, Check.LinesBalance]),
    };

    private static string NeverReceived(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = federation.AnswerBy(new EntryId(Forum, 1, 0)) } });
        return $"{sent} is answered at {Council}, but {Forum} neither received nor refused it";
    }

    private static string Refused(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        var refused = federation.Receive(Council, Forum, fact =>
        {
            var delivery = fact.TransferReceived.Delivery;
            fact.TransferRefused = new TransferRefused { Delivery = delivery, Reason = DeliveryRefusal.Malformed };
        });
        federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = federation.AnswerBy(refused) } });
        return $"{sent} was refused by {Forum}, but counted as arrived";
    }

    private static string TakenBack(ForgedFederation federation)
    {
        var sent = federation.ReleaseToForum();
        var (_, answer) = federation.Deliver(Council, Forum)!.Value;
        federation[Council].Write(Reversed(federation, sent, answer.First));
        return $"{sent} was received by {Forum}, and refused or reversed";
    }

    private static string CameBack(ForgedFederation federation, Action<NewLot> change)
    {
        var sent = federation.ReleaseToForum();
        var refused = federation.Receive(Council, Forum, fact =>
        {
            var delivery = fact.TransferReceived.Delivery;
            fact.TransferRefused = new TransferRefused { Delivery = delivery, Reason = DeliveryRefusal.Malformed };
        });
        var reversed = Reversed(federation, sent, refused);
        change(reversed.TransferReversed.Lots.Single());
        federation[Council].Write(reversed);
        return $"{sent} did not come back piece by piece";
    }

    private static Fact Reversed(ForgedFederation federation, EntryId sent, EntryId answer)
    {
        var piece = federation[Council].EntryAt(sent.Index).Fact.TransferSent.Pieces.Single();
        var drawn = federation[Council].Books.Lots.Find(LotId.From(piece.Lot))!;
        return new Fact
        {
            TransferReversed = new TransferReversed
            {
                Transfer = sent.ToRef(),
                Answer = federation.AnswerBy(answer),
                Lots =
                {
                    new NewLot
                    {
                        Parent = piece.Lot,
                        AmountPence = piece.AmountPence,
                        Line = drawn.Line.ToLine(),
                        TermsVersion = drawn.TermsVersion,
                        Origin = drawn.Origin.ToOrigin(),
                        Award = drawn.Award!.Value.ToRef(),
                    },
                },
            },
        };
    }
}
