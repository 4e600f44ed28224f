using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Transfers of other money than was drawn, and receipts of other money than was sent.</summary>
internal static class ReceiptLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a lot wider than its parent"] = new(federation => SendCapital(federation, piece => piece.Line.Kind = Kind.Either), [Check.Containment]),
        ["a lot that claims another source"] = new(federation => SendCapital(federation, piece => piece.Origin.Source.Reference = "nowhere"), [Check.Containment, Check.FederationBalances]),
        ["a receipt with a penny moved between its pieces"] = new(PennyMoved, [Check.TransfersMatch]),
        ["a receipt of less than was sent"] = new(federation => Receipt(federation, lot => lot.AmountPence--), [Check.TransfersMatch, Check.FederationBalances]),
        ["a receipt with another label"] = new(federation => Receipt(federation, lot => lot.Line.Years.LastYear--), [Check.TransfersMatch]),
        ["a receipt from another lot"] = new(federation => Receipt(federation, lot => lot.Parent = federation[Council].Books.Lots.All.First(other => other.Line.Earmarks.Count > 0).Id.ToRef()), [Check.TransfersMatch, Check.Containment]),
        ["a receipt of what was sent to another body"] = new(SentToAnother, [Check.TransfersMatch, Check.FederationBalances]),
        ["a transfer of more than its pieces"] = new(MoreSent, [Check.TransfersMatch]),
    };

    /// <summary>Capital is sent under an award for forums. The forum, which cannot know what it was, believes it.</summary>
    private static string SendCapital(ForgedFederation federation, Action<TransferPiece> change)
    {
        var (_, _, toForum) = federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        federation[Council].Write(new ReleaseFunds(toForum, Year, Kind.Either, EarmarkSet.Of([ForForums]), 10_00), fact =>
        {
            var piece = fact.TransferSent.Pieces.Single();
            piece.Lot = lot.Id.ToRef();
            piece.Origin = lot.Origin.ToOrigin();
            piece.Line.Kind = Kind.Capital;
            change(piece);
        });
        federation.Carry();
        return $"Lot {federation[Forum].Books.Lots.All[^1].Id} ";
    }

    private static string MoreSent(ForgedFederation federation)
    {
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation[Council].Write(new ReleaseFunds(toForum, Year, Kind.Either, EarmarkSet.Of([ForForums]), 10_00), fact => fact.TransferSent.AmountPence++);
        federation.Carry();
        return $"The pieces of {sent} do not add up";
    }

    private static string PennyMoved(ForgedFederation federation)
    {
        federation.OpenFund();
        federation.Issue(100_00);
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 90_00);
        var sent = federation.Release(award, Kind.Capital, 90_00);
        federation.Receive(Central, Region, fact =>
        {
            fact.TransferReceived.Lots[0].AmountPence--;
            fact.TransferReceived.Lots[1].AmountPence++;
        });
        return $"that {sent} sent";
    }

    private static string Receipt(ForgedFederation federation, Action<NewLot> change)
    {
        var sent = federation.ReleaseToForum();
        federation.Receive(Council, Forum, fact => change(fact.TransferReceived.Lots.Single()));
        return $"that {sent} sent";
    }

    private static string SentToAnother(ForgedFederation federation)
    {
        var (_, toCouncil, toForum) = federation.PlayFourTiers();
        var sent = federation.Release(toCouncil, Kind.Capital, 10_00);
        federation.Carry();
        var piece = federation[Region].EntryAt(sent.Index).Fact.TransferSent.Pieces.Single();
        federation[Forum].Write(new Fact
        {
            TransferReceived = new TransferReceived
            {
                Delivery = new DeliveryRef { Entry = sent.ToRef(), Sequence = 1, LeafHashes = { federation.AnswerBy(sent).LeafHashes } },
                Purpose = TransferPurpose.Allocation,
                Award = toForum.ToRef(),
                Lots =
                {
                    new NewLot
                    {
                        Parent = piece.Lot,
                        AmountPence = piece.AmountPence,
                        Line = new Line(piece.Line) { Earmarks = { ForForums } },
                        TermsVersion = 1,
                        Origin = piece.Origin,
                        Award = toForum.ToRef(),
                    },
                },
            },
        });
        return $"{Forum} received {sent}, which {Region} did not send to it";
    }
}
