using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Reservations.V1;
using PlannedUse = FundingFlows.Contracts.Reservations.V1.PlannedUse;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about money that is set aside.</summary>
internal static class ReservationRequests
{
    private const int MostWords = 2_000;
    private const int MostEvidence = 20_000;

    public static Draft Read(ReserveRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var use = ReadUse(fields, request.Use ?? new PlannedUse(), named: false);
        var expiresOn = fields.Date("expires_on", request.ExpiresOn);
        fields.Words("purpose", request.Purpose, MostWords, required: true);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Purpose = "";
        return new Draft(
            id, normalised, [new Words(DocumentKind.ReservationPurpose, request.Purpose)],
            digest => new Reserve(use, expiresOn, digest(DocumentKind.ReservationPurpose), amount));
    }

    public static (EntryId Reservation, Draft Draft) Read(ReleaseReservationRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var reservation = fields.Entry("reservation", request.Reservation);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.ThrowIfAny();
        return (reservation, Draft.Of(id, request.Clone(), new ReleaseReservation(reservation, amount)));
    }

    public static (EntryId Reservation, Draft Draft) Read(ExpireReservationRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var reservation = fields.Entry("reservation", request.Reservation);
        var asOf = fields.Date("as_of", request.AsOf);
        fields.ThrowIfAny();
        return (reservation, Draft.Of(id, request.Clone(), new ExpireReservation(reservation, asOf)));
    }

    public static Draft Read(RecordLiabilityRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var use = ReadUse(fields, request.Use ?? new PlannedUse(), named: true);
        var receivedOn = fields.Date("received_on", request.ReceivedOn);
        EntryId? reservation = request.Reservation.Length == 0 ? null : fields.Entry("reservation", request.Reservation);
        fields.Words("evidence", request.Evidence, MostEvidence, required: true);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Evidence = "";
        return new Draft(
            id, normalised, [new Words(DocumentKind.LiabilityEvidence, request.Evidence)],
            digest => new RecordLiability(use, receivedOn, reservation, digest(DocumentKind.LiabilityEvidence), amount));
    }

    public static (EntryId Liability, Draft Draft) Read(ReduceLiabilityRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var liability = fields.Entry("liability", request.Liability);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.Words("reasons", request.Reasons, MostWords, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = "";
        return (liability, new Draft(
            id, normalised, [new Words(DocumentKind.LiabilityReasons, request.Reasons)],
            digest => new ReduceLiability(liability, digest(DocumentKind.LiabilityReasons), amount)));
    }

    /// <param name="named">Whether somebody must be named who will be paid.</param>
    private static PlannedSpending ReadUse(Fields fields, PlannedUse use, bool named)
    {
        fields.Check(Names.IsName(use.Category), "use.category", "must be 1 to 32 lower-case letters, digits and hyphens.");
        fields.Check(Names.IsPlace(use.Place), "use.place", "must be a code of the Office for National Statistics: a letter and 8 digits.");
        fields.Check(
            (use.Supplier.Length == 0 && !named) || Names.IsOrganisation(use.Supplier) || Names.IsPersonHandle(use.Supplier), "use.supplier",
            "must be an organisation identifier, for example GB-CHC-1234567, or 16 to 64 hexadecimal digits.");
        return new PlannedSpending(
            fields.Fund("use.fund", use.Fund), fields.Entry("use.project", use.Project), fields.Year("use.financial_year", use.FinancialYear),
            fields.Kind("use.kind", use.Kind, either: false), use.Category, use.Place,
            use.Supplier.Length == 0 ? null : Names.IsPersonHandle(use.Supplier) ? new Payee { Person = use.Supplier } : new Payee { Organisation = use.Supplier });
    }
}
