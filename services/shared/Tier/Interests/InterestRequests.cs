using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about interests.</summary>
internal static class InterestRequests
{
    public static Draft Read(DeclareInterestRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var payee = ReadPayee(fields, request.Payee);
        fields.ThrowIfAny();
        return Draft.Of(id, request, new DeclareInterest(payee));
    }

    public static Draft Read(EndInterestRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var payee = ReadPayee(fields, request.Payee);
        fields.ThrowIfAny();
        return Draft.Of(id, request, new EndInterest(payee));
    }

    private static Payee ReadPayee(Fields fields, InterestPayee? given)
    {
        var payee = given?.IdentifierCase switch
        {
            InterestPayee.IdentifierOneofCase.Organisation => new Payee { Organisation = given.Organisation },
            InterestPayee.IdentifierOneofCase.Person => new Payee { Person = given.Person },
            _ => new Payee(),
        };
        fields.Check(PayeeKey.IsWellFormed(payee), "payee", "must be an organisation identifier, for example GB-CHC-1234567, or a person's handle of 16 to 64 hexadecimal digits.");
        return payee;
    }
}
