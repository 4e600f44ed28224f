namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body does not ask to be closed.</summary>
public sealed class CloseBodyRefusalTests
{
    internal static readonly RefusalTable<CloseBody, CloseBodyRefusal> Table = new RefusalTable<CloseBody, CloseBodyRefusal>(stage =>
            new(stage.Stranger, new CloseBody(new DateOnly(2027, 3, 31))))
        .Row(CloseBodyRefusal.DayMalformed, "a day before the financial years", _ => new CloseBody(new DateOnly(2000, 3, 31)))
        .Row(CloseBodyRefusal.DayMalformed, "a day behind the financial years", _ => new CloseBody(new DateOnly(2200, 4, 1)))
        .Row(CloseBodyRefusal.IsTheRoot, "the root of the federation", (stage, attempt) => attempt with { By = stage.Government })
        .Row(CloseBodyRefusal.MoneyHeld, "a body that holds money", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Stranger.Issues(stage.Stranger.Opens("levy", Write.Share(Kind.Either, 10_000)), 1);
            return attempt;
        })
        .Row(CloseBodyRefusal.OnItsWay, "a proposal on its way", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Stranger.Do(new ProposeAgreement(stage.Forum.Id));
            return attempt;
        })
        .Row(CloseBodyRefusal.AgreementOpen, "an agreement that is proposed", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(CloseBodyRefusal.AgreementOpen, "an agreement that is active", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Federation.Agrees(stage.Council, stage.Stranger);
            return attempt;
        })
        .Row(CloseBodyRefusal.CustodyOpen, "a forum whose money it keeps", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Federation.Keeps(stage.Stranger, stage.Forum);
            return attempt;
        })
        .Row(CloseBodyRefusal.ClawbackOpen, "a claim that was not met", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            var fund = stage.Stranger.Opens("levy", Write.Share(Kind.Revenue, 10_000));
            stage.Stranger.Issues(fund, 100);
            stage.Federation.Agrees(stage.Stranger, stage.Council);
            var award = stage.Federation.Awards(stage.Stranger, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 100));
            stage.Stranger.Sends(award, 0, 100);
            stage.Federation.Settle();
            stage.Stranger.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 100));
            stage.Stranger.Do(new EndAgreement(stage.Stranger.Books.Agreements.All.Single().Id, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(CloseBodyRefusal.MoneyGivenOut, "money that it gave and nobody has accounted for", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Gives();
            return attempt;
        })
        .Row(CloseBodyRefusal.AppealOpen, "an appeal that it is to decide", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            var custody = stage.Federation.Keeps(stage.Stranger, stage.Forum);
            var instruction = stage.Forum.Do(stage.Paying());
            stage.Federation.Settle();
            stage.Stranger.Do(Instructed.Refusing(instruction));
            stage.Federation.Settle();
            stage.Stranger.Do(new EndCustody(custody, Write.Reason));
            stage.Forum.Do(new MakeAppeal(instruction, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(CloseBodyRefusal.BodyVouchedFor, "a body that it vouches for", (Stage stage, Attempt<CloseBody> attempt) =>
        {
            stage.Stranger.Do(RegisterBodyRefusalTests.Registering("forum-2"));
            return attempt;
        })
        .Both("a day before the financial years", "the root of the federation")
        .Both("a body that holds money", "a proposal on its way")
        .Both("a proposal on its way", "a body that it vouches for")
        .Both("an agreement that is active", "a forum whose money it keeps")
        .Both("a forum whose money it keeps", "a claim that was not met")
        .Both("a claim that was not met", "a body that it vouches for")
        .Both("a forum whose money it keeps", "money that it gave and nobody has accounted for")
        .Both("money that it gave and nobody has accounted for", "an appeal that it is to decide")
        .Both("money that it gave and nobody has accounted for", "a body that it vouches for")
        .Both("an agreement that is active", "an appeal that it is to decide")
        .Both("an appeal that it is to decide", "a body that it vouches for")
        .Both("an agreement that is active", "a body that it vouches for");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void CloseBody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void CloseBody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
