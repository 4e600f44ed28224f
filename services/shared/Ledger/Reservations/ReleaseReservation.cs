namespace FundingFlows.Ledger;

/// <summary>Why a reservation is not released, in the order in which the rules are checked.</summary>
public enum ReleaseReservationRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body made no such reservation.</summary>
    [Refuses(RefusalClass.Missing)] ReservationUnknown,

    /// <summary>Less of it is left than that.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanLeft,
}

/// <summary>Part of what was set aside is not needed: it is free again, last drawn first.</summary>
public sealed record ReleaseReservation(EntryId Reservation, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                ReleaseReservationRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be made free: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Reservations.Find(Reservation) is null)
            return Decision.Refuse(ReleaseReservationRefusal.ReservationUnknown, $"{books.Body} made no reservation {Reservation}.", ("reservation", $"{Reservation}"));
        var hold = books.Holds[Reservation];
        if (AmountPence > hold.AmountPence)
            return Decision.Refuse(
                ReleaseReservationRefusal.MoreThanLeft, $"{Pence.InPounds(hold.AmountPence)} of {Reservation} is still set aside; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{hold.AmountPence}"), ("wanted_pence", $"{AmountPence}"));
        // A reservation has no more pieces than fit in the most parts, so its release fits too.
        return Decision.Accept([.. Parts.Cut(hold.LastDrawn(AmountPence)).Select(part => new Fact
        {
            ReservationReleased = new ReservationReleased { Reservation = Reservation.ToRef(), AmountPence = AmountPence, Pieces = { part } },
        })]);
    }
}
