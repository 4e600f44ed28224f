using System.CommandLine;
using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>Where a topology is reached that somebody else started.</summary>
/// <param name="Data">The folder that says which federation it is.</param>
internal sealed record StartedTopology(Topology Topology, string Data, Uri GatewayHttp, Uri GatewayGrpc, Uri Issuer);

/// <summary>The command line that plays the sample year on a topology that somebody else started: no instance is killed.</summary>
internal static class PlayCommand
{
    public static Command Create(TimeProvider time)
    {
        var topology = new Option<string>("--topology") { Description = "Which bodies there are: a JSON file. Default: the North East of England.", DefaultValueFactory = _ => Topology.SamplePath };
        var data = new Option<string>("--data") { Description = "The data folder of whoever started them.", Required = true };
        var http = Address("--gateway-http", "Address of the gateway's HTTP port.");
        var grpc = Address("--gateway-grpc", "Address of the gateway's gRPC port.");
        var issuer = Address("--issuer", "Address of the development issuer.");
        var command = new Command("play", "Plays the sample year on services that run already. Exit code 0 only if everything reconciles.") { topology, data, http, grpc, issuer };
        command.SetAction((parsed, cancellation) => Failures.ShownAsync(
            () => PlayAsync(
                new StartedTopology(
                    TopologyReader.Read(parsed.GetValue(topology)!), parsed.GetValue(data)!, parsed.GetValue(http)!, parsed.GetValue(grpc)!, parsed.GetValue(issuer)!),
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
        var show = new Screen(Console.Out);
        show.Introduction(attributed: false);
        var federation = FederationSetup.Open(started.Data, started.Topology, time);
        using var tokens = new IssuerClient(started.Issuer);
        using var office = new Office(started.GatewayGrpc, started.GatewayHttp, tokens.TokenAsync, federation, time, fleet: null);
        var year = Stopwatch.StartNew();
        var story = await new SampleYear(started.Topology, PublishedAwards.Read(started.Topology), office, fleet: null).PlayAsync(cancellation);
        var played = year.Elapsed;
        var findings = await new Findings(started.Topology, office, fleet: null).GatherAsync(story, cancellation);
        show.Findings(findings, startup: null, played, started.GatewayHttp);
        return findings.Reconciled ? LocalCommand.Reconciled : LocalCommand.NotReconciled;
    }
}
