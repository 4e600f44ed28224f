using FundingFlows.Contracts.Registry.V1;

namespace FundingFlows.Tiers;

/// <summary>The bodies that a body vouches for.</summary>
public sealed class Registrations(CommandDesk desk) : RegistrationService.RegistrationServiceBase
{
    public override async Task<RegisterBodyResponse> RegisterBody(RegisterBodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, RegistrationRequests.Read(request), context.CancellationToken);
        return new RegisterBodyResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<ListRegistrationsResponse> ListRegistrations(ListRegistrationsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        var (registrations, next) = await body.Sequencer.ReadAsync(
            books => page.Of(books.Registrations.Values, registration => registration.Body), context.CancellationToken);
        return new ListRegistrationsResponse { Registrations = { registrations }, NextPageToken = next };
    }
}
