namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why money is not claimed back.</summary>
public sealed class ClaimClawbackRefusalTests
{
    internal static readonly RefusalTable<ClaimClawback, ClaimClawbackRefusal> Table = new RefusalTable<ClaimClawback, ClaimClawbackRefusal>(stage =>
            new(stage.Government, new ClaimClawback(stage.CouncilAward, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 8_000)))
        .Row(ClaimClawbackRefusal.AmountMalformed, "no money", claim => claim with { AmountPence = 0 })
        .Row(ClaimClawbackRefusal.AmountMalformed, "less than no money", claim => claim with { AmountPence = long.MinValue })
        .Row(ClaimClawbackRefusal.AmountMalformed, "more money than there is", claim => claim with { AmountPence = long.MaxValue })
        .Row(ClaimClawbackRefusal.AwardUnknown, "an entry that is no award", (stage, claim) => claim with { Award = stage.CouncilAgreement })
        .Row(ClaimClawbackRefusal.NotTheFunder, "an award of another body", (stage, attempt) => attempt with { By = stage.Council })
        .Row(ClaimClawbackRefusal.RecipientAbolished, "an award to a body that was abolished", (Stage stage, ClaimClawback claim) =>
        {
            stage.Government.Do(stage.Ordering());
            stage.Federation.Ends(stage.Council);
            return claim;
        })
        .Row(ClaimClawbackRefusal.RecipientClosed, "an award to a body that was closed", (Stage stage, ClaimClawback claim) =>
        {
            stage.Council.TellsOfItsEnd(stage.Government);
            return claim;
        })
        .Row(ClaimClawbackRefusal.NoSuchPromise, "a kind that was not promised", claim => claim with { Kind = Kind.Either })
        .Row(ClaimClawbackRefusal.NoSuchPromise, "earmarks that were not promised", claim => claim with { Kind = Kind.Capital, Earmarks = Write.Kept(Write.Led) })
        .Row(ClaimClawbackRefusal.MoreThanGiven, "a penny more than was given", claim => claim with { AmountPence = 8_001 })
        .Row(ClaimClawbackRefusal.MoreThanGiven, "money that has come back", (Stage stage, ClaimClawback claim) =>
        {
            stage.Federation.Settle();
            stage.Council.Do(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 1));
            stage.Federation.Settle();
            return claim;
        })
        .Row(ClaimClawbackRefusal.MoreThanGiven, "money that is claimed", (Stage stage, ClaimClawback claim) =>
        {
            stage.Government.Do(claim with { AmountPence = 1 });
            return claim;
        })
        .Row(ClaimClawbackRefusal.MoreThanGiven, "money that is on its way", (Stage stage, ClaimClawback claim) =>
        {
            stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 1_000);
            return claim with { AmountPence = 8_001 };
        })
        .Both("no money", "an entry that is no award")
        .Both("more money than there is", "an award of another body")
        .Both("an award of another body", "a kind that was not promised")
        .Both("an award of another body", "a penny more than was given");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ClaimClawback_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ClaimClawback_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}

/// <summary>The table of why a claim is not withdrawn.</summary>
public sealed class WithdrawClawbackRefusalTests
{
    internal static readonly RefusalTable<WithdrawClawback, WithdrawClawbackRefusal> Table = new RefusalTable<WithdrawClawback, WithdrawClawbackRefusal>(stage =>
            new(stage.Government, new WithdrawClawback(stage.Claims(1_000), 1_000)))
        .Row(WithdrawClawbackRefusal.AmountMalformed, "no money", withdrawal => withdrawal with { AmountPence = 0 })
        .Row(WithdrawClawbackRefusal.AmountMalformed, "more money than there is", withdrawal => withdrawal with { AmountPence = long.MaxValue })
        .Row(WithdrawClawbackRefusal.ClawbackUnknown, "an entry that is no clawback", (stage, withdrawal) => withdrawal with { Clawback = stage.CouncilAward })
        .Row(WithdrawClawbackRefusal.NotTheClaimant, "a claim of another body", (stage, attempt) => attempt with { By = stage.Council })
        .Row(WithdrawClawbackRefusal.MoreThanOwed, "a penny more than was claimed", withdrawal => withdrawal with { AmountPence = 1_001 })
        .Row(WithdrawClawbackRefusal.MoreThanOwed, "money that has come", (Stage stage, WithdrawClawback withdrawal) =>
        {
            stage.Settles(withdrawal.Clawback, 1);
            return withdrawal;
        })
        .Both("no money", "an entry that is no clawback")
        .Both("more money than there is", "a claim of another body")
        .Both("a claim of another body", "a penny more than was claimed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void WithdrawClawback_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void WithdrawClawback_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}

/// <summary>The table of why a claim is not met.</summary>
public sealed class SettleClawbackRefusalTests
{
    private const int TooMany = (Parts.MostParts * Parts.MostPieces) + 1;

    internal static readonly RefusalTable<SettleClawback, SettleClawbackRefusal> Table = new RefusalTable<SettleClawback, SettleClawbackRefusal>(stage =>
            new(stage.Council, new SettleClawback(stage.Claims(8_000), 8_000)))
        .Row(SettleClawbackRefusal.AmountMalformed, "no money", settlement => settlement with { AmountPence = 0 })
        .Row(SettleClawbackRefusal.AmountMalformed, "more money than there is", settlement => settlement with { AmountPence = long.MaxValue })
        .Row(SettleClawbackRefusal.ClawbackUnknown, "an entry that is no clawback", (stage, settlement) => settlement with { Clawback = stage.CouncilAward })
        .Row(SettleClawbackRefusal.NotTheDebtor, "a claim of one's own", (stage, attempt) => attempt with { By = stage.Government })
        .Row(SettleClawbackRefusal.MoreThanOwed, "a penny more than is owed", settlement => settlement with { AmountPence = 8_001 })
        .Row(SettleClawbackRefusal.NotEnoughMoney, "money that was spent", (Stage stage, SettleClawback settlement) =>
        {
            stage.Spends(16_000, Kind.Capital);
            return settlement with { Clawback = stage.Claims(10_000, Kind.Capital), AmountPence = 10_000 };
        })
        .Row(SettleClawbackRefusal.TooManyPieces, "more pieces than a transfer carries", (Stage stage, SettleClawback settlement) =>
        {
            stage.Spends(16_000, Kind.Capital);
            Pieces.Pennies(stage.Council, TooMany + 1);
            return settlement with { Clawback = stage.Claims(10_000, Kind.Capital), AmountPence = TooMany };
        })
        .Both("no money", "an entry that is no clawback")
        .Both("more money than there is", "a claim of one's own")
        .Both("a claim of one's own", "a penny more than is owed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void SettleClawback_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void SettleClawback_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
