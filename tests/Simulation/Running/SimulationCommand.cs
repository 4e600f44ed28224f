using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace FundingFlows.Simulation;

/// <summary>The command line of the simulator.</summary>
internal static class SimulationCommand
{
    private const int Found = 1;
    private const int CouldNotRun = 2;

    /// <param name="bug">A deliberate bug, to see what is said of it. Null: none.</param>
    public static int Run(string[] arguments, TimeProvider time, TextWriter screen, TextWriter errors, Func<Bug>? bug = null)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many runs, each with a seed of its own.", DefaultValueFactory = _ => 100 };
        var first = new Option<int>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file." };
        var bites = new Option<bool>("--bites") { Description = "Put each deliberate bug in, and see whether it is found." };
        var history = new Option<bool>("--history") { Description = "Print what happens in the first seed, whether or not anything is wrong." };
        seeds.Validators.Add(result => AtLeastOne(result, seeds));
        first.Validators.Add(result => AtLeastOne(result, first));
        var command = new RootCommand("Runs a whole federation on virtual time, network and disks.") { seeds, first, json, bites, history };
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine(parsed.Errors[0].Message);
            return CouldNotRun;
        }
        var result = 0;
        command.SetAction(found => result = found.GetValue(bites) ? Bites.Check(screen)
            : Simulate(new RunOptions(found.GetValue(first), found.GetValue(seeds), found.GetValue(json), found.GetValue(history)), bug ?? (() => new Bug()), time, screen));
        parsed.Invoke();
        return result;
    }

    private static void AtLeastOne(System.CommandLine.Parsing.OptionResult result, Option<int> option)
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
            result.AddError($"{option.Name} must be at least 1.");
    }

    private static int Simulate(RunOptions options, Func<Bug> bug, TimeProvider time, TextWriter screen)
    {
        var began = time.GetTimestamp();
        var total = Runs.Of(options.First, options.Seeds, bug, screen);
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        if (options.History || total.Failed.Count > 0)
            Replay.Show(total.Failed.Count > 0 ? total.Failed.Min() : options.First, bug, screen);
        foreach (var strike in Enum.GetValues<Strike>())
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Struck.NameOf(strike),-27} {total.TimesOf(strike),10} times, in {total.SeedsOf(strike),5} seeds"));
        foreach (var strike in total.Missing)
            screen.WriteLine($"{Struck.NameOf(strike)} never happened in {options.Seeds} seeds: nothing was tried against it.");
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Seeds} seeds, {total.Failed.Count} violations, {total.Messages} messages, {total.Time.TotalHours:F1} simulated hours in {seconds:F1} s: {total.Time.TotalHours / seconds:F2} simulated hours and {total.Messages / seconds:F0} messages for each second."));
        if (options.Json is { } file)
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                seeds = options.Seeds,
                violations = total.Failed.Count,
                messages = total.Messages,
                simulated_hours = Math.Round(total.Time.TotalHours, 3),
                seconds = Math.Round(seconds, 1),
                struck = Enum.GetValues<Strike>().ToDictionary(Struck.NameOf, strike => new { times = total.TimesOf(strike), seeds = total.SeedsOf(strike) }),
            }));
        return total.Failed.Count > 0 || total.Missing.Count > 0 ? Found : 0;
    }

    private sealed record RunOptions(int First, int Seeds, string? Json, bool History);
}
