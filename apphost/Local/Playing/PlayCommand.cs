using System.CommandLine;
using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>Where a topology is reached that somebody else started.</summary>
/// <param name="AwardsPath">A table of awards, which are paid instead of the sample year. Null: the sample year.</param>
/// <param name="Data">The folder that says which federation it is.</param>
internal sealed record StartedTopology(Topology Topology, string? AwardsPath, string Data, Uri GatewayHttp, Uri GatewayGrpc, Uri Issuer);

/// <summary>The command line that plays the sample year on a topology that somebody else started: no instance is killed.</summary>
internal static class PlayCommand
{
    public static Command Create(TimeProvider time)
    {
        var topology = new Option<string>("--topology") { Description = "Which bodies there are: a JSON file. Default: the North East of England.", DefaultValueFactory = _ => Topology.SamplePath };
        var awards = new Option<string?>("--awards") { Description = "Instead of the sample year, pay the awards of this CSV table to the councils of the topology." };
        var data = new Option<string>("--data") { Description = "The data folder of whoever started them.", Required = true };
        var http = Address("--gateway-http", "Address of the gateway's HTTP port.");
        var grpc = Address("--gateway-grpc", "Address of the gateway's gRPC port.");
        var issuer = Address("--issuer", "Address of the development issuer.");
        var command = new Command("play", "Plays the sample year on services that run already. Exit code 0 only if everything reconciles.") { topology, awards, data, http, grpc, issuer };
        command.SetAction((parsed, cancellation) => Failures.ShownAsync(
            () => PlayAsync(
                new StartedTopology(
                    TopologyReader.Read(parsed.GetValue(topology)!), parsed.GetValue(awards), parsed.GetValue(data)!, parsed.GetValue(http)!, parsed.GetValue(grpc)!, parsed.GetValue(issuer)!),
                time, cancellation),
            Console.Error, cancellation));
        return command;
    }

    private static Option<Uri> Address(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = given =>
        {
            if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address))
                return address;
            given.AddError($"{name} must be an address such as http://127.0.0.1:5080.");
            return null;
        },
    };

    private static async Task<int> PlayAsync(StartedTopology started, TimeProvider time, CancellationToken cancellation)
    {
        var awards = started.AwardsPath is { } path ? AwardsTable.Read(path, started.Topology) : PublishedAwards.Read(started.Topology);
        var show = new Screen(Console.Out);
        show.Introduction(attributed: started.AwardsPath is not null);
        var federation = FederationSetup.Open(started.Data, started.Topology, time);
        using var tokens = new IssuerClient(started.Issuer);
        using var office = new Office(started.GatewayGrpc, started.GatewayHttp, tokens.TokenAsync, federation, time, fleet: null);
        var year = Stopwatch.StartNew();
        var story = started.AwardsPath is null
            ? await new SampleYear(started.Topology, awards, office, fleet: null).PlayAsync(cancellation)
            : await new CountryYear(started.Topology, awards, office, fleet: null).PlayAsync(cancellation);
        var played = year.Elapsed;
        var findings = await new Findings(started.Topology, office, fleet: null).GatherAsync(story, cancellation);
        show.Findings(findings, startup: null, played, started.GatewayHttp);
        return findings.Reconciled ? LocalCommand.Reconciled : LocalCommand.NotReconciled;
    }
}
