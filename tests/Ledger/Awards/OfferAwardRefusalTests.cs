namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an award is not offered.</summary>
public sealed class OfferAwardRefusalTests
{
    internal static readonly RefusalTable<OfferAward, OfferAwardRefusal> Table = new RefusalTable<OfferAward, OfferAwardRefusal>(stage =>
            new(stage.Government, new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)])))
        .Row(OfferAwardRefusal.PromisesMalformed, "no promises", award => award with { Promises = [] })
        .Row(OfferAwardRefusal.PromisesMalformed, "more promises than there may be", award => award with { Promises = Many(FundingAward.MostPromises + 1) })
        .Row(OfferAwardRefusal.PromisesMalformed, "a promise of nothing", award => Promising(award, Write.Promise(2026, Kind.Capital, 0)))
        .Row(OfferAwardRefusal.PromisesMalformed, "a promise for a year long past", award => Promising(award, Write.Promise(1999, Kind.Capital, 1)))
        .Row(OfferAwardRefusal.PromisesMalformed, "a promise of no kind", award => Promising(award, Write.Promise(2026, Kind.Unspecified, 1)))
        .Row(OfferAwardRefusal.PromisesMalformed, "a promise with five earmarks", award => Promising(award, Write.Promise(2026, Kind.Capital, 1, "a", "b", "c", "d", "e")))
        .Row(OfferAwardRefusal.PromisesMalformed, "a promise kept for words", award => Promising(award, Write.Promise(2026, Kind.Capital, 1, "Our friends")))
        .Row(OfferAwardRefusal.PromisesMalformed, "two promises for the same thing", award => Promising(award, [.. award.Promises, .. award.Promises]))
        .Row(OfferAwardRefusal.PromisesMalformed, "promises of more money than there is", award =>
            Promising(award, Write.Promise(2026, Kind.Capital, Pence.Most), Write.Promise(2027, Kind.Capital, 1)))
        .Row(OfferAwardRefusal.FundUnknown, "a fund that nobody opened", award => award with { Fund = "GOV.parks" })
        .Row(OfferAwardRefusal.NoAgreement, "a recipient without an agreement", (stage, award) => award with { Recipient = stage.Stranger.Id })
        .Row(OfferAwardRefusal.NoAgreement, "the funder of an agreement as its recipient", (stage, attempt) =>
            new(stage.Forum, attempt.Command with { Recipient = stage.Council.Id }))
        .Row(OfferAwardRefusal.NoAgreement, "an agreement that has ended", (Stage stage, OfferAward award) =>
        {
            stage.Government.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return award;
        })
        .Row(OfferAwardRefusal.AgreementSuspended, "an agreement that the funder has suspended", (Stage stage, OfferAward award) =>
        {
            stage.Government.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            return award;
        })
        .Row(OfferAwardRefusal.AgreementSuspended, "an agreement that the recipient has suspended", (Stage stage, OfferAward award) =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return award;
        })
        .Row(OfferAwardRefusal.Circular, "a fund that the recipient awards to this body", (stage, attempt) =>
        {
            Circle.OfCouncils(stage);
            return new(stage.Stranger, attempt.Command with { Recipient = stage.Council.Id });
        })
        .Row(OfferAwardRefusal.TooManyYears, "promises over eleven years", award => Promising(award, Write.Promise(2026, Kind.Capital, 1), Write.Promise(2036, Kind.Capital, 1)))
        .Row(OfferAwardRefusal.YearOutsideTerms, "a year after the fund's last", award => Promising(award, Write.Promise(2029, Kind.Capital, 1)))
        .Row(OfferAwardRefusal.YearClosed, "a year that is closed provisionally", (Stage stage, OfferAward award) =>
        {
            stage.Government.Do(new CloseYearProvisionally(2026));
            return award;
        })
        .Row(OfferAwardRefusal.ByFormulaOnly, "a fund that is awarded by a formula only", (stage, award) => award with { Fund = stage.Government.OpensFormal() })
        .Row(OfferAwardRefusal.EarmarkNotDefined, "an earmark that the terms do not define", award => Promising(award, Write.Promise(2026, Kind.Capital, 1, "bridges")))
        .Row(OfferAwardRefusal.LineNotInTerms, "a kind that the fund has no money for", award => Promising(award, Write.Promise(2026, Kind.Either, 1)))
        .Row(OfferAwardRefusal.TotalTooLarge, "more than accounts hold", award => Promising(award, Write.Promise(2026, Kind.Capital, Pence.Most)))
        .Row(OfferAwardRefusal.TermsTooLong, "money under more terms than fit in an offer", Burdened)
        .Both("a year that is closed provisionally", "a fund that is awarded by a formula only")
        .Both("a fund that is awarded by a formula only", "more than accounts hold")
        .Both("more than accounts hold", "money under more terms than fit in an offer")
        .Both("a year that is closed provisionally", "more than accounts hold")
        .Both("promises over eleven years", "a year after the fund's last")
        .Both("a year after the fund's last", "a year that is closed provisionally")
        .Both("no promises", "a fund that nobody opened")
        .Both("a promise of nothing", "a recipient without an agreement")
        .Both("a fund that nobody opened", "a recipient without an agreement")
        .Both("a fund that nobody opened", "a year after the fund's last")
        .Both("an agreement that the funder has suspended", "a year after the fund's last")
        .Both("a fund that the recipient awards to this body", "a year after the fund's last")
        .Both("a recipient without an agreement", "a year after the fund's last")
        .Both("a recipient without an agreement", "more than accounts hold");

    /// <summary>Some of the fund's money is under two older versions of the terms, each as long as terms may be.</summary>
    private static Attempt<OfferAward> Burdened(Stage stage, Attempt<OfferAward> attempt)
    {
        foreach (var version in new[] { 2u, 3u })
        {
            var terms = stage.Government.Books.Funds.Newest(stage.Fund)!.Clone();
            terms.Version = version;
            terms.Earmarks[0].Places.Add(Enumerable.Range(0, 2_850).Select(i => $"E{i:00000000}"));
            stage.Government.Append(new Fact { FundOpened = new FundOpened { Terms = terms } });
            stage.Government.Issues(stage.Fund, 100);
        }
        return attempt;
    }

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void OfferAward_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void OfferAward_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    /// <summary>Each promise breaks a rule of its own; the earliest rule is the refusal, wherever its promise stands.</summary>
    [Theory]
    [InlineData(OfferAwardRefusal.YearOutsideTerms, 2029, "bridges", Kind.Capital, 1)]
    [InlineData(OfferAwardRefusal.EarmarkNotDefined, 2026, "bridges", Kind.Either, Pence.Most)]
    [InlineData(OfferAwardRefusal.LineNotInTerms, 2026, Write.Led, Kind.Either, Pence.Most)]
    public void OfferAward_OnePromiseBreakingSeveralRules_IsRefusedForTheFirst(OfferAwardRefusal first, int year, string earmark, Kind kind, long pence)
    {
        var stage = new Stage();

        Refused.MustBe(first, stage.Government.Decide(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(year, kind, pence, earmark)])));
    }

    private static OfferAward Promising(OfferAward award, params Promise[] promises) => award with { Promises = promises };

    private static List<Promise> Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Write.Promise(2026, Kind.Capital, 1, $"e{i}"))];
}
