namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why money is not released.</summary>
public sealed class ReleaseFundsRefusalTests
{
    internal static readonly RefusalTable<ReleaseFunds, ReleaseFundsRefusal> Table = new RefusalTable<ReleaseFunds, ReleaseFundsRefusal>(stage =>
            new(stage.Government, stage.Government.Release(stage.CouncilAward, Stage.Capital, 1_000)))
        .Row(ReleaseFundsRefusal.AmountMalformed, "no money", release => release with { AmountPence = 0 })
        .Row(ReleaseFundsRefusal.AmountMalformed, "less than no money", release => release with { AmountPence = -1 })
        .Row(ReleaseFundsRefusal.AmountMalformed, "more money than there is", release => release with { AmountPence = long.MaxValue })
        .Row(ReleaseFundsRefusal.DayMalformed, "a day of long ago", release => release with { On = new DateOnly(1999, 12, 31) })
        .Row(ReleaseFundsRefusal.AwardUnknown, "an award of other bodies", (stage, release) => release with { Award = stage.ForumAward })
        .Row(ReleaseFundsRefusal.NotTheFunder, "the recipient of the award", (stage, attempt) => attempt with { By = stage.Council })
        .Row(ReleaseFundsRefusal.AwardNotAccepted, "an award that is only offered", (stage, release) => release with { Award = Offered(stage) })
        .Row(ReleaseFundsRefusal.AwardNotAccepted, "an award that was declined", (stage, release) =>
        {
            var award = Offered(stage);
            stage.Council.Do(new AnswerAward(award, false));
            stage.Federation.Settle();
            return release with { Award = award };
        })
        .Row(ReleaseFundsRefusal.AgreementSuspended, "an agreement that the recipient has suspended", (Stage stage, ReleaseFunds release) =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return release;
        })
        .Row(ReleaseFundsRefusal.AgreementEnded, "an agreement that has ended", (Stage stage, ReleaseFunds release) =>
        {
            stage.Government.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return release;
        })
        .Row(ReleaseFundsRefusal.NoSuchPromise, "a year without a promise", release => release with { Year = 2028 })
        .Row(ReleaseFundsRefusal.NoSuchPromise, "a year that is no year", release => release with { Year = int.MaxValue })
        .Row(ReleaseFundsRefusal.NoSuchPromise, "a kind without a promise", release => release with { Kind = Kind.Either })
        .Row(ReleaseFundsRefusal.NoSuchPromise, "earmarks without a promise", release => release with { Earmarks = Write.Kept(Write.Led) })
        .Row(ReleaseFundsRefusal.TooEarly, "the last day before the year of the promise", release => release with { On = new DateOnly(2026, 3, 31) })
        .Row(ReleaseFundsRefusal.PromiseExceeded, "a penny more than is left of the promise", release => release with { AmountPence = 30_001 })
        .Row(ReleaseFundsRefusal.DayMissing, "no day where money waits for reports", (stage, _) => new(stage.Government, new Reporting(stage).Release(null)))
        .Row(ReleaseFundsRefusal.ReportOverdue, "a report that was due the day before", (Stage stage, ReleaseFunds release) =>
        {
            var told = new Reporting(stage);
            told.Releases(Reporting.Spring);
            return told.Release(Reporting.Due.AddDays(1));
        })
        .Row(ReleaseFundsRefusal.TotalTooLarge, "more than accounts hold when it comes back", (Stage stage, ReleaseFunds release) =>
        {
            // £300 was released before. All that can be issued besides goes down and comes back, and £700 of it goes down again.
            const long Rest = Pence.Most - 100_000;
            var fund = stage.Government.Opens("rest", Write.Share(Kind.Either, 10_000));
            stage.Government.Issues(fund, Rest);
            var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Either, Rest));
            stage.Federation.Releases(stage.Government, award, 0, Rest);
            stage.Federation.Repays(stage.Council, award, Rest);
            var again = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Either, 70_000));
            stage.Federation.Releases(stage.Government, again, 0, 70_000);
            return release;
        })
        .Row(ReleaseFundsRefusal.NotEnoughMoney, "more than the funder holds", (stage, attempt) =>
            // Of this fund the council holds £80 capital and £140 revenue, and nothing of any other; it has promised £900.
            new(stage.Council, Promised(stage, Kind.Revenue, 90_000)))
        .Row(ReleaseFundsRefusal.KeptForSomethingElse, "money of another kind", (stage, attempt) =>
            new(stage.Council, Promised(stage, Kind.Revenue, 20_000)))
        .Row(ReleaseFundsRefusal.KeptForSomethingElse, "money of another fund", (stage, attempt) =>
        {
            stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 90_000);
            return new(stage.Council, Promised(stage, Kind.Revenue, 90_000));
        })
        .Row(ReleaseFundsRefusal.TooManyPieces, "more pieces than a transfer carries", (stage, attempt) =>
        {
            var (award, pieces) = Pieces.Scatter(stage, Parts.MostParts * Parts.MostPieces + 1);
            return new(stage.Government, stage.Government.Release(award, 0, pieces));
        })
        .Both("no money", "an agreement that has ended")
        .Both("an agreement that the recipient has suspended", "a year without a promise")
        .Both("an agreement that has ended", "a year without a promise")
        .Both("no money", "a day of long ago")
        .Both("a day of long ago", "an award of other bodies")
        .Both("a penny more than is left of the promise", "a report that was due the day before")
        .Both("no money", "an award of other bodies")
        .Both("less than no money", "the recipient of the award")
        .Both("no money", "a year without a promise")
        .Both("the recipient of the award", "an award that is only offered")
        .Both("the recipient of the award", "a year without a promise")
        .Both("the recipient of the award", "a penny more than is left of the promise")
        .Both("an award that is only offered", "a year without a promise")
        .Both("an award that is only offered", "a penny more than is left of the promise")
        .Both("an award that was declined", "a penny more than is left of the promise")
        .Both("a penny more than is left of the promise", "more than accounts hold when it comes back")
        .Both("a kind without a promise", "a penny more than is left of the promise");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReleaseFunds_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReleaseFunds_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    [Fact]
    public void ReleaseFunds_MoreThanPromisedAndMoreThanHeld_NamesThePromise()
    {
        var stage = new Stage();
        var release = Promised(stage, Kind.Revenue, 90_000);

        var decision = stage.Council.Decide(release with { AmountPence = 90_001 });

        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, decision);
        Assert.Equal("90000", decision.Refusal!.Details["left_pence"]);
    }

    private static EntryId Offered(Stage stage)
    {
        var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
        stage.Federation.Settle();
        return award;
    }

    private static ReleaseFunds Promised(Stage stage, Kind kind, long pence)
    {
        var award = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, kind, pence));
        return stage.Council.Release(award, 0, pence);
    }
}
