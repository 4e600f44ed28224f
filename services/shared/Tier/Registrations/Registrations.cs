using FundingFlows.Contracts.Registry.V1;

namespace FundingFlows.Tiers;

/// <summary>The bodies that a body vouches for.</summary>
public sealed class Registrations(CommandDesk desk) : RegistrationService.RegistrationServiceBase
{
    public override async Task<RegisterBodyResponse> RegisterBody(RegisterBodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body.Id, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var registration = request.Registration ?? new BodyRegistered();
        fields.Body("registration.body", registration.Body);
        fields.Check(Names.IsLabel(registration.OfficialName), "registration.official_name", "must be 1 to 100 characters.");
        fields.Check(registration.Tier != Tier.Unspecified, "registration.tier", "must be one of the four tiers.");
        fields.Check(registration.LegalForm != LegalForm.Unspecified, "registration.legal_form", "must be named.");
        fields.Check(registration.Epoch >= 1, "registration.epoch", "must be 1 or more.");
        fields.Check(registration.PublicKey.Length == 32, "registration.public_key", "must be an Ed25519 public key of 32 bytes.");
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request, new RegisterBody(registration)), context.CancellationToken);
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
