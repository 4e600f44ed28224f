using FundingFlows.Contracts.Registry.V1;

namespace FundingFlows.Local;

/// <summary>Every body is registered by the one that vouches for it, with the key that its own journal begins with.</summary>
internal sealed class Registering(Topology topology, Office office)
{
    public Task PlayAsync(CancellationToken cancellation) => Chapters.ForEachAsync(
        topology.Bodies.Where(body => body.RegisteredBy != body.Id), RegisterAsync, cancellation);

    private async Task RegisterAsync(TopologyBody body, CancellationToken cancellation)
    {
        var first = await office.ReadAsync(body.Id, options => office.Journals.GetEntryAsync(new GetEntryRequest { Body = body.Id }, options), cancellation);
        var genesis = first.Entry.Fact.Genesis;
        await office.AskAsync(
            body.RegisteredBy, OfficerRoles.ChiefFinanceOfficer,
            options => office.Registrations.RegisterBodyAsync(
                new RegisterBodyRequest
                {
                    Body = body.RegisteredBy,
                    CommandId = office.CommandId($"register {body.Id}"),
                    Registration = new BodyRegistered
                    {
                        Body = body.Id,
                        OfficialName = body.Name,
                        Tier = body.Tier,
                        LegalForm = body.LegalForm,
                        Epoch = genesis.Epoch,
                        Origin = genesis.Origin,
                        PublicKey = genesis.PublicKey,
                        Organisations = { body.Organisations },
                    },
                },
                options),
            cancellation);
    }
}
