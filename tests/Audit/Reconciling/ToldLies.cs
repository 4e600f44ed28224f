using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Lies by name: each tells itself, answers with what its finding must name, and says which checks it breaks (the first names it).</summary>
internal static class ToldLies
{
    public static IReadOnlyDictionary<string, (Func<ForgedFederation, string> Tell, Check[] Breaks)> All { get; } =
        new Dictionary<string, (Func<ForgedFederation, string>, Check[])>
        {
            ["a report with another total"] = (federation => Report(federation, report => report.Totals.SpentPence++), [Check.ReportsRecomputed]),
            ["a report with another line"] = (federation => Report(federation, report => report.Lines[0].CashPence++), [Check.ReportsRecomputed]),
            ["a report without a line"] = (federation => Report(federation, report => report.Lines.RemoveAt(0)), [Check.ReportsRecomputed]),
            ["a report over another root"] = (federation => Report(federation, report => report.JournalRoot = report.JournalRoot.Altered()), [Check.ReportsRecomputed]),
            ["a report over another size"] = (federation => Report(federation, report => report.JournalSize--), [Check.ReportsRecomputed]),
            ["a report that makes a report below it say more"] = (FalseChild, [Check.ReportsRecomputed]),
            ["a report of another report below it"] = (OtherChild, [Check.ReportsRecomputed]),
            ["a delivery recorded by another hash"] = (OtherDelivery, [Check.QuotesMatch]),
            ["an answer recorded by another hash"] = (OtherAnswer, [Check.QuotesMatch]),
            ["one thing told and another recorded"] = (ToldOtherwise, [Check.QuotesMatch]),
            ["a payment of more than its lot has"] = (Overdrawn, [Check.LotsInBounds]),
            ["a refund into a lot that was never drawn so far"] = (Overfilled, [Check.LotsInBounds, Check.LinesBalance]),
            ["a payment of more than its pieces"] = (MoreThanItsPieces, [Check.LinesBalance]),
            ["a refund of more than was paid"] = (MoreBack, [Check.LinesBalance]),
            ["a lot wider than its parent"] = (federation => SendCapital(federation, piece => piece.Line.Kind = Kind.Either), [Check.Containment]),
            ["a lot that claims another source"] = (federation => SendCapital(federation, piece => piece.Origin.Source.Reference = "nowhere"), [Check.Containment, Check.FederationBalances]),
            ["a payment from money that is kept for forums"] = (federation => Payment(federation, Lies.ForForumsAt), [Check.Containment]),
            ["a payment in a year outside the window"] = (federation => Payment(federation, Lies.CapitalOf, made => made.FinancialYear = Year + 3), [Check.Containment]),
            ["a payment for running costs from capital"] = (federation => Payment(federation, Lies.CapitalOf, made => made.Kind = Kind.Revenue), [Check.Containment]),
            ["a payment that counts against another fund"] = (federation => Payment(federation, Lies.CapitalOf, made => made.Fund = "mhclg.another"), [Check.Containment]),
            ["a fund's terms remembered otherwise"] = (OtherTerms, [Check.Containment]),
            ["a lot under terms that nobody knows, and a payment from it"] = (UnknownTerms, [Check.Containment]),
            ["an issue with a penny moved between its shares"] = (federation => Issue(federation, issued => { issued.Lots[0].AmountPence++; issued.Lots[2].AmountPence--; }), [Check.Containment]),
            ["an issue without the share for forums"] = (federation => Issue(federation, issued => { issued.Lots[0].AmountPence += issued.Lots[2].AmountPence; issued.Lots.RemoveAt(2); }), [Check.Containment]),
            ["an issue that is kept for nothing"] = (federation => Issue(federation, issued => issued.Lots[2].Line.Earmarks.Clear()), [Check.Containment]),
            ["an issue for other years"] = (federation => Issue(federation, issued => issued.Lots[1].Line.Years.LastYear++), [Check.Containment]),
            ["an issue in the fund of another body"] = (OthersFund, [Check.Containment]),
            ["a receipt with a penny moved between its pieces"] = (PennyMoved, [Check.TransfersMatch]),
            ["a receipt of less than was sent"] = (federation => Receipt(federation, lot => lot.AmountPence--), [Check.TransfersMatch, Check.FederationBalances]),
            ["a receipt with another label"] = (federation => Receipt(federation, lot => lot.Line.Years.LastYear--), [Check.TransfersMatch]),
            ["a receipt from another lot"] = (federation => Receipt(federation, lot => lot.Parent = federation[Council].Books.Lots.All.First(other => other.Line.Earmarks.Count > 0).Id.ToRef()), [Check.TransfersMatch, Check.Containment]),
            ["a receipt of what was sent to another body"] = (SentToAnother, [Check.TransfersMatch, Check.FederationBalances]),
            ["a transfer counted as arrived that never was received"] = (NeverReceived, [Check.TransfersMatch]),
            ["a transfer counted as arrived that was refused"] = (Refused, [Check.TransfersMatch]),
            ["a transfer taken back that was received"] = (TakenBack, [Check.TransfersMatch, Check.FederationBalances]),
            ["a transfer that came back as part of another lot"] = (federation => CameBack(federation, lot => lot.Parent = federation[Council].Books.Lots.All.First(other => other.Line.Earmarks.Count == 0).Id.ToRef()), [Check.TransfersMatch, Check.Containment]),
            ["a transfer that came back with another label"] = (federation => CameBack(federation, lot => lot.Line.Years.LastYear--), [Check.TransfersMatch, Check.LinesBalance]),
            ["a transfer of more than its pieces"] = (MoreSent, [Check.TransfersMatch]),
        };

    private static string Report(ForgedFederation federation, Action<ReportSubmitted> change)
    {
        federation.PlayFourTiers();
        var report = federation[Council].Write(new SubmitReport(FundId, Region), fact => change(fact.ReportSubmitted));
        federation.Carry();
        return $"Report {report} ";
    }

    private static string FalseChild(ForgedFederation federation) => Child(federation, child => child.Totals.SpentPence++, report => report.Totals.SpentPence++);

    private static string OtherChild(ForgedFederation federation) => Child(federation, child => child.LeafHash = child.LeafHash.Altered(), _ => { });

    private static string Child(ForgedFederation federation, Action<ChildReport> change, Action<ReportSubmitted> accordingly)
    {
        federation.PlayFourTiers();
        var below = federation[Forum].Do(new SubmitReport(FundId, Council));
        federation.Carry();
        federation[Council].Write(new SubmitReport(FundId, Region), fact =>
        {
            change(fact.ReportSubmitted.Children.Single());
            accordingly(fact.ReportSubmitted);
        });
        federation.Carry();
        return $"contains {below} otherwise";
    }

    private static string OtherDelivery(ForgedFederation federation)
    {
        var sent = ReleaseToForum(federation);
        var received = federation.Receive(Council, Forum, fact => fact.TransferReceived.Delivery.LeafHashes[0] = fact.TransferReceived.Delivery.LeafHashes[0].Altered());
        return $"{received} records {sent} otherwise";
    }

    private static string OtherAnswer(ForgedFederation federation)
    {
        var sent = ReleaseToForum(federation);
        var (_, answer) = federation.Deliver(Council, Forum)!.Value;
        var reference = federation.AnswerBy(answer.First);
        reference.LeafHash = reference.LeafHash.Altered();
        var settled = federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = reference } });
        return $"{settled} records {answer.First} otherwise";
    }

    private static string ToldOtherwise(ForgedFederation federation)
    {
        var sent = ReleaseToForum(federation);
        var told = federation[Council].EntryAt(sent.Index);
        told.RecordedAt.Seconds -= 86_400;
        var delivery = federation.DeliveryOf(Council, (long)told.Fact.TransferSent.To.Sequence, sent.Index, 1);
        var received = federation[Forum].Do(new ReceiveDelivery(delivery with { Entries = [new DeliveredEntry(told, MerkleHash.Leaf(Google.Protobuf.MessageExtensions.ToByteArray(told)))] }));
        return $"{received} records {sent} otherwise";
    }

    private static string Overdrawn(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        federation.PayFrom(lot, lot.RemainingPence + 1);
        return $"Lot {lot.Id} ";
    }

    private static string Overfilled(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        var payment = federation.PayFrom(lot, 1_00);
        Refund(federation, payment, lot, lot.AmountPence);
        return $"Lot {lot.Id} ";
    }

    private static string MoreThanItsPieces(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        return $"payment {federation.PayFrom(federation.CapitalOf(Council), 1_00, made => made.AmountPence++)} ";
    }

    private static string MoreBack(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        var payment = federation.PayFrom(lot, 1_00);
        federation.PayFrom(lot, 5_00);
        Refund(federation, payment, lot, 1_01);
        return $"payment {payment} ";
    }

    private static void Refund(ForgedFederation federation, EntryId payment, Lot lot, long pence) => federation[payment.Body].Write(new Fact
    {
        PaymentRefunded = new PaymentRefunded { Payment = payment.ToRef(), AmountPence = pence, Pieces = { new Piece { Lot = lot.Id.ToRef(), AmountPence = pence } } },
    });

    private static string Payment(ForgedFederation federation, Func<ForgedFederation, string, Lot> from, Action<PaymentMade>? change = null)
    {
        federation.PlayFourTiers();
        return $"Payment {federation.PayFrom(from(federation, Council), 1_00, change)} ";
    }

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

    private static string OtherTerms(ForgedFederation federation)
    {
        federation.OpenFund();
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation[Central].Do(new OfferAward(Region, FundId, [new Promise { FinancialYear = Year, Kind = Kind.Either, Earmarks = { ForForums }, AmountPence = 20_00 }]));
        federation.Receive(Central, Region, fact => fact.AwardOfferReceived.Terms.Earmarks.Single().Spenders.Add(Tier.CombinedAuthority));
        federation.Carry();
        federation[Region].Do(new AnswerAward(award, Accept: true));
        federation.Carry();
        federation.Release(award, Kind.Either, 20_00, ForForums);
        federation.Carry();
        // By the terms that it remembers, it may spend what is for forums.
        federation.Pay(Region, Kind.Revenue, 5_00);
        return $"{Region} holds other terms of {FundId} ";
    }

    private static string UnknownTerms(ForgedFederation federation)
    {
        ReleaseToForum(federation);
        federation.Receive(Council, Forum, fact => fact.TransferReceived.Lots.Single().TermsVersion = 7);
        federation.PayFrom(federation[Forum].Books.Lots.All[^1], 1_00);
        return $"Lot {federation[Forum].Books.Lots.All[^1].Id} ";
    }

    private static string Issue(ForgedFederation federation, Action<MoneyIssued> change)
    {
        federation.PlayFourTiers();
        return $"{federation[Central].Write(new IssueMoney(FundId, new SourceId(SourceKind.DormantAssets, "tranche"), 100_00), fact => change(fact.MoneyIssued))} was issued otherwise";
    }

    private static string OthersFund(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        // Decided by the real issuer and then written by another: everything fits but whose fund it is.
        var issued = new IssueMoney(FundId, new SourceId(SourceKind.Income, "printed"), 100_00)
            .Decide(federation[Central].Books, new Surroundings(federation[Council].Next, () => [], _ => false)).Facts.Single();
        return $"{federation[Council].Write(issued)} was issued otherwise";
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
        var sent = ReleaseToForum(federation);
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
                Delivery = new DeliveryRef { Entry = sent.ToRef(), Sequence = 1, LeafHashes = { federation.AnswerBy(sent).LeafHash } },
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

    private static string NeverReceived(ForgedFederation federation)
    {
        var sent = ReleaseToForum(federation);
        federation[Council].Write(new Fact { TransferSettled = new TransferSettled { Transfer = sent.ToRef(), Answer = federation.AnswerBy(new EntryId(Forum, 1, 0)) } });
        return $"{sent} is answered at {Council}, but {Forum} neither received nor refused it";
    }

    private static string Refused(ForgedFederation federation)
    {
        var sent = ReleaseToForum(federation);
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
        var sent = ReleaseToForum(federation);
        var (_, answer) = federation.Deliver(Council, Forum)!.Value;
        federation[Council].Write(Reversed(federation, sent, answer.First));
        return $"{sent} was received by {Forum}, and refused or reversed";
    }

    private static string CameBack(ForgedFederation federation, Action<NewLot> change)
    {
        var sent = ReleaseToForum(federation);
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

    private static string MoreSent(ForgedFederation federation)
    {
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation[Council].Write(new ReleaseFunds(toForum, Year, Kind.Either, EarmarkSet.Of([ForForums]), 10_00), fact => fact.TransferSent.AmountPence++);
        federation.Carry();
        return $"The pieces of {sent} do not add up";
    }

    private static EntryId ReleaseToForum(ForgedFederation federation)
    {
        var (_, _, toForum) = federation.PlayFourTiers();
        return federation.Release(toForum, Kind.Either, 10_00, ForForums);
    }
}
