using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Ledger;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>
/// A council is abolished, and its books go to its successors by the people who live there, while money is on its way to it. The
/// auditor sees that nothing is lost.
/// </summary>
internal sealed class Succeeding(Topology topology, Office office)
{
    public const string Name = "reorganisation-fund";
    private static readonly string[] NotYet = ["HAND_OVER_NO_SUCCESSORS", "HAND_OVER_WAITING"];
    private static readonly PromisedLine Before = new(Kind.Revenue), After = new(Kind.Capital);

    private static readonly Dictionary<PromisedLine, long> Promises = new() { [Before] = 35_000_01, [After] = 24_999_99 };
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    /// <summary>Null: no body of the topology is abolished.</summary>
    public async Task<Abolition?> PlayAsync(CancellationToken cancellation)
    {
        if (topology.Bodies.FirstOrDefault(body => body.SucceededBy.Count > 0 && body.SucceededBy.All(id => topology.Bodies.Any(one => one.Id == id))) is not { } predecessor)
            return null;
        await IssueAsync(cancellation);
        await funding.AgreeAsync(Root, predecessor.Id, cancellation);
        var award = await funding.AwardAsync(Root, predecessor.Id, $"{Root}.{Name}", Promises, Name, cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(Root, award, Before, Promises[Before], cancellation), cancellation);
        await OrderAsync(predecessor, cancellation);
        // Nobody has told the centre yet that the council has ended: what it sends now arrives there when others stand in its place.
        var coming = await funding.ReleaseAsync(Root, award, After, Promises[After], cancellation);
        await funding.ArriveAsync(coming, cancellation);
        await HandOverAsync(predecessor.Id, cancellation);
        return await AuditAsync(predecessor, cancellation);
    }

    private async Task IssueAsync(CancellationToken cancellation)
    {
        await office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(SampleFunds.Reorganisation(Root, office), options), cancellation);
        await office.AskAsync(
            Root, OfficerRoles.ChiefFinanceOfficer,
            options => office.Programmes.IssueMoneyAsync(
                new IssueMoneyRequest
                {
                    Body = Root,
                    CommandId = office.CommandId($"issue {Name}"),
                    Fund = $"{Root}.{Name}",
                    Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "reorganisation-illustration" },
                    AmountPence = Promises.Values.Sum(),
                },
                options),
            cancellation);
    }

    private Task OrderAsync(TopologyBody predecessor, CancellationToken cancellation)
    {
        var shares = Apportionment.Split(Succession.WholeInBasisPoints, [.. predecessor.SucceededBy.Select(body => topology.Body(body).Population ?? 1)]);
        var request = new OrderSuccessionRequest
        {
            Body = Root,
            CommandId = office.CommandId($"abolish {predecessor.Id}"),
            Predecessor = predecessor.Id,
            VestingDay = new Date { Year = PlaceFund.Year + 1, Month = 4, Day = 1 },
        };
        request.Successors.AddRange(predecessor.SucceededBy.Zip(shares).Select(one => new Contracts.Journal.V1.Successor { Body = one.First, BasisPoints = (uint)one.Second }));
        return office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Registrations.OrderSuccessionAsync(request, options), cancellation);
    }

    /// <summary>Portion by portion, until the body asks to be closed.</summary>
    private async Task HandOverAsync(string body, CancellationToken cancellation)
    {
        for (var portion = 1; ; portion++)
        {
            var request = new HandOverRequest { Body = body, CommandId = office.CommandId($"hand over {body} {portion}") };
            var handed = await office.AskOnceItMayBeAsync(
                body, OfficerRoles.ChiefFinanceOfficer, NotYet, options => office.Registrations.HandOverAsync(request, options), cancellation);
            if (handed.Finished)
                return;
        }
    }

    private async Task<Abolition> AuditAsync(TopologyBody predecessor, CancellationToken cancellation)
    {
        var found = await office.UntilAsync(
            "", options => office.Audit.GetSuccessionAsync(new GetSuccessionRequest { Body = predecessor.Id }, options), found => found.Complete || !found.Holds,
            $"That all of {predecessor.Name} has arrived", cancellation);
        if (!found.Holds || found.ReceivedPence != found.HeldPence + found.ArrivedPence)
            throw new LocalException(
                $"Of the {Pence.InPounds(found.HeldPence + found.ArrivedPence)} of {predecessor.Name} its successors received {Pence.InPounds(found.ReceivedPence)}. {found.Findings.FirstOrDefault()}");
        return new Abolition(predecessor.Name, found.HeldPence, found.ArrivedPence, [.. found.Successors.Select(one => (one.OfficialName, one.ReceivedPence))]);
    }
}
