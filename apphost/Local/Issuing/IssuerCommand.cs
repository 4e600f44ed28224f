using System.CommandLine;

namespace FundingFlows.Local;

/// <summary>The command line of the issuer of tokens by itself, for a topology that somebody else starts.</summary>
internal static class IssuerCommand
{
    public static Command Create(TimeProvider time)
    {
        var topology = new Option<string>("--topology") { Description = "Whose bodies tokens are for: a JSON file. Default: the North East of England.", DefaultValueFactory = _ => Topology.SamplePath };
        var port = new Option<int>("--port") { Description = "Its HTTP port on loopback.", Required = true };
        var command = new Command("issuer", "Gives development tokens to anyone on this machine, until Ctrl-C. Starts nothing else.") { topology, port };
        command.SetAction((parsed, cancellation) => Failures.ShownAsync(
            () => StayAsync(parsed.GetValue(topology)!, parsed.GetValue(port), time, cancellation), Console.Error, cancellation));
        return command;
    }

    private static async Task<int> StayAsync(string topology, int port, TimeProvider time, CancellationToken cancellation)
    {
        await using var issuer = await DevelopmentIssuer.StartAsync(port, TopologyReader.Read(topology), time, cancellation);
        await Console.Out.WriteLineAsync($"Development tokens: POST {issuer.Address}token?body=BODY&role=ROLE");
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return LocalCommand.Reconciled;
    }
}
