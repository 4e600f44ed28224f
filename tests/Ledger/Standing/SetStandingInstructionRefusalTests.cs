namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a standing instruction is not set.</summary>
public sealed class SetStandingInstructionRefusalTests
{
    internal static readonly RefusalTable<SetStandingInstruction, SetStandingInstructionRefusal> Table = new RefusalTable<SetStandingInstruction, SetStandingInstructionRefusal>(
            stage => new(stage.Council, stage.Passes()))
        .Row(SetStandingInstructionRefusal.SharesMalformed, "no shares", set => set with { Shares = [] })
        .Row(SetStandingInstructionRefusal.SharesMalformed, "a share of nothing", set => set with { Shares = [set.Shares[0] with { PartsPerMillion = 0 }] })
        .Row(SetStandingInstructionRefusal.SharesMalformed, "more than the whole", (stage, set) => set with { Shares = [set.Shares[0], new StandingPart(stage.CouncilAward, 500_001)] })
        .Row(SetStandingInstructionRefusal.SharesMalformed, "the same award twice", set => set with { Shares = [set.Shares[0], set.Shares[0]] })
        .Row(SetStandingInstructionRefusal.SharesMalformed, "too many shares", set => set with
        {
            Shares = [.. Enumerable.Range(0, StandingInstruction.MostShares + 1).Select(i => new StandingPart(new EntryId("E06000001", 1, i), 1))],
        })
        .Row(SetStandingInstructionRefusal.AwardUnknown, "an award that there is not", set => set with { Line = set.Line with { Award = Nowhere } })
        .Row(SetStandingInstructionRefusal.NotTheRecipient, "an award to another body", (stage, set) => set with { Line = set.Line with { Award = stage.ForumAward } })
        .Row(SetStandingInstructionRefusal.AwardNotAccepted, "an award that is only offered", (stage, set) => set with { Line = set.Line with { Award = Offered(stage.Government, stage.Council, stage) } })
        .Row(SetStandingInstructionRefusal.AwardOver, "an award that is over", (Stage stage, SetStandingInstruction set) =>
        {
            stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return set;
        })
        .Row(SetStandingInstructionRefusal.NoSuchPromise, "a kind without a promise", set => set with { Line = set.Line with { Kind = Kind.Capital } })
        .Row(SetStandingInstructionRefusal.AlreadySet, "an instruction that there is", (Stage stage, SetStandingInstruction set) =>
        {
            stage.Council.Do(stage.Passes());
            return set;
        })
        .Row(SetStandingInstructionRefusal.GivenAwardUnknown, "a share under no award", set => set with { Shares = [set.Shares[0] with { Award = Nowhere }] })
        .Row(SetStandingInstructionRefusal.NotTheFunder, "a share under another's award", (stage, set) => set with { Shares = [set.Shares[0] with { Award = stage.CouncilAward }] })
        .Row(SetStandingInstructionRefusal.GivenAwardNotAccepted, "a share under an offer", (stage, set) => set with { Shares = [set.Shares[0] with { Award = Offered(stage.Council, stage.Forum, stage) }] })
        .Row(SetStandingInstructionRefusal.GivenAwardOver, "a share under an award that is over", (Stage stage, SetStandingInstruction set) =>
        {
            stage.Council.Do(new EndAgreement(stage.ForumAgreement, Write.Reason));
            return set;
        })
        .Row(SetStandingInstructionRefusal.OtherFund, "a share under an award of another fund", (stage, set) =>
        {
            var levy = stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000));
            return set with { Shares = [set.Shares[0] with { Award = stage.Federation.Awards(stage.Council, stage.Forum, levy, Write.Promise(2026, Kind.Revenue, 100, Write.Led)) }] };
        })
        .Row(SetStandingInstructionRefusal.NothingAlikePromised, "a share under an award of other uses", (stage, set) =>
            set with { Shares = [set.Shares[0] with { Award = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Capital, 100)) }] })
        .Both("no shares", "an award that there is not")
        .Both("a share of nothing", "an award to another body")
        .Both("an award to another body", "a kind without a promise")
        .Both("an award that is over", "a kind without a promise")
        .Both("an award that is over", "an instruction that there is")
        .Both("a kind without a promise", "a share under no award")
        .Both("an instruction that there is", "a share under no award")
        .Both("an award that is over", "a share under an award that is over");

    private static readonly EntryId Nowhere = new("E06000001", 1, 99_999);

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void SetStandingInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void SetStandingInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static EntryId Offered(TestBody funder, TestBody recipient, Stage stage)
    {
        var award = funder.Do(new OfferAward(recipient.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 500, Write.Led)]));
        stage.Federation.Settle();
        return award;
    }
}
