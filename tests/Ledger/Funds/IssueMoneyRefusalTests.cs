namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why money is not issued.</summary>
public sealed class IssueMoneyRefusalTests
{
    internal static readonly RefusalTable<IssueMoney, IssueMoneyRefusal> Table = new RefusalTable<IssueMoney, IssueMoneyRefusal>(stage =>
            new(stage.Government, new IssueMoney(stage.Fund, Write.Vote(), 1_000)))
        .Row(IssueMoneyRefusal.AmountMalformed, "no money", money => money with { AmountPence = 0 })
        .Row(IssueMoneyRefusal.AmountMalformed, "less than no money", money => money with { AmountPence = long.MinValue })
        .Row(IssueMoneyRefusal.AmountMalformed, "more money than there is", money => money with { AmountPence = Pence.Most + 1 })
        .Row(IssueMoneyRefusal.SourceMalformed, "a source of no kind", money => money with { Source = new SourceId(SourceKind.Unspecified, "x") })
        .Row(IssueMoneyRefusal.SourceMalformed, "a source of an unknown kind", money => money with { Source = new SourceId((SourceKind)99, "x") })
        .Row(IssueMoneyRefusal.SourceMalformed, "a source with a name in words", money => money with { Source = Write.Vote("The Main Estimate") })
        .Row(IssueMoneyRefusal.SourceMalformed, "no source at all", money => money with { Source = default })
        .Row(IssueMoneyRefusal.FundUnknown, "a fund that nobody opened", money => money with { Fund = "GOV.parks" })
        .Row(IssueMoneyRefusal.FundUnknown, "a fund that another body opened", (stage, attempt) => attempt with { By = stage.Council })
        .Row(IssueMoneyRefusal.SourceOfOthers, "a vote of parliament for a council", (stage, attempt) => attempt with
        {
            By = stage.Council,
            Command = attempt.Command with { Fund = stage.Council.Opens("levy", Write.Share(Kind.Either, 5_000), Write.Share(Kind.Revenue, 5_000)) },
        })
        .Row(IssueMoneyRefusal.SourceOfOthers, "a local levy for central government", money => money with { Source = new SourceId(SourceKind.LocalLevy, "levy") })
        .Row(IssueMoneyRefusal.InterestWithoutLoan, "interest on no loan", money => money with { Source = new SourceId(SourceKind.LoanInterest, "loan-1") })
        .Row(IssueMoneyRefusal.YearClosed, "a fund whose years are over", (stage, money) => money with { Fund = stage.Government.OpensOver() })
        .Row(IssueMoneyRefusal.YearClosed, "a fund with a ceiling, of a year that is closed for good", (stage, money) =>
        {
            stage.Government.Do(Write.Fund("carried", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([], CarryForwardBasisPoints: 9_999) });
            ClosingTown.Closes(stage.Government);
            return money with { Fund = "GOV.carried" };
        })
        .Row(IssueMoneyRefusal.ShareEmpty, "too little to divide", money => money with { AmountPence = 2 })
        .Row(IssueMoneyRefusal.TotalTooLarge, "more than accounts hold", (stage, money) =>
        {
            stage.Government.Issues(stage.Fund, Pence.Most - 100_000);
            return money with { AmountPence = 1_000 };
        })
        .Both("no money", "a source of no kind")
        .Both("more money than there is", "a fund that nobody opened")
        .Both("a source with a name in words", "a fund that nobody opened")
        .Both("a source of no kind", "too little to divide")
        .Both("a fund that another body opened", "too little to divide")
        .Both("a fund that nobody opened", "more than accounts hold")
        .Both("a fund that nobody opened", "a local levy for central government")
        .Both("a fund that another body opened", "interest on no loan")
        .Both("a local levy for central government", "a fund whose years are over")
        .Both("interest on no loan", "a fund whose years are over")
        .Both("a fund whose years are over", "more than accounts hold")
        .Both("interest on no loan", "too little to divide")
        .Both("too little to divide", "more than accounts hold");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void IssueMoney_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void IssueMoney_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
