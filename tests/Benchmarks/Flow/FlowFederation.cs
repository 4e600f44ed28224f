using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Local;
using FundingFlows.Topologies;
using Grpc.Net.Client;

namespace FundingFlows.Benchmarks;

/// <summary>
/// The topology as processes of their own, with standing instructions all the way: what is released at the centre under the award of a way reaches
/// its forum by itself. Between the authorities and the council that is cut off there are links, in both directions.
/// </summary>
internal sealed class FlowFederation : IAsyncDisposable
{
    private const string FundName = "flow-fund";
    private const long PenceOfAWay = 1_000_000_000_00;
    private static readonly PromisedLine Line = new(Kind.Revenue);
    private static readonly Topology Topology = FlowTopology.Make();
    private readonly string data;
    private readonly List<IAsyncDisposable> links;
    private readonly List<CutLink> cuts;
    private readonly DevelopmentIssuer issuer;
    private readonly ServiceFleet fleet;
    private readonly List<GrpcChannel> channels = [];
    private readonly PortPlan ports;

    private FlowFederation(string data, PortPlan ports, DevelopmentIssuer issuer, ServiceFleet fleet, List<CutLink> cuts)
    {
        (this.data, this.ports, this.issuer, this.fleet, this.cuts) = (data, ports, issuer, fleet, cuts);
        links = [.. cuts];
        Headers = new Metadata { { "authorization", "Bearer " + issuer.Token(FlowTopology.Centre, [OfficerRoles.Approver]) } };
    }

    /// <summary>Who releases money at the centre.</summary>
    public Metadata Headers { get; }

    /// <summary>The centre's awards, in the order of the ways.</summary>
    public IReadOnlyList<string> Awards { get; private set; } = [];

    public static async Task<FlowFederation> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("fundingflows-flow-").FullName;
        var setup = FederationSetup.Open(data, Topology, time);
        var ports = PortPlan.Make(Topology, 0);
        var issuer = await DevelopmentIssuer.StartAsync(ports.Issuer, Topology, time, cancellation);
        var cuts = new List<CutLink>();
        var to = Linked(ports, cuts, time, FlowTopology.CutOffInstance);
        var from = Linked(ports, cuts, time, [.. Topology.Instances.Select(instance => instance.Name).Where(name => name is not (FlowTopology.CutOffInstance or "gateway"))]);
        var fleet = new ServiceFleet(Topology, setup, ports, issuer.Address, time, reach: instance => instance.Name == FlowTopology.CutOffInstance ? from : to, isFrugal: false);
        var federation = new FlowFederation(data, ports, issuer, fleet, cuts);
        try
        {
            await fleet.StartAsync(cancellation);
            using var office = new Office(
                new Uri($"http://127.0.0.1:{ports.Gateway.Grpc}"), new Uri($"http://127.0.0.1:{ports.Gateway.Http}"),
                (body, role, _) => Task.FromResult(issuer.Token(body, role)), setup, time, fleet);
            await federation.SetUpAsync(office, cancellation);
            return federation;
        }
        catch
        {
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <summary>A way to a service's process, past the gateway.</summary>
    public GrpcChannel To(string instance)
    {
        var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{ports.Instances[instance].Grpc}");
        channels.Add(channel);
        return channel;
    }

    /// <summary>Nothing passes any more between the council that is cut off and all others.</summary>
    public void Cut() => cuts.ForEach(link => link.Cut());

    /// <summary>The same, and nobody is told: connections stay open, and what is sent stays on its way, as where packets are lost.</summary>
    public void Silence() => cuts.ForEach(link => link.Silence(LinkWays.Both));

    public void Heal() => cuts.ForEach(link => link.Heal());

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in channels)
            channel.Dispose();
        await fleet.DisposeAsync();
        foreach (var link in links)
            await link.DisposeAsync();
        await issuer.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The ports of all, of some of them through links.</summary>
    private static Dictionary<string, InstancePorts> Linked(PortPlan ports, List<CutLink> links, TimeProvider time, params string[] linked)
    {
        return ports.Instances.ToDictionary(one => one.Key, one => linked.Contains(one.Key) ? new InstancePorts(Link(one.Value.Grpc), Link(one.Value.Http)) : one.Value);

        int Link(int port)
        {
            links.Add(CutLink.To(port, time));
            return links[^1].Port;
        }
    }

    private async Task SetUpAsync(Office office, CancellationToken cancellation)
    {
        var funding = new Funding(office);
        await new Registering(Topology, office).PlayAsync(cancellation);
        await new Settling(Topology, [], office, fleet: null).AgreeAsync(cancellation);
        await funding.IssueAsync(Fund(office), "issue", SourceKind.ParliamentaryVote, "flow", PenceOfAWay * FlowTopology.Ways.Count, cancellation);
        Awards = await AwardAsync(way => FlowTopology.Centre, way => way.Authority);
        var toCouncils = await AwardAsync(way => way.Authority, way => way.Council);
        var toForums = await AwardAsync(way => way.Council, way => way.Forum);
        for (var i = 0; i < Awards.Count; i++)
        {
            await PassAsync(FlowTopology.Ways[i].Authority, Awards[i], toCouncils[i]);
            await PassAsync(FlowTopology.Ways[i].Council, toCouncils[i], toForums[i]);
        }

        Task<IReadOnlyList<string>> AwardAsync(Func<Way, string> funder, Func<Way, string> recipient) => funding.AwardAsync(
            [
                .. FlowTopology.Ways.Select(way => new Offer(
                    funder(way), recipient(way), $"{FlowTopology.Centre}.{FundName}", new Dictionary<PromisedLine, long> { [Line] = PenceOfAWay }, way.Forum)),
            ],
            cancellation);

        Task PassAsync(string body, string award, string given) => office.AskAsync(
            body, OfficerRoles.Approver,
            options => office.Standing.SetStandingInstructionAsync(
                new SetStandingInstructionRequest
                {
                    Body = body,
                    CommandId = office.CommandId($"pass on {award}"),
                    Award = award,
                    Kind = Line.Kind,
                    Shares = { new ShareOfReceipts { Award = given, PartsPerMillion = 1_000_000 } },
                },
                options),
            cancellation);
    }

    private static OpenFundRequest Fund(Office office) => new()
    {
        Body = FlowTopology.Centre,
        CommandId = office.CommandId("open the fund"),
        Name = FundName,
        Title = "Flow Fund (invented)",
        Purpose = "An invented fund whose money goes all the way down by itself.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
    };
}
