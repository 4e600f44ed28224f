namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a run of a formula is not recorded.</summary>
public sealed class RecordAllocationRefusalTests
{
    internal static readonly RefusalTable<RecordAllocation, RecordAllocationRefusal> Table = new RefusalTable<RecordAllocation, RecordAllocationRefusal>(stage =>
            new(stage.Government, Runs.Of(stage.Fund, (stage.Council.Id, 500))))
        .Row(RecordAllocationRefusal.AllocationMalformed, "no pot", run => run with { Pot = [] })
        .Row(RecordAllocationRefusal.AllocationMalformed, "no recipients", run => run with { Shares = [] })
        .Row(RecordAllocationRefusal.AllocationMalformed, "more recipients than there may be", run =>
            run with { Shares = [.. Enumerable.Range(0, RecordAllocation.MostRecipients + 1).Select(i => Runs.Share($"b{i}", 0))] })
        .Row(RecordAllocationRefusal.AllocationMalformed, "a recipient that is no body", run => run with { Shares = [Runs.Share("Ann Example", 500)] })
        .Row(RecordAllocationRefusal.AllocationMalformed, "an amount too many", run => run with { Shares = [Runs.Share(run.Shares[0].Recipient, 500, 0)] })
        .Row(RecordAllocationRefusal.AllocationMalformed, "an amount below zero", run => run with { Shares = [Runs.Share(run.Shares[0].Recipient, -500)] })
        .Row(RecordAllocationRefusal.FundUnknown, "a fund that nobody opened", run => run with { Fund = "GOV.parks" })
        .Row(RecordAllocationRefusal.RecipientRepeated, "a recipient twice", run => run with { Shares = [run.Shares[0], run.Shares[0]] })
        .Row(RecordAllocationRefusal.RecipientUnknown, "a recipient without an agreement", (stage, run) => run with { Shares = [.. run.Shares, Runs.Share(stage.Stranger.Id, 0)] })
        .Row(RecordAllocationRefusal.SharesNotWhole, "a penny too little", run => run with { Shares = [Runs.Share(run.Shares[0].Recipient, 499)] })
        .Row(RecordAllocationRefusal.ShareNotAwardable, "a year after the fund's last", run => run with { Pot = [Write.Promise(2029, Kind.Revenue, 500)] })
        .Row(RecordAllocationRefusal.AllocationTooLong, "more amounts than fit in an operation", Crowded)
        .Both("no pot", "a fund that nobody opened")
        .Both("a fund that nobody opened", "a recipient twice")
        .Both("a recipient twice", "a recipient without an agreement")
        .Both("a recipient without an agreement", "a penny too little")
        .Both("a penny too little", "a year after the fund's last");

    /// <summary>Each recipient's amounts take about 430 bytes.</summary>
    private static Attempt<RecordAllocation> Crowded(Stage stage, Attempt<RecordAllocation> attempt)
    {
        const long Each = 1L << 28;
        var earmarks = Enumerable.Range(0, 7).Select(i => new Earmark { Name = $"e{i}" }).ToList();
        var uses = from a in Enumerable.Range(0, 7) from b in Enumerable.Range(a, 7 - a) from year in Enumerable.Range(2026, 3) select (a, b, year);
        stage.Government.Do(Write.Fund("many", [Write.Share(Kind.Revenue, 10_000)], earmarks));
        var recipients = stage.Government.FundsMany(2_400);
        var pot = uses.Select(use => Write.Promise(use.year, Kind.Revenue, Each * recipients.Count, [.. new[] { $"e{use.a}", $"e{use.b}" }.Distinct()])).ToList();
        return attempt with
        {
            Command = attempt.Command with
            {
                Fund = "GOV.many",
                Pot = pot,
                Shares = [.. recipients.Select(recipient => Runs.Share(recipient, [.. pot.Select(_ => Each)]))],
            },
        };
    }

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RecordAllocation_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RecordAllocation_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
