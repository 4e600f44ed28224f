namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why pots are not merged.</summary>
public sealed class MergePotsRefusalTests
{
    private const string Flexible = "GOV.flexible";

    internal static readonly RefusalTable<MergePots, MergePotsRefusal> Table = new RefusalTable<MergePots, MergePotsRefusal>(Lawful)
        .Row(MergePotsRefusal.StepMalformed, "a step of no lots", merge => merge with { MostLots = 0 })
        .Row(MergePotsRefusal.StepMalformed, "a step of less than no lots", merge => merge with { MostLots = int.MinValue })
        .Row(MergePotsRefusal.StepMalformed, "a step of too many lots", merge => merge with { MostLots = MergePots.MostLotsOfAStep + 1 })
        .Row(MergePotsRefusal.FundUnknown, "a fund that nobody opened", merge => merge with { From = "GOV.parks" })
        .Row(MergePotsRefusal.FundUnknown, "a target that nobody opened", merge => merge with { Into = "GOV.parks" })
        .Row(MergePotsRefusal.FundUnknown, "a body that knows neither", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(MergePotsRefusal.SameFund, "a fund into itself", merge => merge with { From = merge.Into })
        .Row(MergePotsRefusal.NothingToMerge, "an empty pot", (stage, merge) => merge with { From = stage.Government.OpensPot("empty", [Flexible], Open) })
        .Row(MergePotsRefusal.NothingToMerge, "an award that nothing is held under", (stage, merge) => merge with { Award = stage.CouncilAward })
        .Row(MergePotsRefusal.NotPermitted, "a pot whose terms name no other", (stage, merge) => merge with { From = stage.Fund })
        .Row(MergePotsRefusal.NotPermitted, "a pot of money that came from one whose terms do not name the target", (stage, merge) =>
            merge with { From = Between(stage, merge) })
        .Row(MergePotsRefusal.NothingInCommon, "a pot of another kind", (stage, merge) => merge with { From = Filled(stage, "capital", Write.Share(Kind.Capital, 10_000)) })
        .Row(MergePotsRefusal.NothingInCommon, "a pot of other years", (stage, merge) =>
        {
            stage.Government.Do(Write.Fund("early", [Open]) with { Years = new Years(2020, 2025), Rules = new FundRules([Flexible]) });
            stage.Government.Issues("GOV.early", 100);
            return merge with { From = "GOV.early" };
        })
        .Row(MergePotsRefusal.TooManyTerms, "money that has been through five funds", (stage, merge) => merge with { From = ThroughFunds(stage, 5) })
        .Row(MergePotsRefusal.TooManyTerms, "money under long terms", (stage, merge) =>
        {
            stage.Government.OpensLong("long-1", 27_950, "GOV.long-2", Flexible);
            stage.Government.OpensLong("long-2", 27_950, Flexible);
            stage.Government.Issues("GOV.long-1", 100);
            stage.Government.Merges("GOV.long-1", "GOV.long-2");
            return merge with { From = "GOV.long-2" };
        })
        .Row(MergePotsRefusal.YearNotClosed, "a pot of which little is carried forward into one that begins later", (stage, merge) =>
        {
            stage.Government.Do(Write.Fund("early", [Open]) with { Years = new Years(2025, 2027), Rules = new FundRules([Flexible], CarryForwardBasisPoints: 1_000) });
            stage.Government.Issues("GOV.early", 100);
            return merge with { From = "GOV.early" };
        })
        .Row(MergePotsRefusal.TotalTooLarge, "more than accounts hold", (Stage stage, Attempt<MergePots> merge) =>
        {
            var full = stage.Stranger.OpensPot("full", [$"{stage.Stranger.Id}.other"], Open);
            stage.Stranger.OpensPot("other", [full], Open);
            stage.Stranger.Issues(full, Pence.Most);
            stage.Stranger.Merges(full, $"{stage.Stranger.Id}.other");
            return new Attempt<MergePots>(stage.Stranger, merge.Command with { From = $"{stage.Stranger.Id}.other", Into = full });
        })
        .Both("a step of no lots", "a fund that nobody opened")
        .Both("a step of too many lots", "a body that knows neither")
        .Both("a target that nobody opened", "an empty pot")
        .Both("a body that knows neither", "a pot of another kind")
        .Both("a fund into itself", "an award that nothing is held under");

    public static TheoryData<string> Rows => Table.Names;

    private static SplitShare Open => Write.Share(Kind.Revenue, 10_000);

    [Theory]
    [MemberData(nameof(Rows))]
    public void MergePots_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void MergePots_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static Attempt<MergePots> Lawful(Stage stage)
    {
        stage.Government.OpensPot("flexible", [], Open);
        var small = stage.Government.OpensPot("small", [Flexible], Open);
        stage.Government.Issues(small, 5_000);
        return new(stage.Government, new MergePots(small, Flexible, null, 10));
    }

    private static string Filled(Stage stage, string name, SplitShare share)
    {
        var fund = stage.Government.OpensPot(name, [Flexible], share);
        stage.Government.Issues(fund, 100);
        return fund;
    }

    /// <summary>A pot that may be merged into the target, filled from one that may not.</summary>
    private static string Between(Stage stage, MergePots merge)
    {
        var between = stage.Government.OpensPot("between", [merge.Into], Open);
        var narrow = stage.Government.OpensPot("narrow", [between], Open);
        stage.Government.Issues(narrow, 100);
        stage.Government.Merges(narrow, between);
        return between;
    }

    /// <summary>Money that has been merged from one to the next of so many funds. Answers with the last.</summary>
    private static string ThroughFunds(Stage stage, int count)
    {
        List<string> names = [.. Enumerable.Range(1, count).Select(i => $"GOV.fund-{i}")];
        foreach (var name in names)
            stage.Government.OpensPot(name["GOV.".Length..], [.. names, Flexible], Open);
        stage.Government.Issues(names[0], 100);
        foreach (var (from, into) in names.Zip(names.Skip(1)))
            stage.Government.Merges(from, into);
        return names[^1];
    }
}
