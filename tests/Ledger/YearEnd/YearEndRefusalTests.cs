namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a year is not closed provisionally.</summary>
public sealed class CloseYearProvisionallyRefusalTests
{
    internal static readonly RefusalTable<CloseYearProvisionally, CloseYearProvisionallyRefusal> Table =
        new RefusalTable<CloseYearProvisionally, CloseYearProvisionallyRefusal>(stage => new(stage.Council, new CloseYearProvisionally(2026)))
            .Row(CloseYearProvisionallyRefusal.YearMalformed, "a year before all years", _ => new CloseYearProvisionally(1999))
            .Row(CloseYearProvisionallyRefusal.YearMalformed, "a year after all years", _ => new CloseYearProvisionally(2200))
            .Row(CloseYearProvisionallyRefusal.YearMalformed, "the least number", _ => new CloseYearProvisionally(int.MinValue))
            .Row(CloseYearProvisionallyRefusal.AlreadyClosed, "a year that is closed", (Stage stage, CloseYearProvisionally close) =>
            {
                stage.Council.Do(close);
                return close;
            })
            .Row(CloseYearProvisionallyRefusal.AlreadyClosed, "a year before one that is closed", (Stage stage, CloseYearProvisionally close) =>
            {
                stage.Council.Do(close);
                return new CloseYearProvisionally(2025);
            })
            .Row(CloseYearProvisionallyRefusal.NotInOrder, "a year too early", _ => new CloseYearProvisionally(2025))
            .Row(CloseYearProvisionallyRefusal.NotInOrder, "a year too late", _ => new CloseYearProvisionally(2027))
            .Row(CloseYearProvisionallyRefusal.NotInOrder, "a body that never had money", (stage, attempt) => attempt with { By = stage.Stranger });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void CloseYearProvisionally_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void CloseYearProvisionally_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}

/// <summary>The table of why a year is not closed for good.</summary>
public sealed class CloseYearRefusalTests
{
    internal static readonly RefusalTable<CloseYear, CloseYearRefusal> Table = new RefusalTable<CloseYear, CloseYearRefusal>(stage =>
        {
            stage.Council.Do(new CloseYearProvisionally(2026));
            return new(stage.Council, new CloseYear(2026));
        })
        .Row(CloseYearRefusal.YearMalformed, "a year before all years", _ => new CloseYear(1999))
        .Row(CloseYearRefusal.YearMalformed, "the greatest number", _ => new CloseYear(int.MaxValue))
        .Row(CloseYearRefusal.AlreadyClosed, "a year that is closed for good", (Stage stage, CloseYear close) =>
        {
            stage.Council.Do(close);
            return close;
        })
        .Row(CloseYearRefusal.NotClosedProvisionally, "a year that takes spending", _ => new CloseYear(2027))
        .Row(CloseYearRefusal.NotInOrder, "a year before which another stands open", (Stage stage, CloseYear _) =>
        {
            stage.Council.Do(new CloseYearProvisionally(2027));
            return new CloseYear(2027);
        })
        .Row(CloseYearRefusal.MoneySetAside, "a reservation that is open", (stage, attempt) =>
        {
            stage.Forum.Do(stage.Forum.Reservation(stage.Fund, 100));
            stage.Forum.Do(new CloseYearProvisionally(2026));
            return attempt with { By = stage.Forum };
        })
        .Row(CloseYearRefusal.MoneySetAside, "a payment that waits for a second person", (stage, attempt) =>
        {
            stage.Forum.Prepares();
            stage.Forum.Do(new CloseYearProvisionally(2026));
            return attempt with { By = stage.Forum };
        })
        .Row(CloseYearRefusal.MoneyOnItsWay, "money on its way", (Stage stage, CloseYear close) =>
        {
            stage.Council.Do(new RepayUnderspend(stage.CouncilAward, null, 100));
            return close;
        })
        .Both("a year that takes spending", "money on its way")
        .Both("a year before which another stands open", "money on its way");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void CloseYear_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void CloseYear_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}

/// <summary>The table of why money is not surrendered.</summary>
public sealed class SurrenderMoneyRefusalTests
{
    internal static readonly RefusalTable<SurrenderMoney, SurrenderMoneyRefusal> Table = new RefusalTable<SurrenderMoney, SurrenderMoneyRefusal>(stage =>
            new(stage.Government, new SurrenderMoney(stage.Fund, Write.Vote(), 70_000)))
        .Row(SurrenderMoneyRefusal.AmountMalformed, "no money", surrender => surrender with { AmountPence = 0 })
        .Row(SurrenderMoneyRefusal.AmountMalformed, "more money than there is", surrender => surrender with { AmountPence = long.MaxValue })
        .Row(SurrenderMoneyRefusal.SourceMalformed, "a source of no kind", surrender => surrender with { Source = Write.Vote() with { Kind = SourceKind.Unspecified } })
        .Row(SurrenderMoneyRefusal.SourceMalformed, "a source in words", surrender => surrender with { Source = Write.Vote("The main estimate") })
        .Row(SurrenderMoneyRefusal.FundUnknown, "a fund that nobody opened", surrender => surrender with { Fund = "GOV.parks" })
        .Row(SurrenderMoneyRefusal.NotEnoughMoney, "a penny more than is there", surrender => surrender with { AmountPence = 70_001 })
        .Row(SurrenderMoneyRefusal.KeptForSomethingElse, "another source", surrender => surrender with { Source = Write.Vote("another") })
        .Row(SurrenderMoneyRefusal.KeptForSomethingElse, "a body that was funded", (stage, attempt) =>
            attempt with { By = stage.Council, Command = attempt.Command with { AmountPence = 1 } })
        .Row(SurrenderMoneyRefusal.TooManyPieces, "more pieces than a surrender names", (Stage stage, SurrenderMoney surrender) =>
            surrender with { Fund = Pieces.Pennies(stage.Government, Parts.MostParts * Parts.MostPieces + 1), AmountPence = Parts.MostParts * Parts.MostPieces + 1 })
        .Both("no money", "a source of no kind")
        .Both("a source in words", "a fund that nobody opened")
        .Both("a source of no kind", "a penny more than is there");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void SurrenderMoney_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void SurrenderMoney_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
