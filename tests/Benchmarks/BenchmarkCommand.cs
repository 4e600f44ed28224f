using System.CommandLine;

namespace FundingFlows.Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
internal static class BenchmarkCommand
{
    private const int CouldNotRun = 2;

    public static async Task<int> RunAsync(string[] arguments, TimeProvider time)
    {
        var json = new Option<string?>("--json") { Description = "Write the figures to this file." };
        var seconds = new Option<int>("--seconds") { Description = "How long each measure of a round lasts.", DefaultValueFactory = _ => 5 };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds. The median counts.", DefaultValueFactory = _ => 3 };
        var data = new Option<string?>("--data") { Description = "A folder on the disk that is to be measured. Default: the folder of temporary files." };
        var lots = new Option<int>("--lots") { Description = "How many lots to hold in memory.", DefaultValueFactory = _ => 10_000_000 };
        var only = new Option<string>("--only") { Description = "Measure only what in the JSON has a name that begins so.", DefaultValueFactory = _ => "" };
        foreach (var counted in (Option<int>[])[seconds, rounds, lots])
            counted.Validators.Add(result =>
            {
                if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
                    result.AddError($"{counted.Name} must be at least 1.");
            });
        var journal = new Command("journal", "Measures what this machine and its journals can do, in one run.") { json, seconds, rounds, data, lots, only };
        journal.SetAction((found, cancellation) => JournalBenchmark.RunAsync(
            new BenchmarkOptions(found.GetValue(json), TimeSpan.FromSeconds(found.GetValue(seconds)), found.GetValue(rounds), found.GetValue(data), found.GetValue(lots), found.GetValue(only)!), time, cancellation));
        var memory = new Command("memory", "Measures what lots and transfers take in memory, alone.") { lots };
        memory.SetAction(found => Report.ShowMemory(MemoryMeasure.Of(found.GetValue(lots))));
        var flows = new Option<int>("--flows") { Description = "How many flows are sent alone.", DefaultValueFactory = _ => 1_000 };
        var length = new Option<int>("--seconds") { Description = "How long as many flows as possible are sent.", DefaultValueFactory = _ => 20 };
        var partition = new Option<int>("--partition") { Description = "For how many seconds a council is cut off.", DefaultValueFactory = _ => 10 };
        var rate = new Option<int>("--rate") { Description = "Flows a second while it is.", DefaultValueFactory = _ => 2_000 };
        var flow = new Command("flow", "Measures what a flow from central government to a forum takes, between real processes.") { json, flows, length, partition, rate };
        flow.SetAction((found, cancellation) => FlowBenchmark.RunAsync(
            new FlowOptions(
                found.GetValue(json), found.GetValue(flows), TimeSpan.FromSeconds(found.GetValue(length)), TimeSpan.FromSeconds(found.GetValue(partition)), found.GetValue(rate)),
            time, cancellation));
        var runs = new Option<int>("--runs") { Description = "How many runs. The median counts.", DefaultValueFactory = _ => 20 };
        var allocation = new Command("allocation", "Measures one run of a formula over all areas of England.") { json, runs };
        allocation.SetAction((found, cancellation) => AllocationBenchmark.RunAsync(found.GetValue(json), Math.Max(1, found.GetValue(runs)), cancellation));
        var parsed = new RootCommand("Measures FundingFlows.") { journal, memory, flow, allocation }.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        return CouldNotRun;
    }
}

/// <summary>How a run was asked for.</summary>
/// <param name="Json">Where to write the figures. Null: nowhere.</param>
/// <param name="Length">How long each measure of a round lasts.</param>
/// <param name="Data">A folder on the disk to be measured. Null: that of temporary files.</param>
/// <param name="Only">How the names of what is measured begin.</param>
internal sealed record BenchmarkOptions(string? Json, TimeSpan Length, int Rounds, string? Data, int Lots, string Only);
