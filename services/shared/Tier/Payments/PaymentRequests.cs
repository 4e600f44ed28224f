using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about payments. Names and free text part from them here: they go to the document store.</summary>
internal static class PaymentRequests
{
    private const int MostName = 200;
    private const int MostNarrative = 2_000;

    public static Draft Read(MakePaymentRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        var year = fields.Year("financial_year", request.FinancialYear);
        var kind = fields.Kind("kind", request.Kind, either: false);
        fields.Check(Names.IsName(request.Category), "category", "must be 1 to 32 lower-case letters, digits and hyphens.");
        fields.Check(Names.IsPlace(request.Place), "place", "must be a code of the Office for National Statistics: a letter and 8 digits.");
        var payee = ReadPayee(fields, request.Payee);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.Words("narrative", request.Narrative, MostNarrative);
        fields.ThrowIfAny();

        var normalised = request.Clone();
        normalised.Narrative = "";
        if (normalised.Payee.Person is { } person)
            person.Name = "";
        return new Draft(
            id, normalised,
            WordsOf((DocumentKind.PayeeName, request.Payee.Person?.Name ?? ""), (DocumentKind.PaymentNarrative, request.Narrative)),
            digest => new MakePayment(
                fund, year, kind, request.Category, request.Place, payee, digest(DocumentKind.PayeeName), digest(DocumentKind.PaymentNarrative), amount));
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
