using FundingFlows.Contracts.Custody.V1;

namespace FundingFlows.Local;

/// <summary>Forums that are unincorporated can hold no money in law: a council becomes accountable for each, before anyone funds it.</summary>
internal sealed class Arranging(Topology topology, Office office)
{
    public Task PlayAsync(CancellationToken cancellation) => Chapters.ForEachAsync(
        topology.Bodies.Where(body => AccountableFor(body).Length > 0), (body, stop) => KeepAsync(body.Id, AccountableFor(body), stop), cancellation);

    /// <summary>The council that keeps a body's money: of those that register or fund it, the first. Empty: the body keeps its own.</summary>
    public string AccountableFor(TopologyBody body) => body.LegalForm != LegalForm.Unincorporated ? ""
        : body.FundedBy.Prepend(body.RegisteredBy).FirstOrDefault(id => topology.Body(id).Tier == Tier.Council)
          ?? throw new LocalException($"{body.Id} is unincorporated, and no council registers or funds it that could be accountable for it.");

    /// <summary>A forum asks a council to keep its money, and the council does. Answers with the custody.</summary>
    public async Task<string> KeepAsync(string principal, string agent, CancellationToken cancellation)
    {
        var proposed = await office.AskAsync(
            principal, OfficerRoles.ChiefFinanceOfficer,
            options => office.Custodies.ProposeCustodyAsync(
                new ProposeCustodyRequest { Body = principal, CommandId = office.CommandId($"ask {agent} for {principal}"), Agent = agent }, options),
            cancellation);
        var id = proposed.Custody.Id;
        await office.AskWhenItComesAsync(
            agent, OfficerRoles.ChiefFinanceOfficer,
            options => office.Custodies.AcceptCustodyAsync(
                new AcceptCustodyRequest { Body = agent, CommandId = office.CommandId($"keep for {principal}"), Custody = id }, options),
            $"The request of {principal} to {agent}", cancellation);
        await office.UntilAsync(
            principal, options => office.Custodies.GetCustodyAsync(new GetCustodyRequest { Body = principal, Custody = id }, options),
            found => found.Custody.State is CustodyState.Active or CustodyState.Ended, $"The custody of {principal} by {agent}", cancellation);
        return id;
    }
}
