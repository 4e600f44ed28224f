using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>How payments and what waits to be paid are shown.</summary>
internal static class PaymentViews
{
    public static string Of(Payee payee) => payee.IdentifierCase == Payee.IdentifierOneofCase.Person ? payee.Person : payee.Organisation;

    public static Contracts.Payments.V1.Payment Of(FundingFlows.Ledger.Payment payment)
    {
        var view = Of(payment.Made, payment.RecordedAt, payment.Pieces.Select(piece => (piece.Lot, piece.AmountPence)));
        view.Id = payment.Id.ToString();
        view.RefundedPence = payment.RefundedPence;
        view.InterestPence = payment.InterestPence;
        return view;
    }

    /// <summary>The instruction that an entry gave. Empty: it gave none.</summary>
    public static string InstructedAs(Books books, EntryId? entry) => entry is { } id && books.Instructions.Find(id) is not null ? $"{id}" : "";

    public static Contracts.Payments.V1.Preparation Of(Books books, FundingFlows.Ledger.Preparation preparation)
    {
        var held = books.Holds.Find(preparation.Id)!.Pieces.Select(piece => (piece.Key.Id, piece.Value));
        var view = new Contracts.Payments.V1.Preparation
        {
            Id = preparation.Id.ToString(),
            State = preparation.Waits ? PreparationState.Waiting : preparation.IsApproved ? PreparationState.Approved : PreparationState.Rejected,
            Payment = Of(preparation.Payment, preparation.RecordedAt, held),
            Preparer = preparation.Preparer,
            PossibleDuplicateOf = preparation.Prepared.PossibleDuplicateOf is { } duplicate ? EntryId.From(duplicate).ToString() : "",
            PaidAs = preparation.DecidedBy is { } paid && books.Payments.Find(paid) is not null ? $"{paid}" : "",
            InstructedAs = InstructedAs(books, preparation.DecidedBy),
            ReasonsDocument = preparation.Reasons.ToName(),
        };
        if (preparation.Prepared.HasAbovePence)
            view.AbovePence = preparation.Prepared.AbovePence;
        return view;
    }

    private static Contracts.Payments.V1.Payment Of(PaymentMade made, Google.Protobuf.WellKnownTypes.Timestamp recordedAt, IEnumerable<(LotId Lot, long Pence)> pieces) => new()
    {
        Fund = made.Fund,
        FinancialYear = made.FinancialYear,
        Kind = made.Kind,
        Category = made.Category,
        Place = made.Place,
        Payee = Of(made.Payee),
        AmountPence = made.AmountPence,
        RecordedAt = recordedAt,
        Pieces = { pieces.Select(piece => new Contracts.Payments.V1.PaidPiece { Lot = piece.Lot.ToString(), AmountPence = piece.Pence }) },
        PayeeNameDocument = made.PayeeName.ToName(),
        NarrativeDocument = made.Narrative.ToName(),
        Project = made.Project is { } project ? EntryId.From(project).ToString() : "",
        PaidOn = made.PaidOn,
        NetPence = made.NetPence,
        VatPence = made.VatPence,
        VatRecoverable = made.VatRecoverable,
        Reference = made.Reference,
        EvidenceDocument = made.Evidence.ToName(),
        OutOf = made.OutOf is { } held ? EntryId.From(held).ToString() : "",
        RepayableBy = made.RepayableBy,
        Preparation = made.Preparation is { } preparation ? EntryId.From(preparation).ToString() : "",
        Instruction = made.Instruction is { } instruction ? EntryId.From(instruction).ToString() : "",
        PaidBy = made.Delivery?.Entry.Body ?? "",
        BankEvidenceDocument = made.BankEvidence.ToName(),
        AfterAppeal = made.AfterAppeal is { } refused ? EntryId.From(refused).ToString() : "",
    };
}
