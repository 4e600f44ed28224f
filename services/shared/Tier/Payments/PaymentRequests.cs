using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about payments. Names and free text part from them here: they go to the document store.</summary>
internal static class PaymentRequests
{
    private const int MostName = 200;
    private const int MostNarrative = 2_000;
    private const int MostEvidence = 20_000;

    public static Draft Read(MakePaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        var project = fields.Entry("project", request.Project);
        var year = fields.Year("financial_year", request.FinancialYear);
        var paidOn = fields.Date("paid_on", request.PaidOn);
        var kind = fields.Kind("kind", request.Kind, either: false);
        fields.Check(Names.IsName(request.Category), "category", "must be 1 to 32 lower-case letters, digits and hyphens.");
        fields.Check(Names.IsPlace(request.Place), "place", "must be a code of the Office for National Statistics: a letter and 8 digits.");
        var payee = ReadPayee(fields, request.Payee);
        var charge = ReadCharge(fields, request);
        fields.Check(Names.IsPaymentReference(request.Reference), "reference", "must be at most 32 capitals, digits, hyphens and slashes.");
        fields.Words("narrative", request.Narrative, MostNarrative);
        fields.Words("evidence", request.Evidence, MostEvidence, required: true);
        EntryId? outOf = request.OutOf.Length == 0 ? null : fields.Entry("out_of", request.OutOf);
        DateOnly? repayableBy = request.RepayableBy is null ? null : fields.Date("repayable_by", request.RepayableBy);
        EntryId? afterAppeal = request.AfterAppeal.Length == 0 ? null : fields.Entry("after_appeal", request.AfterAppeal);
        fields.Check(repayableBy is null || repayableBy >= paidOn, "repayable_by", "must not be before the day on which it is paid.");
        fields.ThrowIfAny();

        var normalised = request.Clone();
        normalised.Narrative = normalised.Evidence = "";
        if (normalised.Payee.Person is { } person)
            person.Name = "";
        return new Draft(
            id, normalised,
            WordsOf(
                (DocumentKind.PayeeName, request.Payee.Person?.Name ?? ""), (DocumentKind.PaymentNarrative, request.Narrative),
                (DocumentKind.PaymentEvidence, request.Evidence)),
            digest => new MakePayment(
                fund, project, year, paidOn, kind, request.Category, request.Place, payee, charge, request.Reference,
                digest(DocumentKind.PaymentEvidence), digest(DocumentKind.PayeeName), digest(DocumentKind.PaymentNarrative), outOf, repayableBy, afterAppeal));
    }

    public static (EntryId Payment, Draft Draft) Read(RecordLoanRepaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var payment = fields.Entry("payment", request.Payment);
        var repaidOn = fields.Date("repaid_on", request.RepaidOn);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        if (request.Interest is not { } interest)
        {
            fields.ThrowIfAny();
            return (payment, Draft.Of(id, request.Clone(), new RecordLoanRepayment(payment, repaidOn, amount)));
        }
        var fund = fields.Fund("interest.fund", interest.Fund);
        var interestPence = fields.Amount("interest.amount_pence", interest.AmountPence);
        fields.Words("interest.evidence", interest.Evidence, MostEvidence, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Interest.Evidence = "";
        return (payment, new Draft(
            id, normalised, [new Words(DocumentKind.InterestEvidence, interest.Evidence)],
            digest => new RecordLoanRepayment(
                payment, repaidOn, amount, new FundingFlows.Ledger.LoanInterest(fund, interestPence, digest(DocumentKind.InterestEvidence)!))));
    }

    public static Draft Read(ApprovePaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var preparation = fields.Entry("preparation", request.Preparation);
        fields.ThrowIfAny();
        return Draft.Of(id, request, new ApprovePayment(preparation));
    }

    public static (EntryId Preparation, Draft Draft) Read(RejectPaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var preparation = fields.Entry("preparation", request.Preparation);
        fields.Words("reasons", request.Reasons, MostNarrative, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = "";
        return (preparation, new Draft(
            id, normalised, WordsOf((DocumentKind.RejectionReasons, request.Reasons)), digest => new RejectPayment(preparation, digest(DocumentKind.RejectionReasons))));
    }

    public static (EntryId Payment, Draft Draft) Read(RefundPaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var payment = fields.Entry("payment", request.Payment);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.Words("narrative", request.Narrative, MostNarrative);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Narrative = "";
        return (payment, new Draft(
            id, normalised, WordsOf((DocumentKind.RefundNarrative, request.Narrative)),
            digest => new RefundPayment(payment, digest(DocumentKind.RefundNarrative), amount)));
    }

    private static Charge ReadCharge(Fields fields, MakePaymentRequest request)
    {
        var amount = fields.Amount("amount_pence", request.AmountPence);
        var charge = new Charge(request.NetPence, request.VatPence, request.VatRecoverable);
        fields.Check(IsPart(charge.NetPence), "net_pence", $"must be 0 to {Pence.Most} pence.");
        fields.Check(IsPart(charge.VatPence), "vat_pence", $"must be 0 to {Pence.Most} pence.");
        // What is out of bounds is not added up.
        if (Pence.IsAmount(amount) && IsPart(charge.NetPence) && IsPart(charge.VatPence))
            fields.Check(
                charge.IsAmount && charge.AmountPence == amount, "amount_pence",
                "must be net_pence and vat_pence together, or net_pence alone where the tax is recoverable.");
        return charge;
    }

    private static bool IsPart(long pence) => pence is >= 0 and <= Pence.Most;

    private static Payee ReadPayee(Fields fields, PayeeDetails? details)
    {
        switch (details?.IdentifierCase)
        {
            case PayeeDetails.IdentifierOneofCase.Organisation:
                fields.Check(Names.IsOrganisation(details.Organisation), "payee.organisation", "must be an organisation identifier, for example GB-CHC-1234567.");
                return new Payee { Organisation = details.Organisation };
            case PayeeDetails.IdentifierOneofCase.Person:
                fields.Check(Names.IsPersonHandle(details.Person.Handle), "payee.person.handle", "must be 16 to 64 hexadecimal digits.");
                fields.Words("payee.person.name", details.Person.Name, MostName, required: true);
                return new Payee { Person = details.Person.Handle };
            default:
                fields.Check(false, "payee", "must be an organisation or a person.");
                return new Payee();
        }
    }

    private static List<Words> WordsOf(params ReadOnlySpan<(DocumentKind Kind, string Text)> words)
    {
        var kept = new List<Words>();
        foreach (var (kind, text) in words)
            if (text.Length > 0)
                kept.Add(new Words(kind, text));
        return kept;
    }
}
