using PlannedUse = FundingFlows.Contracts.Reservations.V1.PlannedUse;
using Liability = FundingFlows.Contracts.Reservations.V1.Liability;
using Reservation = FundingFlows.Contracts.Reservations.V1.Reservation;

namespace FundingFlows.Tiers;

/// <summary>How money that is set aside is shown.</summary>
internal static class ReservationViews
{
    public static Reservation? ReservationOf(this Books books, EntryId id) =>
        books.Reservations.Find(id) is { } reservation ? books.ToView(reservation) : null;

    public static Reservation ToView(this Books books, FundingFlows.Ledger.Reservation reservation) => new()
    {
        Id = reservation.Id.ToString(),
        Use = reservation.For.ToView(),
        ExpiresOn = reservation.Made.ExpiresOn,
        AmountPence = reservation.AmountPence,
        LeftPence = books.Holds.Find(reservation.Id)!.AmountPence,
        ReleasedPence = reservation.ReleasedPence,
        Expired = reservation.IsExpired,
        RecordedAt = reservation.RecordedAt,
        PurposeDocument = reservation.Made.Purpose.ToName(),
    };

    public static Liability? LiabilityOf(this Books books, EntryId id) =>
        books.Liabilities.Find(id) is { } liability ? books.ToView(liability) : null;

    public static Liability ToView(this Books books, FundingFlows.Ledger.Liability liability) => new()
    {
        Id = liability.Id.ToString(),
        Use = liability.For.ToView(),
        ReceivedOn = liability.Incurred.ReceivedOn,
        AmountPence = liability.AmountPence,
        LeftPence = books.Holds.Find(liability.Id)!.AmountPence,
        ReducedPence = liability.ReducedPence,
        Reservation = liability.Incurred.Reservation is { } reservation ? EntryId.From(reservation).ToString() : "",
        RecordedAt = liability.RecordedAt,
        EvidenceDocument = liability.Incurred.Evidence.ToName(),
    };

    public static PlannedUse ToView(this PlannedSpending spending) => new()
    {
        Fund = spending.Fund,
        Project = spending.Project.ToString(),
        FinancialYear = spending.Year,
        Kind = spending.Kind,
        Category = spending.Category,
        Place = spending.Place,
        Supplier = spending.Supplier switch
        {
            null => "",
            { IdentifierCase: Payee.IdentifierOneofCase.Person } person => person.Person,
            var organisation => organisation.Organisation,
        },
    };
}
