namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a reservation is not released.</summary>
public sealed class ReleaseReservationRefusalTests
{
    internal static readonly RefusalTable<ReleaseReservation, ReleaseReservationRefusal> Table = new RefusalTable<ReleaseReservation, ReleaseReservationRefusal>(stage =>
            new(stage.Council, new ReleaseReservation(stage.Council.Do(stage.Council.Reservation(stage.Fund, 1_000)), 1_000)))
        .Row(ReleaseReservationRefusal.AmountMalformed, "no money", release => release with { AmountPence = 0 })
        .Row(ReleaseReservationRefusal.AmountMalformed, "less than no money", release => release with { AmountPence = -1 })
        .Row(ReleaseReservationRefusal.AmountMalformed, "more money than there is", release => release with { AmountPence = Pence.Most + 1 })
        .Row(ReleaseReservationRefusal.ReservationUnknown, "an entry that reserved nothing", release => release with { Reservation = release.Reservation with { Index = 1 } })
        .Row(ReleaseReservationRefusal.ReservationUnknown, "a reservation of another body", release => release with { Reservation = release.Reservation with { Body = "GOV" } })
        .Row(ReleaseReservationRefusal.MoreThanLeft, "a penny more than was set aside", release => release with { AmountPence = 1_001 })
        .Row(ReleaseReservationRefusal.MoreThanLeft, "what was released before", (Stage stage, ReleaseReservation release) =>
        {
            stage.Council.Do(release);
            return release with { AmountPence = 1 };
        })
        .Both("no money", "an entry that reserved nothing")
        .Both("an entry that reserved nothing", "a penny more than was set aside");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReleaseReservation_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReleaseReservation_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
