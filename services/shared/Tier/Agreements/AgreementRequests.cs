using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about agreements. Reasons part from them here: they go to the document store.</summary>
internal static class AgreementRequests
{
    private const int MostReason = 2_000;

    public static Draft Read(Fields fields, ProposeAgreementRequest request)
    {
        var id = fields.CommandId(request.CommandId);
        var recipient = fields.Body("recipient", request.Recipient);
        fields.Check(Enum.IsDefined(request.Basis), "basis", "must be funding, lead authority or shared service.");
        fields.Check(request.AccountableBody.Length == 0 || Names.IsBody(request.AccountableBody), "accountable_body", "must be the id of a body, or empty.");
        var normalised = request.Clone();
        normalised.Basis = AgreementClauses.BasisOf(request.Basis);
        return Draft.Of(id, normalised, new ProposeAgreement(recipient, normalised.Basis, request.AccountableBody));
    }

    /// <summary>A change that a party makes to an agreement and gives a reason for.</summary>
    public static (EntryId Agreement, Draft Draft) Read<TRequest>(
        TRequest request, string commandId, string agreement, string reason, Func<EntryId, DocumentDigest, ICommand> command)
        where TRequest : IMessage<TRequest>
    {
        var fields = new Fields();
        var id = fields.CommandId(commandId);
        var named = fields.Entry("agreement", agreement);
        fields.Words("reason", reason, MostReason, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Descriptor.FindFieldByName("reason").Accessor.Clear(normalised);
        return (named, new Draft(
            id, normalised, [new Words(DocumentKind.AgreementReason, reason)], digest => command(named, digest(DocumentKind.AgreementReason)!)));
    }
}
