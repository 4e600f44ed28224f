namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a report is not submitted.</summary>
public sealed class SubmitReportRefusalTests
{
    internal static readonly RefusalTable<SubmitReport, SubmitReportRefusal> Table = new RefusalTable<SubmitReport, SubmitReportRefusal>(stage =>
            new(stage.Council, new SubmitReport(stage.Fund, stage.Government.Id)))
        .Row(SubmitReportRefusal.DayMalformed, "a day of long ago", report => report with { UpTo = new DateOnly(1999, 12, 31) })
        .Row(SubmitReportRefusal.FundUnknown, "a fund that nobody opened", report => report with { Fund = "GOV.parks" })
        .Row(SubmitReportRefusal.FundUnknown, "a body that the fund has not come to", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(SubmitReportRefusal.NoAwardFromFunder, "a body that it funds itself", (stage, report) => report with { Funder = stage.Forum.Id })
        .Row(SubmitReportRefusal.NoAwardFromFunder, "a funder whose award was declined", (stage, attempt) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Forum);
            var award = stage.Government.Do(new OfferAward(stage.Forum.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
            stage.Federation.Settle();
            stage.Forum.Do(new AnswerAward(award, false));
            return new(stage.Forum, attempt.Command);
        })
        .Row(SubmitReportRefusal.NoAwardFromFunder, "a funder of another fund", (Stage stage, SubmitReport report) =>
        {
            stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000));
            return report with { Fund = $"{stage.Council.Id}.levy" };
        })
        .Row(SubmitReportRefusal.FunderClosed, "a funder that was closed", (Stage stage, SubmitReport report) =>
        {
            stage.Government.TellsOfItsEnd(stage.Council);
            return report;
        })
        .Row(SubmitReportRefusal.DayMissing, "no day where terms ask for reports", (Stage stage, SubmitReport report) =>
        {
            _ = new Reporting(stage);
            return report with { Fund = Reporting.Fund, UpTo = null };
        })
        .Row(SubmitReportRefusal.TooLong, "more lines than fit in an entry", (stage, report) => report with { Fund = ManyLines.At(stage) })
        .Both("a fund that nobody opened", "a body that it funds itself")
        .Both("a body that the fund has not come to", "a body that it funds itself")
        .Both("a body that it funds itself", "a funder that was closed")
        .Both("a funder that was closed", "more lines than fit in an entry");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void SubmitReport_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void SubmitReport_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
