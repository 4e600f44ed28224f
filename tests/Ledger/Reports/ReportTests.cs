namespace FundingFlows.Ledger.Tests;

/// <summary>Reports: figures that are computed, and that go up.</summary>
public sealed class ReportTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Report_OfABody_HoldsItsAccountsAndTheRootOfItsJournal()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 500));
        stage.Council.Sends(stage.ForumAward, 0, 700);
        stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Capital, EarmarkSet.None), 900));
        var leaves = stage.Council.Journal.Select(Merkle.Leaf).ToArray();

        var report = Report(stage.Council, stage.Government);

        Assert.Equal((ulong)leaves.Length, report.JournalSize);
        Assert.Equal(Merkle.Root(leaves), report.JournalRoot.ToByteArray());
        Assert.Equal([Kind.Capital, Kind.Revenue, Kind.Revenue], report.Lines.Select(line => line.Line.Kind));
        Assert.Equal(["", "", Write.Led], report.Lines.Select(line => string.Join('+', line.Line.Earmarks)));
        Assert.Equal(
            [(10_000L, 9_100L, 900L, 0L, 0L), (8_000L, 7_500L, 0L, 0L, 500L), (12_000L, 5_300L, 700L, 6_000L, 0L)],
            report.Lines.Select(line => (line.ReceivedPence, line.CashPence, line.InTransitPence, line.GrantedPence, line.SpentPence)));
        Assert.All(report.Lines, line => Assert.Equal(0, line.IssuedPence + line.ReturnedPence + line.RepaidPence + line.SurrenderedPence));
        Assert.Equal(new FundTotals { HeldPence = 21_900, InTransitPence = 1_600, SpentPence = 500 }, report.Totals);
    }

    [Fact]
    public void Report_OfWhatCameBackAndWentBack_HoldsBoth()
    {
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 1_000);
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 18_000);

        var report = Report(stage.Council, stage.Government);

        Assert.Equal((1_000, 18_000), (report.Lines.Sum(line => line.ReturnedPence), report.Lines.Sum(line => line.RepaidPence)));
    }

    [Fact]
    public void Report_WithReportsFromBelow_AddsUpTheLatestOfEach()
    {
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 1_000));
        Report(stage.Forum, stage.Council);
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 500));
        var latest = stage.Forum.Books.Next;
        Report(stage.Forum, stage.Council);

        var report = Report(stage.Council, stage.Government);

        var child = Assert.Single(report.Children);
        Assert.Equal(latest, EntryId.From(child.Report));
        Assert.Equal(stage.Forum.LeafHash(latest), child.LeafHash.ToByteArray());
        Assert.Equal(new FundTotals { HeldPence = 4_500, SpentPence = 1_500 }, child.Totals);
        Assert.Equal(child.Totals, child.Counted);
        Assert.Equal(new FundTotals { HeldPence = 24_000 + 4_500, SpentPence = 1_500 }, report.Totals);
        Assert.Equal(2, stage.Council.Books.Reports.ReceivedCount);
    }

    [Fact]
    public void Report_OfOneFund_HoldsNothingOfOthers()
    {
        stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 5_000);

        Assert.All(Report(stage.Council, stage.Government).Lines, line => Assert.Equal(stage.Fund, line.Line.Fund));
        Assert.Equal(29_000, Figures.Own(stage.Council.Books).HeldPence);
        Assert.Equal(24_000, Figures.Own(stage.Council.Books, stage.Fund).HeldPence);
    }

    [Fact]
    public void Report_Delivered_IsAcknowledgedOnceTheAnswerIsRecorded()
    {
        var id = stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));
        Assert.False(stage.Council.Books.Reports.Find(id)!.IsAcknowledged);
        Assert.Equal(id, Assert.Single(stage.Council.Books.Reports.Submitted).Id);

        stage.Federation.Settle();

        Assert.True(stage.Council.Books.Reports.Find(id)!.IsAcknowledged);
        var received = Assert.Single(stage.Government.Books.Reports.Latest(stage.Fund));
        Assert.Equal(stage.Council.Books.Reports.Find(id)!.Figures.Lines, received.Lines);
        // Of £150 that were promised to the forum £60 were released.
        Assert.Equal((true, 9_000), (received.HasCommittedPence, received.CommittedPence));
        Assert.Empty(stage.Government.Books.Reports.Latest("GOV.parks"));
    }

    [Fact]
    public void Report_RefusedForGood_IsNotAcknowledged()
    {
        var id = stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));
        var sequence = stage.Council.Books.Deliveries.NextSequence("GOV") - 1;

        stage.Council.Append(new Fact { DeliverySettled = Answers.RefusalOf(stage.Council, stage.Government, sequence) });

        Assert.False(stage.Council.Books.Reports.Find(id)!.IsAcknowledged);
    }

    [Fact]
    public void Reports_FromSeveralBodies_AreInTheOrderOfTheirIds()
    {
        foreach (var name in new[] { "forum-2", "Forum-3", "forum-10" })
        {
            var forum = stage.Federation.Add(name, Tier.NeighbourhoodForum);
            stage.Federation.Agrees(stage.Council, forum);
            stage.Federation.Awards(stage.Council, forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 100));
            Report(forum, stage.Council);
        }

        Assert.Equal(["Forum-3", "forum-10", "forum-2"], Report(stage.Council, stage.Government).Children.Select(child => child.Report.Body));
    }

    private ReportSubmitted Report(TestBody from, TestBody to)
    {
        var id = from.Do(new SubmitReport(stage.Fund, to.Id));
        stage.Federation.Settle();
        return from.Facts(id)[0].ReportSubmitted;
    }
}
