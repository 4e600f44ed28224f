using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Local;

/// <summary>
/// An authority and a council have said, each with two persons, what goes on of all that comes: one release at the centre reaches a forum by
/// itself. A share that was promised too little stops what the council has said, until a person looks at it.
/// </summary>
internal sealed class Cascading(Topology topology, Office office)
{
    public const string Name = "cascade-fund";
    private const long IssuedPence = 10_000_00, ToCouncilPence = 9_000_00, ToForumPence = 5_000_00, TooLittlePence = 10_00;
    private const int NineTenths = 900_000, Half = 500_000, Tenth = 100_000;
    private static readonly PromisedLine Line = new(Kind.Revenue);
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    private string Fund => $"{Root}.{Name}";

    public async Task PlayAsync(CancellationToken cancellation)
    {
        if (topology.OfTier(Tier.NeighbourhoodForum).FirstOrDefault(IsThreeTiersBelow) is not { } forum)
            return;
        var (council, authority) = (forum.FundedBy[0], topology.Body(forum.FundedBy[0]).FundedBy[0]);
        await funding.IssueAsync(SampleFunds.Cascade(Root, office), $"issue {Name}", SourceKind.ParliamentaryVote, "cascade-illustration", IssuedPence, cancellation);
        var toAuthority = await AwardAsync(Root, authority, IssuedPence, Name, cancellation);
        var toCouncil = await AwardAsync(authority, council, ToCouncilPence, Name, cancellation);
        var toForum = await AwardAsync(council, forum.Id, ToForumPence, Name, cancellation);
        var tooLittle = await AwardAsync(council, forum.Id, TooLittlePence, $"{Name} for small things", cancellation);
        var first = await SetAsync(authority, toAuthority, [(toCouncil, NineTenths)], cancellation);
        var second = await SetAsync(council, toCouncil, [(toForum, Half), (tooLittle, Tenth)], cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(Root, toAuthority, Line, IssuedPence, cancellation), cancellation);
        await office.UntilAsync(
            council, options => office.Standing.GetStandingInstructionAsync(new GetStandingInstructionRequest { Body = council, Instruction = second }, options),
            found => found.Instruction.Stop is not null && found.Instruction.PassedOnPence == ToCouncilPence / 2, $"What {council} has said about {toCouncil}", cancellation);
        await office.AskAsync(
            council, OfficerRoles.Approver,
            options => office.Standing.ResumeStandingInstructionAsync(
                new ResumeStandingInstructionRequest { Body = council, CommandId = office.CommandId($"resume {second}"), Instruction = second }, options),
            cancellation);
        await office.AskAsync(
            authority, OfficerRoles.Approver,
            options => office.Standing.EndStandingInstructionAsync(
                new EndStandingInstructionRequest { Body = authority, CommandId = office.CommandId($"end {first}"), Instruction = first }, options),
            cancellation);
    }

    /// <summary>A forum that keeps its own money, with a council and an authority above it.</summary>
    private bool IsThreeTiersBelow(TopologyBody forum) =>
        forum.LegalForm != LegalForm.Unincorporated && forum.FundedBy is [var funder] && topology.Body(funder) is { Tier: Tier.Council, FundedBy: [var above], SucceededBy: [] }
        && topology.Body(above) is { Tier: Tier.CombinedAuthority } authority && authority.FundedBy.Contains(Root);

    private Task<string> AwardAsync(string funder, string recipient, long pence, string step, CancellationToken cancellation) =>
        funding.AwardAsync(new Offer(funder, recipient, Fund, new Dictionary<PromisedLine, long> { [Line] = pence }, step), cancellation);

    /// <summary>One person says what goes on, another agrees.</summary>
    private async Task<string> SetAsync(string body, string award, (string Award, int PartsPerMillion)[] shares, CancellationToken cancellation)
    {
        var request = new SetStandingInstructionRequest { Body = body, CommandId = office.CommandId($"pass on {award}"), Award = award, Kind = Line.Kind };
        request.Shares.Add(shares.Select(share => new ShareOfReceipts { Award = share.Award, PartsPerMillion = share.PartsPerMillion }));
        var set = await office.AskAsync(body, OfficerRoles.Approver, options => office.Standing.SetStandingInstructionAsync(request, options), cancellation);
        await office.AskAsync(
            body, OfficerRoles.ChiefFinanceOfficer,
            options => office.Standing.ApproveStandingInstructionAsync(
                new ApproveStandingInstructionRequest { Body = body, CommandId = office.CommandId($"agree to pass on {award}"), Instruction = set.Instruction.Id }, options),
            cancellation);
        return set.Instruction.Id;
    }
}
