namespace FundingFlows.Ledger.Tests;

/// <summary>Money that is set aside is still cash, can be drawn for nothing else, and comes free by an entry.</summary>
public sealed class ReservationTests
{
    private readonly Stage stage = new();
    private readonly EntryId reservation;

    public ReservationTests() => reservation = stage.Council.Do(stage.Council.Reservation(stage.Fund, 5_000));

    private Books Books => stage.Council.Books;

    private Lot Revenue => Books.Lots.All.First(lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0);

    [Fact]
    public void Reservation_Made_LeavesCashAndTakesFromTheFree()
    {
        Assert.Equal((8_000, 5_000, 3_000), (Revenue.RemainingPence, Revenue.HeldPence, Revenue.FreePence));
        Assert.Equal(24_000, stage.Council.Balance(Account.Cash));
        Assert.Equal((5_000, 0), (Books.Holds.HeldPence(HoldKind.Reservation, stage.Fund), Books.Holds.HeldPence(HoldKind.Liability, stage.Fund)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Payment_OfMoneySetAside_IsRefused()
    {
        Assert.NotEmpty(stage.Council.Decide(stage.Council.Payment(stage.Fund, 3_000)).Facts);
        var decision = stage.Council.Decide(stage.Council.Payment(stage.Fund, 3_001));

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, decision);
        Assert.Equal("3000", decision.Refusal!.Details["usable_pence"]);
    }

    /// <summary>A refusal says what money is held for; of several things, the one that holds most.</summary>
    [Fact]
    public void Payment_OfHeldMoney_HearsWhatItIsHeldFor()
    {
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        stage.Council.Issues(levy, 8_000);
        string Why() => stage.Council.Decide(stage.Council.Payment(levy, 8_000)).Refusal!.Sentence;

        stage.Council.Do(stage.Council.Reservation(levy, 1_000));
        Assert.StartsWith("£10 of Better Places is kept for what was ordered or reserved, so it cannot be used", Why(), StringComparison.Ordinal);
        stage.Council.Do(stage.Council.Liability(levy, 2_000));
        Assert.StartsWith("£20 of Better Places is kept for what was received and is not paid for yet, so it cannot be used", Why(), StringComparison.Ordinal);
    }

    /// <summary>A payee is the same in any letters: also the one that something was ordered from.</summary>
    [Fact]
    public void Payment_ToWhomItWasOrderedFromInOtherLetters_UsesTheOrder()
    {
        var order = stage.Council.Reservation(stage.Fund, 1_000);
        var ordered = stage.Council.Do(order with { For = order.For with { Supplier = Write.Organisation("GB-COH-SC123456") } });
        var payment = stage.Council.Payment(stage.Fund, 1_000) with { OutOf = ordered };

        Refused.MustBe(MakePaymentRefusal.NotWhatItIsHeldFor, stage.Council.Decide(payment with { Payee = Write.Organisation("GB-COH-SC123457") }));
        stage.Council.Do(payment with { Payee = Write.Organisation("GB-COH-sc123456") });
        Assert.Equal(0, Books.Holds.Find(ordered)!.AmountPence);
    }

    [Fact]
    public void Repayment_OfMoneySetAside_IsRefused()
    {
        Refused.MustBe(
            RepayUnderspendRefusal.KeptForSomethingElse,
            stage.Council.Decide(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 3_001)));
    }

    [Fact]
    public void Release_OfAPart_MakesThatFreeAndNoMore()
    {
        stage.Council.Do(new ReleaseReservation(reservation, 2_000));

        Assert.Equal((3_000, 5_000), (Books.Holds.Find(reservation)!.AmountPence, Revenue.FreePence));
        Assert.Equal(2_000, Books.Reservations.Find(reservation)!.ReleasedPence);
        stage.Council.Do(new ReleaseReservation(reservation, 3_000));
        Assert.Equal((0, 8_000), (Books.Holds.Find(reservation)!.Pieces.Count, Revenue.FreePence));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Expiry_AsOfItsDay_MakesAllThatIsLeftFree()
    {
        stage.Council.Do(new ReleaseReservation(reservation, 2_000));

        stage.Council.Do(new ExpireReservation(reservation, Write.YearEnd));

        Assert.Equal((8_000, 0, true), (Revenue.FreePence, Books.Holds.Find(reservation)!.AmountPence, Books.Reservations.Find(reservation)!.IsExpired));
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(stage.Council)));
    }

    [Fact]
    public void Reservation_OfSeveralLots_IsReleasedLastDrawnFirst()
    {
        var fund = Pieces.Pennies(stage.Council, 3);
        var lots = Books.Lots.Remaining(fund).ToList();
        var pennies = stage.Council.Do(stage.Council.Reservation(fund, 3));

        stage.Council.Do(new ReleaseReservation(pennies, 2));

        Assert.Equal([lots[0]], Books.Holds.Find(pennies)!.Pieces.Select(piece => piece.Key));
        Assert.Equal([0, 1, 1], lots.Select(lot => lot.FreePence));
    }

    [Fact]
    public void Reservation_OfManyPieces_IsMadeAndReleasedInPartsAsOne()
    {
        const int Most = Parts.MostParts * Parts.MostPieces;
        var fund = Pieces.Pennies(stage.Council, Most);

        var many = stage.Council.Do(stage.Council.Reservation(fund, Most));
        var released = stage.Council.Do(new ReleaseReservation(many, Most));

        Assert.Equal((Parts.MostParts, Parts.MostParts), (stage.Council.Facts(many).Count, stage.Council.Facts(released).Count));
        Assert.Equal((0, Most), (Books.Holds.Find(many)!.AmountPence, Books.Reservations.Find(many)!.ReleasedPence));
        Assert.Equal(2, Books.Reservations.All.Count);
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(stage.Council)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Drawing_FromAHold_TakesItsPiecesAlone()
    {
        var hold = Books.Holds.Find(reservation)!;

        Assert.Equal([new DrawnPiece(Revenue, 4_000, reservation)], Drawing.From(hold, _ => null, 4_000).Pieces);
        Assert.Null(Drawing.From(hold, _ => null, 5_001).Pieces);
    }

    [Fact]
    public void Check_OfMoreHeldThanRemains_IsFound()
    {
        stage.Council.Append(new Fact
        {
            Reserved = new Reserved
            {
                Use = stage.Council.Reservation(stage.Fund, 1).For.ToUse(),
                ExpiresOn = Write.YearEnd.ToDate(),
                Purpose = Write.Digest("More than there is."),
                AmountPence = 3_001,
                Pieces = { new Piece { Lot = Revenue.Id.ToRef(), AmountPence = 3_001 } },
            },
        });

        Assert.Contains(stage.Federation.Check(), result => result.Invariant == Invariant.LotsInBounds && !result.Holds);
    }
}
