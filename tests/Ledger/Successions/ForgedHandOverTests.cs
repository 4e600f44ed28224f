namespace FundingFlows.Ledger.Tests;

/// <summary>A council hands over otherwise than it had it. Its successors cannot know; the auditor says what is missing, item by item.</summary>
public sealed class ForgedHandOverTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Liability_HandedOverShortByAPenny_IsFoundAndItsMoneyGoesByShares()
    {
        var liability = stage.Council.Do(stage.Council.Liability(stage.Fund, 900));

        HandsOver(fact => fact.HandedOver?.Thing.Liability is not null, fact => fact.HandedOver.Thing.Liability.HeldPence--);

        var inventory = stage.Federation.InventoryOf(stage.Council);
        Assert.Equal(
            [
                $"E06000021 has taken over liability {liability} otherwise than {stage.Council.Id} had it.",
                $"{stage.Council.Id} held £9 for liability {liability}, of which E06000021 was sent £0.",
            ],
            inventory.Findings());
        Assert.Equal(inventory.HeldPence, inventory.ReceivedPence);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Money_OfAReservationSentShortByAPenny_IsFound()
    {
        var reservation = stage.Council.Do(stage.Council.Reservation(stage.Fund, 700));

        HandsOver(fact => fact.TransferSent?.Pieces.Any(piece => piece.Hold is not null) == true, fact =>
        {
            var held = fact.TransferSent.Pieces.Single(piece => piece.Hold is not null);
            var penny = held.Clone();
            (penny.AmountPence, penny.MustReturn) = (1, true);
            held.AmountPence--;
            fact.TransferSent.Pieces.Add(penny);
        });

        Assert.Equal(
            [$"{stage.Council.Id} held £7 for reservation {reservation}, of which E06000021 was sent £6.99."],
            stage.Federation.InventoryOf(stage.Council).Findings());
    }

    [Fact]
    public void Payment_HandedOverAsLargerThanItWas_IsFound()
    {
        var paid = stage.Council.Do(stage.Council.Payment(stage.Fund, 800));

        HandsOver(fact => fact.HandedOver?.Thing.Payment is not null, fact =>
        {
            fact.HandedOver.Thing.Payment.Made.AmountPence++;
            fact.HandedOver.Thing.Payment.Pieces[0].AmountPence++;
        });

        Assert.Equal(
            [$"E06000021 has taken over payment {paid} otherwise than {stage.Council.Id} had it."], stage.Federation.InventoryOf(stage.Council).Findings());
    }

    [Fact]
    public void Things_OfASuccessorWhoseAnswersAreNotSeenYet_AreNotMissed()
    {
        var liability = stage.Council.Do(stage.Council.Liability(stage.Fund, 900));
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council);
        // What an auditor knows who has read the council to its end, and of its successors nothing yet.
        var inventory = Inventory.Of(new Federation(stage.Federation.Bodies.Where(body => body.Id is not ("E06000021" or "E06000022")).Select(body => body.Books)), stage.Council.Books)!;

        Assert.Empty(inventory.Findings());
        Assert.False(inventory.IsComplete);
        var thing = Assert.Single(inventory.Things, thing => thing.Name == $"liability {liability}");
        Assert.Equal((false, 900L, 0L), (thing.IsTaken, thing.HeldPence, thing.ReceivedPence));
    }

    [Fact]
    public void Money_OfNothingThatWasTakenOver_IsRefused()
    {
        stage.Council.Do(stage.Council.Reservation(stage.Fund, 700));
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council);
        var here = stage.Federation["E06000021"];
        var own = here.Do(here.Reservation(stage.Fund, 100));
        var piece = stage.Council.Books.Transfers.Sent[^1].Pieces[0];
        var lot = stage.Council.Books.Lots.Find(piece.Lot)!;
        var forged = Answers.Forged(stage.Council, here, new Fact
        {
            TransferSent = new TransferSent
            {
                To = new Addressed(),
                Purpose = TransferPurpose.Succession,
                Award = stage.Council.Books.Vesting!.Succession.Order.ToRef(),
                AmountPence = 5,
                Pieces =
                {
                    new TransferPiece
                    {
                        Lot = lot.Id.ToRef(), AmountPence = 5, Line = lot.Line.ToLine(), TermsVersion = lot.TermsVersion, Origin = lot.Origin.ToOrigin(),
                        Award = lot.Award?.ToRef(), FunderLot = lot.FunderLot?.ToRef(), Hold = own.ToRef(),
                    },
                },
            },
        });

        Assert.Equal(DeliveryRefusal.Malformed, Assert.Single(here.Decide(new ReceiveDelivery(forged)).Facts).TransferRefused.Reason);
    }

    /// <summary>The council is abolished and hands over; the first fact of that sort is altered.</summary>
    private void HandsOver(Predicate<Fact> sort, Action<Fact> alter)
    {
        stage.Government.Do(stage.Ordering());
        var done = false;
        for (var portion = 0; !stage.Council.Books.Ending.IsSealed; portion++)
        {
            Assert.InRange(portion, 0, 100);
            stage.Federation.Settle();
            if (stage.Council.Books.Ending.IsSealed)
                break;
            List<Fact> facts = [.. stage.Council.Decide(new HandOver([])).Facts.Select(fact => fact.Clone())];
            if (!done && facts.Find(sort) is { } one)
            {
                alter(one);
                done = true;
            }
            stage.Council.Append([.. facts]);
        }
        Assert.True(done);
    }
}
