namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a liability is not recorded.</summary>
public sealed class RecordLiabilityRefusalTests
{
    internal static readonly RefusalTable<RecordLiability, RecordLiabilityRefusal> Table = new RefusalTable<RecordLiability, RecordLiabilityRefusal>(stage =>
            new(stage.Council, stage.Council.Liability(stage.Fund, 1_000)))
        .Row(RecordLiabilityRefusal.AmountMalformed, "no money", owed => owed with { AmountPence = 0 })
        .Row(RecordLiabilityRefusal.AmountMalformed, "more money than there is", owed => owed with { AmountPence = long.MaxValue })
        .Row(RecordLiabilityRefusal.UseMalformed, "a category in words", owed => owed with { For = owed.For with { Category = "A new roof" } })
        .Row(RecordLiabilityRefusal.UseMalformed, "nobody who is owed", owed => owed with { For = owed.For with { Supplier = null } })
        .Row(RecordLiabilityRefusal.UseMalformed, "a day before all years", owed => owed with { ReceivedOn = new DateOnly(2000, 3, 31) })
        .Row(RecordLiabilityRefusal.UseMalformed, "nothing that shows it", owed => owed with { Evidence = null })
        .Row(RecordLiabilityRefusal.FundUnknown, "a fund that nobody opened", owed => owed with { For = owed.For with { Fund = "GOV.parks" } })
        .Row(RecordLiabilityRefusal.ProjectUnknown, "a project of nobody", owed => owed with { For = owed.For with { Project = new EntryId("GOV", 1, 0) } })
        .Row(RecordLiabilityRefusal.ReservationUnknown, "a reservation of nobody", owed => owed with { Reservation = new EntryId("GOV", 1, 0) })
        .Row(RecordLiabilityRefusal.SupplierIsABody, "a body that is owed", (stage, owed) =>
            owed with { For = owed.For with { Supplier = Write.Organisation(TestFederation.OrganisationOf(stage.Forum.Id)) } })
        .Row(RecordLiabilityRefusal.DayOutsideYear, "a day of the year after", owed => owed with { ReceivedOn = new DateOnly(2027, 4, 1) })
        .Row(RecordLiabilityRefusal.ProjectClosed, "a project that is closed", (Stage stage, RecordLiability owed) =>
        {
            stage.Council.Do(new CloseProject(owed.For.Project, Write.Day, null));
            return owed;
        })
        .Row(RecordLiabilityRefusal.YearClosed, "a year that is closed for good", (Stage stage, RecordLiability owed) =>
        {
            ClosingTown.Closes(stage.Council);
            return owed;
        })
        .Row(RecordLiabilityRefusal.NotWhatWasReserved, "a reservation for something else", (stage, owed) =>
        {
            var reserve = stage.Council.Reservation(stage.Fund, 2_000);
            return owed with { Reservation = stage.Council.Do(reserve with { For = reserve.For with { Category = "parks" } }) };
        })
        .Row(RecordLiabilityRefusal.NotWhatWasReserved, "an order from somebody else", (stage, owed) =>
        {
            var reserve = stage.Council.Reservation(stage.Fund, 2_000);
            return owed with { Reservation = stage.Council.Do(reserve with { For = reserve.For with { Supplier = Write.Organisation("GB-CHC-9") } }) };
        })
        .Row(RecordLiabilityRefusal.NotEnoughMoney, "a penny more than is held", owed => owed with { AmountPence = 24_001 })
        .Row(RecordLiabilityRefusal.KeptForSomethingElse, "a penny of another kind", owed => owed with { AmountPence = 8_001 })
        .Row(RecordLiabilityRefusal.TooManyPieces, "more pieces than a liability names", (Stage stage, RecordLiability owed) => owed with
        {
            For = owed.For with { Fund = Pieces.Pennies(stage.Council, Parts.MostParts * Parts.MostPieces + 1) },
            AmountPence = Parts.MostParts * Parts.MostPieces + 1,
        })
        .Both("no money", "a category in words")
        .Both("nothing that shows it", "a fund that nobody opened")
        .Both("a fund that nobody opened", "a reservation of nobody")
        .Both("a reservation of nobody", "a body that is owed")
        .Both("a body that is owed", "a day of the year after")
        .Both("a day of the year after", "a project that is closed")
        .Both("a project that is closed", "a year that is closed for good")
        .Both("a year that is closed for good", "a penny more than is held");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RecordLiability_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RecordLiability_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}

/// <summary>The table of why a liability is not corrected.</summary>
public sealed class ReduceLiabilityRefusalTests
{
    internal static readonly RefusalTable<ReduceLiability, ReduceLiabilityRefusal> Table = new RefusalTable<ReduceLiability, ReduceLiabilityRefusal>(stage =>
            new(stage.Council, new ReduceLiability(stage.Council.Do(stage.Council.Liability(stage.Fund, 1_000)), Write.Digest("A discount."), 1_000)))
        .Row(ReduceLiabilityRefusal.AmountMalformed, "no money", reduce => reduce with { AmountPence = 0 })
        .Row(ReduceLiabilityRefusal.AmountMalformed, "less than any money", reduce => reduce with { AmountPence = long.MinValue })
        .Row(ReduceLiabilityRefusal.ReasonsMissing, "no reasons", reduce => reduce with { Reasons = null })
        .Row(ReduceLiabilityRefusal.LiabilityUnknown, "an entry that owes nothing", reduce => reduce with { Liability = reduce.Liability with { Index = 1 } })
        .Row(ReduceLiabilityRefusal.MoreThanOwed, "a penny more than is owed", reduce => reduce with { AmountPence = 1_001 })
        .Both("no money", "no reasons")
        .Both("no reasons", "an entry that owes nothing")
        .Both("an entry that owes nothing", "a penny more than is owed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReduceLiability_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReduceLiability_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
