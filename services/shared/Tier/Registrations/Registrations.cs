using FundingFlows.Contracts.Registry.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>The bodies that a body vouches for, their keys and their end.</summary>
public sealed class Registrations(CommandDesk desk, FollowedJournals followed) : RegistrationService.RegistrationServiceBase
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
            books => page.Of(books.Registrations.Values.Select(registrant => registrant.Registration), registration => registration.Body), context.CancellationToken);
        return new ListRegistrationsResponse { Registrations = { registrations }, NextPageToken = next };
    }

    public override async Task<GetRegistrationResponse> GetRegistration(GetRegistrationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var registered = fields.Body("registered", request.Registered);
        fields.ThrowIfAny();
        var view = await body.Sequencer.ReadAsync(books => books.Registrations.GetValueOrDefault(registered) is { } one ? View(one) : null, context.CancellationToken);
        return new GetRegistrationResponse { Registered = view ?? throw Errors.Missing($"{body.Id} has not registered {registered}.", ("body", registered)) };
    }

    public override async Task<AdoptKeyResponse> AdoptKey(AdoptKeyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        fields.Check(request.Replaces.Length == AdoptedKey.Bytes, "replaces", $"must be the public key that signs now: {AdoptedKey.Bytes} bytes.");
        fields.ThrowIfAny();
        var next = await body.Sequencer.ReadAsync(books => books.Keys.Count + 1, context.CancellationToken);
        var command = new AdoptKey(ByteString.CopyFrom(body.Keys.ReadOrCreate(next).PublicKey), request.Replaces);
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request, command), context.CancellationToken);
        return new AdoptKeyResponse
        {
            Recorded = outcome.ToRecorded(),
            PublicKey = ByteString.CopyFrom(body.Sequencer.KeyAt(outcome.First.Index + 1)),
        };
    }

    public override async Task<RotateKeyResponse> RotateKey(RotateKeyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, RegistrationRequests.Read(request), context.CancellationToken);
        return new RotateKeyResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<DeclareEpochResponse> DeclareEpoch(DeclareEpochRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var keys = await body.Sequencer.ReadAsync(
            books => books.Registrations.GetValueOrDefault(request.Registered) is { } one ? one.Keys.Select(key => key.PublicKey).Prepend(one.Registration.PublicKey).ToList() : [], context.CancellationToken);
        var outcome = await desk.SubmitAsync(body, caller, EpochRequests.Read(request, keys), context.CancellationToken);
        followed.LookForEpoch(request.Registered);
        return new DeclareEpochResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<CloseBodyResponse> CloseBody(CloseBodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new CloseBody(fields.Date("last_day", request.LastDay)));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new CloseBodyResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<OrderSuccessionResponse> OrderSuccession(OrderSuccessionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, RegistrationRequests.Read(request), context.CancellationToken);
        return new OrderSuccessionResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, RegistrationRequests.Read(request), context.CancellationToken);
        var (held, finished) = await body.Sequencer.ReadAsync(books => (books.Accounts.Total[Account.Cash], books.Ending.IsAsked), context.CancellationToken);
        return new HandOverResponse { Recorded = outcome.ToRecorded(), HeldPence = held, Finished = finished };
    }

    private static RegisteredBody View(Registrant registrant) => new()
    {
        Registration = registrant.Registration,
        Keys = { registrant.Keys },
        Closed = registrant.IsClosed,
        Succession = registrant.Succession?.Terms,
        Epochs = { registrant.Epochs },
    };
}
