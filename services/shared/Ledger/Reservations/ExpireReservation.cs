namespace FundingFlows.Ledger;

/// <summary>Why a reservation does not expire, in the order in which the rules are checked.</summary>
public enum ExpireReservationRefusal
{
    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>This body made no such reservation.</summary>
    [Refuses(RefusalClass.Missing)] ReservationUnknown,

    /// <summary>All of it was used or released.</summary>
    [Refuses(RefusalClass.Rule)] NothingLeft,

    /// <summary>Its day has not come.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotYet,
}

/// <summary>A reservation has run out: a person says of which day that is. All that is left of it is free again.</summary>
public sealed record ExpireReservation(EntryId Reservation, DateOnly AsOf) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Dates.IsDay(AsOf))
            return Decision.Refuse(ExpireReservationRefusal.DayMalformed, "A reservation expires as of a day in a financial year that this ledger knows.");
        if (books.Reservations.Find(Reservation) is not { } reservation)
            return Decision.Refuse(ExpireReservationRefusal.ReservationUnknown, $"{books.Body} made no reservation {Reservation}.", ("reservation", $"{Reservation}"));
        var hold = books.Holds[Reservation];
        if (hold.AmountPence == 0)
            return Decision.Refuse(ExpireReservationRefusal.NothingLeft, $"Nothing of {Reservation} is set aside any more.", ("reservation", $"{Reservation}"));
        if (AsOf < reservation.ExpiresOn)
            return Decision.Refuse(
                ExpireReservationRefusal.NotYet, $"{Reservation} holds until {Dates.InWords(reservation.ExpiresOn)}; {Dates.InWords(AsOf)} is before that.",
                ("expires_on", $"{reservation.ExpiresOn:yyyy-MM-dd}"));
        return Decision.Accept([.. Parts.Cut(hold.LastDrawn(hold.AmountPence)).Select(part => new Fact
        {
            ReservationExpired = new ReservationExpired { Reservation = Reservation.ToRef(), AsOf = AsOf.ToDate(), AmountPence = hold.AmountPence, Pieces = { part } },
        })]);
    }
}
