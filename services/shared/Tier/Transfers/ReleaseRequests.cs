using FundingFlows.Contracts.Transfers.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads what asks for a release, alone or among many: so the same under the same command id is the same, either way.</summary>
internal static class ReleaseRequests
{
    /// <summary>Throws INVALID_ARGUMENT that lists all faults, when there are any.</summary>
    public static Draft Read(ReleaseFundsRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new ReleaseFunds(
            fields.Entry("award", request.Award), fields.Year("financial_year", request.FinancialYear),
            fields.Kind("kind", request.Kind, either: true), fields.Earmarks("earmarks", request.Earmarks), fields.Amount("amount_pence", request.AmountPence),
            request.ReleasedOn is null ? null : fields.Date("released_on", request.ReleasedOn));
        fields.ThrowIfAny();
        // Nobody reads the request after this, so it is normalised where it is.
        if (request.Earmarks.Count > 0)
        {
            request.Earmarks.Clear();
            request.Earmarks.Add(command.Earmarks.Names);
        }
        return Draft.Of(id, request, command);
    }
}
