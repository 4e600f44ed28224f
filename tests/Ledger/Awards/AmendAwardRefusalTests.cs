namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an amendment is not offered.</summary>
public sealed class AmendAwardRefusalTests
{
    internal static readonly RefusalTable<AmendAward, AmendAwardRefusal> Table = new RefusalTable<AmendAward, AmendAwardRefusal>(stage =>
            new(stage.Government, new AmendAward(stage.CouncilAward, Amendments.Raised)))
        .Row(AmendAwardRefusal.PromisesMalformed, "no promises", amend => amend with { Promises = [] })
        .Row(AmendAwardRefusal.PromisesMalformed, "a promise of nothing", amend => With(amend, Write.Promise(2028, Kind.Revenue, 0)))
        .Row(AmendAwardRefusal.PromisesMalformed, "two promises for the same thing", amend => amend with { Promises = [.. amend.Promises, .. amend.Promises] })
        .Row(AmendAwardRefusal.AwardUnknown, "an entry that is no award", (stage, amend) => amend with { Award = stage.CouncilAgreement })
        .Row(AmendAwardRefusal.NotTheFunder, "the recipient of the award", (stage, attempt) => attempt with { By = stage.Council })
        .Row(AmendAwardRefusal.AwardNotAccepted, "an award that nobody has answered", (Stage stage, AmendAward amend) =>
            amend with { Award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 1)])) })
        .Row(AmendAwardRefusal.AgreementSuspended, "an agreement that the recipient has suspended", (Stage stage, AmendAward amend) =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return amend;
        })
        .Row(AmendAwardRefusal.AwardOver, "an agreement that the recipient has ended", (Stage stage, AmendAward amend) =>
        {
            stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return amend;
        })
        .Row(AmendAwardRefusal.AmendmentOpen, "an amendment that nobody has answered", (Stage stage, AmendAward amend) =>
        {
            stage.Government.Do(amend with { Promises = Amendments.Lowered });
            return amend;
        })
        .Row(AmendAwardRefusal.NothingChanged, "what is promised already", amend => amend with { Promises = Amendments.AsItIs.Reverse().ToList() })
        .Row(AmendAwardRefusal.TooManyYears, "promises over eleven years", amend => With(amend, Write.Promise(2036, Kind.Revenue, 1)))
        .Row(AmendAwardRefusal.YearOutsideTerms, "a year after the fund's last", amend => With(amend, Write.Promise(2029, Kind.Revenue, 1)))
        .Row(AmendAwardRefusal.YearClosed, "more for a year that is closed", (Stage stage, AmendAward amend) => Closed(stage, amend))
        .Row(AmendAwardRefusal.YearClosed, "less for a year that is closed", (Stage stage, AmendAward amend) => Closed(stage, amend with { Promises = Amendments.Lowered }))
        .Row(AmendAwardRefusal.YearClosed, "something new for a year that is closed", (Stage stage, AmendAward amend) =>
            Closed(stage, amend with { Promises = [.. Amendments.AsItIs, Write.Promise(2026, Kind.Capital, 1, Write.Led)] }))
        .Row(AmendAwardRefusal.BelowReleased, "a penny less than was released", amend => amend with { Promises = Amendments.Of(9_999, 20_000, 25_000, 1_000) })
        .Row(AmendAwardRefusal.BelowReleased, "nothing more of what was released of", amend => amend with { Promises = Amendments.Raised.Skip(1).ToList() })
        .Row(AmendAwardRefusal.TooManyPromises, "more promises than one award has, with one that it no longer names", amend =>
            amend with { Promises = [.. Amendments.AsItIs.Take(3), .. Enumerable.Range(0, 117).Select(i => Write.Promise(2026, Kind.Revenue, 1, $"path-{i}"))] })
        .Row(AmendAwardRefusal.ByFormulaOnly, "more than a formula gave", (Stage stage, AmendAward _) => new AmendAward(stage.AwardsByFormula(), [Write.Promise(2026, Kind.Revenue, 501)]))
        .Row(AmendAwardRefusal.EarmarkNotDefined, "an earmark that the terms do not define", amend => With(amend, Write.Promise(2028, Kind.Revenue, 1, "bridges")))
        .Row(AmendAwardRefusal.LineNotInTerms, "a kind that the fund has no money for", amend => With(amend, Write.Promise(2028, Kind.Either, 1)))
        .Row(AmendAwardRefusal.TotalTooLarge, "more than accounts hold", (Stage stage, AmendAward amend) =>
        {
            stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 40_000)]));
            return amend with { Promises = Amendments.Of(Pence.Most - 46_000, 20_000, 25_000, 1_000) };
        })
        .Both("no promises", "an entry that is no award")
        .Both("the recipient of the award", "promises over eleven years")
        .Both("an amendment that nobody has answered", "promises over eleven years")
        .Both("promises over eleven years", "a year after the fund's last")
        .Both("a year after the fund's last", "more for a year that is closed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AmendAward_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AmendAward_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static AmendAward With(AmendAward amend, Promise more) => amend with { Promises = [.. amend.Promises, more] };

    private static AmendAward Closed(Stage stage, AmendAward amend)
    {
        stage.Government.Do(new CloseYearProvisionally(2026));
        return amend;
    }
}
