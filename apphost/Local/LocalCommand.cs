using System.CommandLine;

namespace FundingFlows.Local;

/// <summary>How a local run was asked for.</summary>
/// <param name="TopologyPath">The topology file.</param>
/// <param name="AwardsPath">A table of awards, which are paid instead of the sample year. Null: the sample year.</param>
/// <param name="Data">The folder that keeps journals. Null: a fresh one that is removed at the end.</param>
/// <param name="Port">The gateway's HTTP port; gRPC is the next one, the issuer of tokens the one after. 0: any that are free.</param>
/// <param name="Once">End after the sample year.</param>
/// <param name="Json">Where to write the figures. Null: nowhere.</param>
/// <param name="Restart">Start a service again that ends by itself.</param>
public sealed record LocalOptions(string TopologyPath, string? AwardsPath, string? Data, int Port, bool Once, string? Json, bool Restart);

/// <summary>The command line of the local host.</summary>
public static class LocalCommand
{
    public const int Reconciled = 0;
    public const int NotReconciled = 1;
    public const int CouldNotRun = 2;
    private const int DefaultPort = 5080;
    private const int HighestPort = 65_533;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    /// <summary>Runs a command line. What cannot be read is refused with a sentence for each fault.</summary>
    public static async Task<int> RunAsync(string[] arguments, TimeProvider time)
    {
        var parsed = Create(time).Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestEnd });
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        return CouldNotRun;
    }

    private static RootCommand Create(TimeProvider time)
    {
        var topology = new Option<string>("--topology") { Description = "Which bodies run where: a JSON file. Default: the North East of England.", DefaultValueFactory = _ => Topology.SamplePath };
        var awards = new Option<string?>("--awards") { Description = "Instead of the sample year, pay the awards of this CSV table to the councils of the topology." };
        var data = new Option<string?>("--data") { Description = "Keep journals in this folder. A second run goes on where the first one ended." };
        var port = new Option<int>("--port") { Description = "HTTP port of the gateway; gRPC uses the next one, tokens the one after. 0: any that are free.", DefaultValueFactory = _ => DefaultPort };
        var once = new Option<bool>("--once") { Description = "End after the sample year. Exit code 0 only if everything reconciles." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file." };
        var restart = new Option<bool>("--restart") { Description = "Start a service again that ends by itself. Without it the run ends." };
        port.Validators.Add(result =>
        {
            if (!result.Errors.Any() && int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "0", out var value) && value is < 0 or > HighestPort)
                result.AddError($"--port must be 0 to {HighestPort}.");
        });
        var command = new RootCommand("Starts FundingFlows on this machine, plays a sample year, and stays up until Ctrl-C.") { topology, awards, data, port, once, json, restart };
        command.SetAction((parsed, cancellation) => new LocalRun(
            new LocalOptions(
                parsed.GetValue(topology)!, parsed.GetValue(awards), parsed.GetValue(data), parsed.GetValue(port), parsed.GetValue(once), parsed.GetValue(json), parsed.GetValue(restart)),
            time, Console.Out, Console.Error).RunAsync(cancellation));
        command.Subcommands.Add(ImportCommand.Create());
        command.Subcommands.Add(SidecarFilesCommand.Create());
        command.Subcommands.Add(IssuerCommand.Create(time));
        command.Subcommands.Add(PlayCommand.Create(time));
        return command;
    }
}

/// <summary>The run cannot begin or go on: one sentence for whoever started it.</summary>
public sealed class LocalException(string message) : Exception(message);
