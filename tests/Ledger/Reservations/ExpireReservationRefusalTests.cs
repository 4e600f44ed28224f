namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a reservation does not expire.</summary>
public sealed class ExpireReservationRefusalTests
{
    internal static readonly RefusalTable<ExpireReservation, ExpireReservationRefusal> Table = new RefusalTable<ExpireReservation, ExpireReservationRefusal>(stage =>
            new(stage.Council, new ExpireReservation(stage.Council.Do(stage.Council.Reservation(stage.Fund, 1_000)), Write.YearEnd)))
        .Row(ExpireReservationRefusal.DayMalformed, "a day before all years", expire => expire with { AsOf = new DateOnly(2000, 3, 31) })
        .Row(ExpireReservationRefusal.DayMalformed, "a day after all years", expire => expire with { AsOf = new DateOnly(2200, 4, 1) })
        .Row(ExpireReservationRefusal.ReservationUnknown, "an entry that reserved nothing", expire => expire with { Reservation = expire.Reservation with { Index = 1 } })
        .Row(ExpireReservationRefusal.NothingLeft, "a reservation that was released", (Stage stage, ExpireReservation expire) =>
        {
            stage.Council.Do(new ReleaseReservation(expire.Reservation, 1_000));
            return expire;
        })
        .Row(ExpireReservationRefusal.NotYet, "the day before", expire => expire with { AsOf = Write.YearEnd.AddDays(-1) })
        .Both("a day before all years", "an entry that reserved nothing")
        .Both("an entry that reserved nothing", "a reservation that was released")
        .Both("a reservation that was released", "the day before");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ExpireReservation_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ExpireReservation_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
