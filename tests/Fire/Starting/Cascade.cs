using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Fire;

/// <summary>
/// Awards from the first funder of each body to it, and instructions to pass on most of what comes. Then the root releases money to whom it funds: it
/// reaches every tier by itself.
/// </summary>
internal sealed class Cascade(Topology topology, Office office)
{
    private const long PromisedPence = 500_000_00;
    public const long FirstPence = 5_000_00;
    private const int PassedOn = 600_000;
    private static readonly PromisedLine Line = new(Kind.Either);
    private readonly Funding funding = new(office);

    private string Fund => $"{topology.Root.Id}.{SettingUp.FundName}";

    public async Task<(IReadOnlyList<KnownAward> Awards, IReadOnlyList<KnownInstruction> Instructions)> PlayAsync(CancellationToken cancellation)
    {
        var awards = new List<KnownAward>();
        for (var funders = new List<string> { topology.Root.Id }; funders.Count > 0;)
        {
            var below = topology.Bodies.Where(body => body.FundedBy is [var first, ..] && funders.Contains(first)).ToList();
            var offers = below.Select(body => new Offer(body.FundedBy[0], body.Id, Fund, new Dictionary<PromisedLine, long> { [Line] = PromisedPence }, SettingUp.FundName)).ToList();
            var made = await funding.AwardAsync(offers, cancellation);
            awards.AddRange(offers.Zip(made, (offer, award) => new KnownAward(award, offer.Funder, offer.Recipient, PromisedPence)));
            funders = [.. below.Select(body => body.Id)];
        }
        var between = awards.Where(award => awards.Exists(next => next.Funder == award.Recipient)).ToList();
        var instructions = await Chapters.AllAsync(between, (award, stop) => InstructAsync(award, [.. awards.Where(next => next.Funder == award.Recipient)], stop), cancellation);
        var first = awards.Where(award => award.Funder == topology.Root.Id).ToList();
        await Chapters.ForEachAsync(first, async (award, stop) => await funding.ArriveAsync(await funding.ReleaseAsync(award.Funder, award.Id, Line, FirstPence, stop), stop), cancellation);
        return ([.. awards.Select(award => first.Contains(award) ? award with { Pence = PromisedPence - FirstPence } : award)], instructions);
    }

    private async Task<KnownInstruction> InstructAsync(KnownAward award, IReadOnlyList<KnownAward> next, CancellationToken cancellation)
    {
        // No instruction has more shares.
        var shares = next.Take(Ledger.StandingInstruction.MostShares).ToList();
        var parts = PassedOn / shares.Count;
        var request = new SetStandingInstructionRequest { Body = award.Recipient, CommandId = office.CommandId($"pass on {award.Id}"), Award = award.Id, Kind = Line.Kind };
        request.Shares.Add(shares.Select(share => new ShareOfReceipts { Award = share.Id, PartsPerMillion = parts }));
        var set = await office.AskAsync(award.Recipient, OfficerRoles.Approver, options => office.Standing.SetStandingInstructionAsync(request, options), cancellation);
        return new KnownInstruction(set.Instruction.Id, award, [.. shares.Select(share => (share, parts))]);
    }
}
