using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Which reports are due by terms, and that more money waits for one that is overdue.</summary>
public sealed class ReportsDueTests
{
    private static readonly DateOnly Autumn = new(2026, 10, 1);

    [Theory]
    [InlineData(1, "2026-04-30", "2026-04-01", "2026-04-30", "2026-05-10")]
    [InlineData(3, "2026-04-01", "2026-04-01", "2026-06-30", "2026-07-10")]
    [InlineData(3, "2027-03-31", "2027-01-01", "2027-03-31", "2027-04-10")]
    [InlineData(6, "2027-01-01", "2026-10-01", "2027-03-31", "2027-04-10")]
    [InlineData(12, "2028-02-29", "2027-04-01", "2028-03-31", "2028-04-10")]
    public void Period_OfADay_IsThatOfItsFinancialYear(uint months, string day, string first, string last, string due) =>
        Assert.Equal(new DueReport(Day(first), Day(last), Day(due)), new ReportingRule(months, 10).DueFrom(Day(day)));

    [Fact]
    public void Periods_OfAnyRule_FollowOneAnotherWithoutAGap() => Gen.Select(
        Gen.Int[0, 3].Select(which => new uint[] { 1, 3, 6, 12 }[which]), Gen.UInt[0, ReportingRule.MostDays], Gen.Int[0, 70_000]).Sample((months, days, offset) =>
    {
        var (rule, day) = (new ReportingRule(months, days), new DateOnly(2000, 4, 1).AddDays(offset));
        var period = rule.DueFrom(day);
        Assert.InRange(day, period.First, period.Last);
        Assert.Equal(period, rule.DueFrom(period.First));
        Assert.Equal(period, rule.DueFrom(period.Last));
        Assert.Equal(period.Last.AddDays(1), rule.DueFrom(period.Last.AddDays(1)).First);
        Assert.Equal(period.First, period.Last.AddDays(1).AddMonths(-(int)months));
        Assert.Equal((int)days, period.DueOn.DayNumber - period.Last.DayNumber);
    });

    [Fact]
    public void Money_WhileAReportIsOverdue_WaitsUntilItHasCome()
    {
        var told = new Reporting(new Stage());
        told.Releases(Reporting.Spring);
        told.Releases(Reporting.Due);
        var refused = told.Decide(Reporting.Due.AddDays(1));
        Refused.MustBe(ReleaseFundsRefusal.ReportOverdue, refused);
        Assert.True(refused.Refusal!.LaterMayHelp);
        Assert.Equal(
            "E06000001 has not reported on Better Places for 1 April 2026 to 30 June 2026, which was due on 30 July 2026: no more is released to it until it has.", refused.Refusal.Sentence);
        Assert.Equal(("2026-06-30", "2026-07-30"), (refused.Refusal.Details["period_end"], refused.Refusal.Details["due_on"]));

        told.Reports(new DateOnly(2026, 6, 29));
        Refused.MustBe(ReleaseFundsRefusal.ReportOverdue, told.Decide(Autumn));
        told.Reports(new DateOnly(2026, 6, 30));
        told.Releases(Autumn);
        Assert.Equal("2026-09-30", told.Decide(new DateOnly(2026, 10, 31)).Refusal!.Details["period_end"]);
        Assert.Equal(300, told.Stage.Council.Books.Awards.Find(told.Award)!.Promises[0].ReleasedPence);
        told.Stage.Federation.MustHold();
        MustReplay(told);
    }

    [Fact]
    public void Report_ThatHasNotArrived_StillHoldsMoneyBack()
    {
        var told = new Reporting(new Stage());
        told.Releases(Reporting.Spring);
        told.Stage.Council.Do(new SubmitReport(Reporting.Fund, "GOV", Autumn));

        Refused.MustBe(ReleaseFundsRefusal.ReportOverdue, told.Decide(Autumn));
        told.Stage.Federation.Settle();
        Assert.Null(told.Decide(Autumn).Refusal);
    }

    [Fact]
    public void Report_OfALaterDayThanTheRelease_CountsForNothingYet()
    {
        var told = new Reporting(new Stage());
        told.Releases(Reporting.Spring);
        told.Reports(new DateOnly(2099, 1, 1));
        Refused.MustBe(ReleaseFundsRefusal.ReportOverdue, told.Decide(Autumn));

        told.Reports(Autumn.AddDays(-1));
        Assert.Null(told.Decide(Autumn).Refusal);
    }

    [Fact]
    public void Money_ThatWasNeverReleasedBefore_WaitsForNothing()
    {
        var told = new Reporting(new Stage());
        Assert.Null(told.Decide(new DateOnly(2029, 1, 1)).Refusal);
    }

    [Fact]
    public void AnotherAward_OfTheSameFund_WaitsForTheSameReport()
    {
        var told = new Reporting(new Stage());
        told.Releases(Reporting.Spring);
        var other = told.Stage.Federation.Awards(told.Stage.Government, told.Stage.Council, Reporting.Fund, Write.Promise(2026, Kind.Revenue, 1_000));

        Refused.MustBe(ReleaseFundsRefusal.ReportOverdue, told.Stage.Government.Decide(told.Stage.Government.Release(other, 0, 1) with { On = Autumn }));
    }

    [Fact]
    public void Terms_ThatReleaseAllTheSame_NeedNoDay()
    {
        var told = new Reporting(new Stage(), new ReportingRule(1, 0, ReleasesOverdue: true));
        told.Releases(Reporting.Spring);

        Assert.Null(told.Decide(Autumn).Refusal);
        Assert.Null(told.Decide(null).Refusal);
        Refused.MustBe(SubmitReportRefusal.DayMissing, told.Stage.Council.Decide(new SubmitReport(Reporting.Fund, "GOV")));
    }

    /// <summary>Small pots ask every month, what they are merged into once a year: both must permit it.</summary>
    [Fact]
    public void Money_UnderSeveralTerms_WaitsForTheReportThatIsDueFirst()
    {
        var stage = new Stage();
        var big = stage.Government.Opens("big", Write.Share(Kind.Revenue, 10_000));
        stage.Government.Do(Write.Fund("yearly", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([big], Reporting: new ReportingRule(12, 90)) });
        stage.Government.Do(Write.Fund("monthly", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([big], Reporting: new ReportingRule(1, 14)) });
        foreach (var fund in new[] { "GOV.yearly", "GOV.monthly" })
        {
            stage.Government.Issues(fund, 1_000);
            stage.Government.Merges(fund, big);
        }
        var award = stage.Federation.Awards(stage.Government, stage.Council, big, Write.Promise(2026, Kind.Revenue, 1_500));
        var release = stage.Government.Release(award, 0, 10);
        Refused.MustBe(ReleaseFundsRefusal.DayMissing, stage.Government.Decide(release));
        stage.Government.Do(release with { On = Reporting.Spring });

        Assert.Null(stage.Government.Decide(release with { On = new DateOnly(2026, 5, 14) }).Refusal);
        Assert.Equal("2026-05-14", stage.Government.Decide(release with { On = new DateOnly(2027, 6, 30) }).Refusal!.Details["due_on"]);
    }

    /// <summary>Nobody is there to say the day: it is that of the money that comes.</summary>
    [Fact]
    public void Instruction_AtAReportThatIsOverdue_StopsForThat()
    {
        var told = new Reporting(new Stage());
        var stage = told.Stage;
        var onward = stage.Federation.Awards(stage.Council, stage.Forum, Reporting.Fund, Write.Promise(2026, Kind.Revenue, 20_000));
        var id = stage.Council.Do(new SetStandingInstruction(new StandingLine(told.Award, Kind.Revenue, Write.Kept()), [new StandingPart(onward, 500_000)]));
        told.Releases(Reporting.Spring, 1_000);
        Assert.Equal(Reporting.Spring, Dates.From(Assert.Single(stage.Council.Facts(stage.Council.Books.Transfers.Sent[^1].Id)).TransferSent.ReleasedOn));
        Assert.Equal(Reporting.Spring, stage.Council.Books.Reports.Since(Reporting.Fund, stage.Forum.Id));

        told.Reports(new DateOnly(2026, 6, 30));
        told.Releases(Autumn, 1_000);
        var stop = stage.Council.Books.Standing.Find(id)!.Stop!;
        Assert.Equal(("RELEASE_FUNDS_REPORT_OVERDUE", 500L), (stop.Reason, stop.AmountPence));
        Assert.Equal($"£5 was not passed on under {onward}: a report of its recipient is overdue.", stop.Sentence);
        Assert.Equal(500, stage.Forum.Balance(Account.Received) - 6_000);
        stage.Federation.MustHold();
        MustReplay(told);
    }

    [Fact]
    public void Owed_IsTheFirstPeriodThatWasNotToldOf()
    {
        var told = new Reporting(new Stage());
        var funder = told.Stage.Government.Books;
        Assert.Empty(ReportsDue.Owed(funder, Autumn));
        told.Releases(Reporting.Spring);
        var spring = new DueReport(Day("2026-04-01"), Day("2026-06-30"), Reporting.Due);

        Assert.Equal([new OwedReport(Reporting.Fund, "E06000001", null, spring, IsOverdue: false, HoldsBack: false)], ReportsDue.Owed(funder, Reporting.Due));
        Assert.Equal([new OwedReport(Reporting.Fund, "E06000001", null, spring, IsOverdue: true, HoldsBack: true)], ReportsDue.Owed(funder, Reporting.Due.AddDays(1)));
        Assert.Empty(ReportsDue.Owed(told.Stage.Council.Books, Autumn));

        told.Reports(new DateOnly(2026, 6, 30));
        var summer = new DueReport(Day("2026-07-01"), Day("2026-09-30"), Day("2026-10-30"));
        Assert.Equal([new OwedReport(Reporting.Fund, "E06000001", Day("2026-06-30"), summer, false, false)], ReportsDue.Owed(funder, Autumn));
        // A report up to a later day than is asked about counts for nothing on that day.
        Assert.Equal(spring, Assert.Single(ReportsDue.Owed(funder, Day("2026-06-29"))).Next);
    }

    [Fact]
    public void Owed_ByTermsThatReleaseAllTheSame_IsOverdueAndHoldsNothingBack()
    {
        var told = new Reporting(new Stage(), new ReportingRule(1, 0, ReleasesOverdue: true));
        told.Releases(Reporting.Spring);

        var owed = Assert.Single(ReportsDue.Owed(told.Stage.Government.Books, Autumn));

        Assert.Equal((true, false, Day("2026-04-30")), (owed.IsOverdue, owed.HoldsBack, owed.Next.DueOn));
    }

    /// <summary>What is held back is by the very rule by which a release is refused.</summary>
    [Fact]
    public void Owed_ThatHoldsBack_IsWhatAReleaseIsRefusedFor() => Gen.Select(
        Gen.Int[0, 3].Select(which => new uint[] { 1, 3, 6, 12 }[which]), Gen.UInt[0, 60], Gen.Int[0, 500], Gen.Int[0, 800], Gen.Bool).Sample((months, days, toldUpTo, on, reports) =>
    {
        var told = new Reporting(new Stage(), new ReportingRule(months, days));
        told.Releases(Reporting.Spring);
        if (reports)
            told.Reports(Reporting.Spring.AddDays(toldUpTo));
        var day = Reporting.Spring.AddDays(on);

        var owed = Assert.Single(ReportsDue.Owed(told.Stage.Government.Books, day));

        var refusal = told.Decide(day).Refusal;
        Assert.Equal(refusal is not null, owed.HoldsBack);
        Assert.Equal(owed.IsOverdue, owed.HoldsBack);
        Assert.Equal(owed.IsOverdue, owed.Next.DueOn < day);
        if (refusal is not null)
            Assert.Equal(refusal.Details["due_on"], $"{owed.Next.DueOn:yyyy-MM-dd}");
    }, iter: 200);

    [Fact]
    public void Owed_ByWhoseAwardsAreOver_EndsWithTheReportThatNothingIsLeft()
    {
        var told = new Reporting(new Stage());
        told.Releases(Reporting.Spring);
        var (government, council) = (told.Stage.Government, told.Stage.Council);
        government.Do(new EndAgreement(government.Books.Awards.Find(told.Award)!.Agreement, Write.Reason));
        told.Stage.Federation.Settle();
        Assert.Single(ReportsDue.Owed(government.Books, Autumn));

        told.Reports(new DateOnly(2026, 6, 30));
        Assert.Single(ReportsDue.Owed(government.Books, Autumn));
        council.Do(new RepayUnderspend(told.Award, null, 100));
        told.Stage.Federation.Settle();
        told.Reports(Autumn);
        Assert.Empty(ReportsDue.Owed(government.Books, Day("2030-01-01")));
    }

    private static void MustReplay(Reporting told)
    {
        foreach (var body in new[] { told.Stage.Government, told.Stage.Council, told.Stage.Forum })
            Assert.Equal(Dump.Of(Replay.Of(body)), Dump.Of(body.Books));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
