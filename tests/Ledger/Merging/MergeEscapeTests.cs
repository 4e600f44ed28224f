namespace FundingFlows.Ledger.Tests;

/// <summary>Ways in which merged money might leave its ring-fence, or be lost or counted twice. None does.</summary>
public sealed class MergeEscapeTests
{
    private const string Narrow = "GOV.narrow";
    private const string Flexible = "GOV.flexible";
    private const string Wide = "GOV.wide";
    private static readonly SplitShare Open = Write.Share(Kind.Either, 10_000);
    private readonly Stage stage = new();
    private readonly EntryId award;

    /// <summary>Narrow money may be merged into the flexible fund, and that into the wide one. The council holds £50 of the narrow.</summary>
    public MergeEscapeTests()
    {
        Government.OpensPot("narrow", [Flexible], Write.Share(Kind.Revenue, 10_000));
        Government.OpensPot("flexible", [Wide], Open);
        Government.OpensPot("wide", [], Open);
        Government.Issues(Narrow, 10_000);
        foreach (var known in new[] { Flexible, Wide })
            stage.Federation.Awards(Government, Council, known, Write.Promise(2026, Kind.Either, 1_000));
        award = stage.Federation.Awards(Government, Council, Narrow, Write.Promise(2026, Kind.Revenue, 8_000));
        stage.Federation.Releases(Government, award, 0, 5_000);
    }

    private TestBody Government => stage.Government;

    private TestBody Council => stage.Council;

    [Fact]
    public void MergedTwice_OutOfReachOfItsFirstTerms_IsRefused()
    {
        Government.Merges(Narrow, Flexible);

        Refused.MustBe(MergePotsRefusal.NotPermitted, Government.Decide(new MergePots(Flexible, Wide, null, 10)));
        Assert.Equal(Kind.Revenue, Assert.Single(Government.Books.Lots.Remaining(Flexible)).Line.Kind);
    }

    /// <summary>That the money looks new at the body below does not free it of the terms that it came under above.</summary>
    [Fact]
    public void MergedAbove_AndAgainBelow_IsRefused()
    {
        Government.Merges(Narrow, Flexible);
        var flexible = stage.Federation.Awards(Government, Council, Flexible, Write.Promise(2026, Kind.Revenue, 4_000));
        stage.Federation.Releases(Government, flexible, 0, 4_000);

        Refused.MustBe(MergePotsRefusal.NotPermitted, Council.Decide(new MergePots(Flexible, Wide, null, 10)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Council.Decide(Council.Payment(Flexible, 1, Kind.Capital)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void RepaidUpAndDownAgain_AfterAMerge_IsBoundAsBefore()
    {
        Council.Merges(Narrow, Flexible);
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, Council.Decide(new RepayUnderspend(award, null, 1)));
        Council.Merges(Flexible, Narrow, award);

        stage.Federation.Repays(Council, award, 5_000);

        var back = Government.Books.Lots.All[^1];
        Assert.Equal((5_000, Narrow, Kind.Revenue), (back.AmountPence, back.Line.Fund, back.Line.Kind));
        Assert.Equal([new TermsId(Flexible, 1), new TermsId(Narrow, 1)], back.Terms);
        Refused.MustBe(MergePotsRefusal.NotPermitted, Government.Decide(new MergePots(Narrow, Wide, null, 10)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Government.Decide(Government.Payment(Narrow, 1, Kind.Capital)));
        // It goes down again with all that binds it.
        var again = stage.Federation.Awards(Government, Council, Narrow, Write.Promise(2026, Kind.Revenue, 10_000));
        stage.Federation.Releases(Government, again, 0, 10_000);
        Refused.MustBe(MergePotsRefusal.NotPermitted, Council.Decide(new MergePots(Narrow, Wide, null, 10)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Repaid_UnderAFundThatTheFunderDoesNotKnow_BringsItsTermsAlong()
    {
        var own = Council.Opens("own", Open);
        var pot = Government.OpensPot("pot", [own], Open);
        Government.Issues(pot, 300);
        var given = stage.Federation.Awards(Government, Council, pot, Write.Promise(2026, Kind.Either, 300));
        stage.Federation.Releases(Government, given, 0, 300);
        Council.Merges(pot, own);
        Council.Merges(own, pot);

        stage.Federation.Repays(Council, given, 300);

        Assert.Equal([new TermsId(own, 1), new TermsId(pot, 1)], Government.Books.Lots.All[^1].Terms);
        Assert.Equal(Council.Books.Funds.Newest(own), Government.Books.Funds.Newest(own));
        Assert.Equal(Dump.Of(Government.Books), Dump.Of(Replay.Of(Government)));
        stage.Federation.MustHold();
    }

    [Theory]
    [InlineData("other terms of a fund that is known")]
    [InlineData("terms twice")]
    [InlineData("terms that bind nothing")]
    [InlineData("terms that cannot be read")]
    [InlineData("none of the terms that bind it")]
    public void Repaid_WithTermsThatAreNotRight_IsRefused(string what)
    {
        var own = Council.Opens("own", Open);
        var pot = Government.OpensPot("pot", [own], Open);
        Government.Issues(pot, 300);
        var given = stage.Federation.Awards(Government, Council, pot, Write.Promise(2026, Kind.Either, 300));
        stage.Federation.Releases(Government, given, 0, 300);
        Council.Merges(pot, own);
        Council.Merges(own, pot);
        var letter = Letter.Of(Council, Government, new RepayUnderspend(given, null, 300));
        var sent = letter.Facts[0].TransferSent;
        var reason = DeliveryRefusal.Malformed;
        if (what == "other terms of a fund that is known")
        {
            // Terms of the government's own fund, as the council would like them.
            sent.Terms[0] = Government.Books.Funds.Newest(Wide)!.Clone();
            sent.Terms[0].Title = "Anything";
            sent.Pieces[0].History[0].Fund = Wide;
            reason = DeliveryRefusal.TermsContradict;
        }
        else if (what == "terms twice")
            sent.Terms.Add(sent.Terms[0].Clone());
        else if (what == "terms that bind nothing")
            sent.Terms[0].Version = 2;
        else if (what == "terms that cannot be read")
            sent.Terms[0].Split.Clear();
        else
            sent.Terms.Clear();

        Assert.Equal(reason, Assert.Single(Government.Run(new ReceiveDelivery(letter.Seal())).Facts).TransferRefused.Reason);
    }

    [Fact]
    public void ReversedAfterAMerge_ComesBackAsChildrenOfTheLotsDrawnAndFollowsIt()
    {
        var drawn = Assert.Single(Government.Books.Lots.Remaining(Narrow));
        var transfer = Government.Sends(award, 0, 2_000);
        Government.Merges(Narrow, Flexible);
        var released = Government.Books.Awards.Find(award)!.Promises[0].ReleasedPence;

        stage.Federation.Refuses(Council, Government, transfer);

        var back = Government.Books.Lots.Find(Assert.Single(Government.Books.Transfers.Find(transfer)!.CameBack))!;
        var merged = Government.Books.Lots.All[^1];
        Assert.Equal((drawn.Id, drawn.Line, 0), (back.Parent!.Value, back.Line, back.RemainingPence));
        Assert.Equal((back.Id, 2_000, 2_000), (merged.Parent!.Value, merged.AmountPence, merged.RemainingPence));
        Assert.Equal(drawn.Line with { Fund = Flexible }, merged.Line);
        Assert.Equal(0, Government.Books.Lots.RemainingPence(Narrow));
        Assert.Equal(released - 2_000, Government.Books.Awards.Find(award)!.Promises[0].ReleasedPence);
        Refused.MustBe(MergePotsRefusal.NotPermitted, Government.Decide(new MergePots(Flexible, Wide, null, 10)));
        Assert.Equal(Dump.Of(Government.Books), Dump.Of(Replay.Of(Government)));
        stage.Federation.MustHold();
    }

    /// <summary>A merge that was taken back, or made before the money went, is not followed.</summary>
    [Fact]
    public void Reversed_AfterAMergeThatIsOver_StaysWhereItWas()
    {
        Government.Merges(Narrow, Flexible);
        Government.Merges(Flexible, Narrow);
        // The older award does not name the terms that bind the money now.
        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, Government.Decide(Government.Release(award, 0, 2_000)));
        var newer = stage.Federation.Awards(Government, Council, Narrow, Write.Promise(2026, Kind.Revenue, 2_000));
        var transfer = Government.Sends(newer, 0, 2_000);

        stage.Federation.Refuses(Council, Government, transfer);

        Assert.Equal((5_000, 0), (Government.Books.Lots.RemainingPence(Narrow), Government.Books.Lots.RemainingPence(Flexible)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Reversed_AfterTwoMerges_FollowsBothAsFarAsItMay()
    {
        var pot = Government.OpensPot("pot", [Flexible, Wide], Open);
        Government.Issues(pot, 1_000);
        var given = stage.Federation.Awards(Government, Council, pot, Write.Promise(2026, Kind.Either, 1_000));
        var free = Government.Sends(given, 0, 900);
        var narrow = Government.Sends(award, 0, 2_000);
        Government.Merges(pot, Flexible);
        Government.Merges(Narrow, Flexible);
        Government.Merges(Flexible, Wide);

        stage.Federation.Refuses(Council, Government, free);
        stage.Federation.Refuses(Council, Government, narrow);

        Assert.Equal((0, 1_000), (Government.Books.Lots.RemainingPence(pot), Government.Books.Lots.RemainingPence(Wide)));
        Assert.Equal([new TermsId(pot, 1), new TermsId(Flexible, 1), new TermsId(Wide, 1)], Government.Books.Lots.Remaining(Wide).Last().Terms);
        Assert.Equal((0, 5_000), (Government.Books.Lots.RemainingPence(Narrow), Government.Books.Lots.RemainingPence(Flexible)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void RefundedAfterAMerge_IsRestoredLastDrawnFirstAndFollowsIt()
    {
        Government.Issues(Narrow, 1_000);
        var payment = Government.Do(Government.Payment(Narrow, 5_500));
        var lots = Government.Books.Payments.Find(payment)!.Pieces.Select(piece => piece.Lot).ToList();
        Government.Merges(Narrow, Flexible);

        Government.Do(new RefundPayment(payment, null, 700));

        var back = Government.Books.Lots.All.TakeLast(2).ToList();
        Assert.Equal([(lots[1], 500L, Flexible), (lots[0], 200L, Flexible)], back.Select(lot => (lot.Parent!.Value, lot.AmountPence, lot.Line.Fund)));
        Assert.Equal([200L, 500L], Government.Books.Payments.Find(payment)!.Pieces.Select(piece => piece.RefundedPence));
        Assert.Equal((0, 1_200), (Government.Books.Lots.RemainingPence(Narrow), Government.Books.Lots.RemainingPence(Flexible)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Government.Decide(Government.Payment(Flexible, 1, Kind.Capital)));
        Assert.Equal(Dump.Of(Government.Books), Dump.Of(Replay.Of(Government)));
        stage.Federation.MustHold();
    }
}
