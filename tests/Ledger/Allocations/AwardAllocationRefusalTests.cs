namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why no awards are made from a recorded run.</summary>
public sealed class AwardAllocationRefusalTests
{
    internal static readonly RefusalTable<AwardAllocation, AwardAllocationRefusal> Table = new RefusalTable<AwardAllocation, AwardAllocationRefusal>(stage =>
            new(stage.Government, new AwardAllocation(stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500))), [])))
        .Row(AwardAllocationRefusal.AllocationUnknown, "a run that nobody recorded", award => award with { Allocation = award.Allocation with { Index = 0 } })
        .Row(AwardAllocationRefusal.RecipientUnknown, "a recipient that is not in it", (stage, award) => award with { Recipients = [stage.Stranger.Id] })
        .Row(AwardAllocationRefusal.RecipientUnknown, "a recipient that gets nothing", (stage, attempt) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Stranger);
            var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500), (stage.Stranger.Id, 0)));
            return attempt with { Command = new AwardAllocation(run, [stage.Stranger.Id]) };
        })
        .Row(AwardAllocationRefusal.AlreadyAwarded, "a run that all have an award of", (Stage stage, AwardAllocation award) =>
        {
            stage.Government.Do(award with { Recipients = [] });
            return award;
        })
        .Row(AwardAllocationRefusal.AlreadyAwarded, "a recipient that has an award of it", (stage, award) =>
        {
            stage.Government.Do(award);
            return award with { Recipients = [stage.Council.Id] };
        })
        .Row(AwardAllocationRefusal.NotAwardable, "an agreement that was suspended since", (Stage stage, AwardAllocation award) =>
        {
            stage.Government.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            return award;
        })
        .Row(AwardAllocationRefusal.TotalTooLarge, "more in all than accounts hold", (stage, attempt) =>
        {
            stage.Federation.Agrees(stage.Government, stage.Stranger);
            var half = (Pence.Most / 2) - 50_000;
            var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, half), (stage.Stranger.Id, half)));
            stage.Government.Do(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 100_000)]));
            return attempt with { Command = new AwardAllocation(run, []) };
        })
        .Row(AwardAllocationRefusal.OffersTooLong, "longer terms than can be told to so many at once", Burdened)
        .Both("a run that nobody recorded", "a recipient that is not in it");

    /// <summary>Each of many recipients is to be told long terms.</summary>
    private static Attempt<AwardAllocation> Burdened(Stage stage, Attempt<AwardAllocation> attempt)
    {
        var fund = stage.Government.OpensLong("long", 30_000);
        var recipients = stage.Government.FundsMany((AwardAllocation.MostBytes / 30_000) + 1);
        return attempt with { Command = new AwardAllocation(stage.Government.Do(Runs.Of(fund, [.. recipients.Select(recipient => (recipient, 1L))])), []) };
    }

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AwardAllocation_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AwardAllocation_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
