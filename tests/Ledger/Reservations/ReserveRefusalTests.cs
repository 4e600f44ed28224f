namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why money is not set aside.</summary>
public sealed class ReserveRefusalTests
{
    internal static readonly RefusalTable<Reserve, ReserveRefusal> Table = new RefusalTable<Reserve, ReserveRefusal>(stage =>
            new(stage.Council, stage.Council.Reservation(stage.Fund, 1_000)))
        .Row(ReserveRefusal.AmountMalformed, "no money", reserve => reserve with { AmountPence = 0 })
        .Row(ReserveRefusal.AmountMalformed, "less than any money", reserve => reserve with { AmountPence = long.MinValue })
        .Row(ReserveRefusal.AmountMalformed, "more money than there is", reserve => reserve with { AmountPence = Pence.Most + 1 })
        .Row(ReserveRefusal.AmountMalformed, "as many pence as can be counted", reserve => reserve with { AmountPence = long.MaxValue })
        .Row(ReserveRefusal.UseMalformed, "a year that is no year", reserve => reserve with { For = reserve.For with { Year = 26 } })
        .Row(ReserveRefusal.UseMalformed, "money of either kind", reserve => reserve with { For = reserve.For with { Kind = Kind.Either } })
        .Row(ReserveRefusal.UseMalformed, "a category in words", reserve => reserve with { For = reserve.For with { Category = "A new roof" } })
        .Row(ReserveRefusal.UseMalformed, "a place without a code", reserve => reserve with { For = reserve.For with { Place = "Leeds" } })
        .Row(ReserveRefusal.UseMalformed, "a supplier who is nobody", reserve => reserve with { For = reserve.For with { Supplier = new Payee() } })
        .Row(ReserveRefusal.UseMalformed, "a supplier without an identifier", reserve => reserve with { For = reserve.For with { Supplier = Write.Organisation("The Roofers Ltd") } })
        .Row(ReserveRefusal.UseMalformed, "a person by name", reserve => reserve with { For = reserve.For with { Supplier = new Payee { Person = "Ann Example" } } })
        .Row(ReserveRefusal.UseMalformed, "a day before all years", reserve => reserve with { ExpiresOn = new DateOnly(2000, 3, 31) })
        .Row(ReserveRefusal.UseMalformed, "no purpose", reserve => reserve with { Purpose = null })
        .Row(ReserveRefusal.FundUnknown, "a fund that nobody opened", reserve => reserve with { For = reserve.For with { Fund = "GOV.parks" } })
        .Row(ReserveRefusal.ProjectUnknown, "a project of nobody", reserve => reserve with { For = reserve.For with { Project = new EntryId("GOV", 1, 0) } })
        .Row(ReserveRefusal.SupplierIsABody, "a body as supplier", (stage, reserve) =>
            reserve with { For = reserve.For with { Supplier = Write.Organisation(TestFederation.OrganisationOf(stage.Forum.Id)) } })
        .Row(ReserveRefusal.ExpiryOutsideYear, "a day of the year after", reserve => reserve with { ExpiresOn = new DateOnly(2027, 4, 1) })
        .Row(ReserveRefusal.ExpiryOutsideYear, "a day of the year before", reserve => reserve with { ExpiresOn = new DateOnly(2026, 3, 31) })
        .Row(ReserveRefusal.ProjectClosed, "a project that is closed", (Stage stage, Reserve reserve) =>
        {
            stage.Council.Do(new CloseProject(reserve.For.Project, Write.Day, null));
            return reserve;
        })
        .Row(ReserveRefusal.YearClosed, "a year that is closed", (Stage stage, Reserve reserve) =>
        {
            stage.Council.Do(new CloseYearProvisionally(2026));
            return reserve;
        })
        .Row(ReserveRefusal.NotEnoughMoney, "a penny more than is held", reserve => reserve with { AmountPence = 24_001 })
        .Row(ReserveRefusal.KeptForSomethingElse, "a penny of another kind", reserve => reserve with { AmountPence = 8_001 })
        .Row(ReserveRefusal.KeptForSomethingElse, "money that is set aside already", (Stage stage, Reserve reserve) =>
        {
            stage.Council.Do(reserve with { AmountPence = 7_001 });
            return reserve;
        })
        .Row(ReserveRefusal.TooManyPieces, "more pieces than a reservation names", (Stage stage, Reserve reserve) => reserve with
        {
            For = reserve.For with { Fund = Pieces.Pennies(stage.Council, Parts.MostParts * Parts.MostPieces + 1) },
            AmountPence = Parts.MostParts * Parts.MostPieces + 1,
        })
        .Both("no money", "a category in words")
        .Both("a place without a code", "a fund that nobody opened")
        .Both("a fund that nobody opened", "a project of nobody")
        .Both("a project of nobody", "a body as supplier")
        .Both("a body as supplier", "a day of the year after")
        .Both("a day of the year after", "a project that is closed")
        .Both("a project that is closed", "a year that is closed")
        .Both("a year that is closed", "a penny more than is held")
        .Both("a project that is closed", "a penny of another kind")
        .Both("a day of the year before", "more pieces than a reservation names");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reserve_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void Reserve_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
