namespace FundingFlows.Ledger.Tests;

/// <summary>The order in which lots are drawn: each criterion decides where all before it are equal.</summary>
public sealed class DrawingOrderTests
{
    private static readonly Years UpTo2026 = new(2026, 2026), UpTo2028 = new(2026, 2028);

    private readonly TestBody body = new TestFederation().Add("GOV", Tier.CentralGovernment);

    [Fact]
    public void Order_OfOtherwiseWorseLots_IsDecidedBySoonestLastYear() =>
        MustBeDrawn((Kind.Either, UpTo2026, []), before: (Kind.Capital, UpTo2028, ["a", "b"]));

    [Fact]
    public void Order_OfFirstYears_DecidesNothing() =>
        MustBeDrawn((Kind.Capital, UpTo2028, ["a"]), before: (Kind.Capital, new Years(2020, 2028), []));

    [Fact]
    public void Order_OfTheSameLastYear_IsDecidedByASingleKindBeforeEither() =>
        MustBeDrawn((Kind.Revenue, UpTo2028, []), before: (Kind.Either, UpTo2028, ["a", "b"]));

    [Fact]
    public void Order_OfTwoSingleKinds_IsDecidedByWhatFollows() =>
        MustBeDrawn((Kind.Revenue, UpTo2028, ["a"]), before: (Kind.Capital, UpTo2028, []));

    [Fact]
    public void Order_OfTheSameKind_IsDecidedByMostEarmarks() =>
        MustBeDrawn((Kind.Capital, UpTo2028, ["y", "z"]), before: (Kind.Capital, UpTo2028, ["a"]));

    [Fact]
    public void Order_OfEqualLots_IsDecidedByTheEntryThenTheOrdinal()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 10_000));
        // Twelve entries, so that the order of numbers is not that of letters.
        for (var i = 0; i < 12; i++)
            Issue(fund, (Kind.Capital, UpTo2028, []), (Kind.Capital, UpTo2028, []));

        var drawn = body.Books.Lots.Remaining(fund).Select(lot => (lot.Id.Entry.Index, lot.Id.Ordinal)).ToList();

        Assert.Equal(24, drawn.Count);
        Assert.Equal(drawn.Order(), drawn);
    }

    [Fact]
    public void Payment_OfMoreThanOneLot_DrawsThemInOrderAndTheLastInPart()
    {
        body.Do(Write.Fund(
            "places",
            [Write.Share(Kind.Either, 2_000), Write.Share(Kind.Revenue, 2_000), Write.Share(Kind.Either, 2_000, "a"), Write.Share(Kind.Revenue, 2_000, "a"), Write.Share(Kind.Revenue, 2_000, "a", "b")],
            new Earmark { Name = "a" }, new Earmark { Name = "b" }));
        var lots = body.Issues("GOV.places", 500);

        var payment = body.Do(body.Payment("GOV.places", 450));

        Assert.Equal(
            [(lots[4].Id, 100L), (lots[3].Id, 100L), (lots[1].Id, 100L), (lots[2].Id, 100L), (lots[0].Id, 50L)],
            body.Books.Payments.Find(payment)!.Pieces.Select(piece => (piece.Lot, piece.AmountPence)));
        Assert.Equal([(lots[0].Id, 50L)], body.Held("GOV.places"));
    }

    [Fact]
    public void Lot_DrawnInPart_IsDrawnAgainBeforeTheNext()
    {
        var fund = body.Opens("places", Write.Share(Kind.Revenue, 10_000));
        var (first, second) = (body.Issues(fund, 100)[0].Id, body.Issues(fund, 100)[0].Id);

        body.Do(body.Payment(fund, 30));
        var payment = body.Do(body.Payment(fund, 80));

        Assert.Equal([(first, 70L), (second, 10L)], body.Books.Payments.Find(payment)!.Pieces.Select(piece => (piece.Lot, piece.AmountPence)));
        Assert.Equal([(second, 90L)], body.Held(fund));
    }

    private void MustBeDrawn((Kind, Years, string[]) first, (Kind, Years, string[]) before)
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 10_000));
        // The other one is made first, so that only the criterion under test can put it second.
        Issue(fund, before, first);

        Assert.Equal([1, 0], body.Books.Lots.Remaining(fund).Select(lot => lot.Id.Ordinal));
    }

    /// <summary>Lots as no terms would make them: of several windows in one fund.</summary>
    private void Issue(string fund, params (Kind Kind, Years Years, string[] Earmarks)[] lines)
    {
        var issued = new MoneyIssued { Fund = fund, TermsVersion = 1, Source = Write.Vote().ToSource(), AmountPence = 100 * lines.Length };
        for (var i = 0; i < lines.Length; i++)
            issued.Lots.Add(new NewLot
            {
                AmountPence = 100,
                Line = new FundLine(fund, lines[i].Kind, lines[i].Years, EarmarkSet.Of(lines[i].Earmarks)).ToLine(),
                TermsVersion = 1,
                Origin = new RootOf(Write.Vote(), fund, new LotId(body.Books.Next, i)).ToOrigin(),
            });
        body.Append(new Fact { MoneyIssued = issued });
    }
}
