using System.CommandLine;

namespace FundingFlows.Fire;

/// <summary>How a run was asked for.</summary>
/// <param name="Length">How long the topology is under load and fire.</param>
/// <param name="Seed">What the driver's and the load's choices follow from.</param>
/// <param name="TopologyPath">The topology file.</param>
/// <param name="Keep">Keep data and logs also of a run in which everything holds.</param>
/// <param name="Json">Where to write the figures. Null: nowhere.</param>
/// <param name="Breaks">What is broken on purpose.</param>
internal sealed record FireOptions(TimeSpan Length, int Seed, string TopologyPath, bool Keep, string? Json, IReadOnlyList<Breakage> Breaks);

/// <summary>The command line of a run under fire.</summary>
internal static class FireCommand
{
    public const int Holds = 0;
    public const int DoesNotHold = 1;
    public const int CouldNotRun = 2;
    private const int DefaultSeconds = 60;
    private const int MostSeconds = 7 * 24 * 60 * 60;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private static string SmallTopology => Path.Combine(AppContext.BaseDirectory, "small.json");

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
        var seconds = new Option<int>("--seconds") { Description = "How long the topology is under load and fire.", DefaultValueFactory = _ => DefaultSeconds };
        var seed = new Option<int>("--seed") { Description = "What the choices follow from: what is hit when, and what is asked for.", DefaultValueFactory = _ => 1 };
        var topology = new Option<string>("--topology") { Description = "Which bodies run where: a JSON file. Default: a small one of all four tiers.", DefaultValueFactory = _ => SmallTopology };
        var keep = new Option<bool>("--keep") { Description = "Keep data and logs, also when everything holds." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file." };
        var breaks = new Option<Breakage[]>("--break") { Description = "Break something on purpose, to see what comes of it. May be given several times.", DefaultValueFactory = _ => [] };
        seconds.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "1", out var value) && value is < 1 or > MostSeconds)
                result.AddError($"--seconds must be 1 to {MostSeconds}.");
        });
        var command = new RootCommand("Runs a topology of real processes under load while services are killed, paused and cut off, and checks from outside that nothing came of it.")
        {
            seconds, seed, topology, keep, json, breaks,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new FireOptions(
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), parsed.GetValue(topology)!, parsed.GetValue(keep), parsed.GetValue(json), parsed.GetValue(breaks)!),
            time, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FireOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await new FireRun(options, time, Console.Out).RunAsync(cancellation);
        }
        catch (Exception problem) when (problem is LocalException or TopologyException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
        }
        catch (RpcException problem)
        {
            await Console.Error.WriteLineAsync($"The run cannot begin: a service answered {problem.StatusCode}, {problem.Status.Detail}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C.
        }
        return CouldNotRun;
    }
}
