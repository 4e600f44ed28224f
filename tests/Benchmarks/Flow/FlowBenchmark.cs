using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FundingFlows.Benchmarks;

/// <summary>How a run was asked for.</summary>
/// <param name="Json">Where to write the figures. Null: nowhere.</param>
/// <param name="Flows">How many flows are sent alone.</param>
/// <param name="Length">How long as many as possible are sent.</param>
/// <param name="Partition">How long the council is cut off.</param>
/// <param name="Rate">Flows a second while it is.</param>
internal sealed record FlowOptions(string? Json, int Flows, TimeSpan Length, TimeSpan Partition, int Rate);

/// <summary>What a flow from the centre to a forum takes: alone, among as many as possible, and behind a council that was cut off.</summary>
internal static class FlowBenchmark
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>How many times as long as it is measured: until the compilers of seven processes on two cores are done with what is measured, the rate rises to four times what it was.</summary>
    private const int WarmUp = 3;
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(FlowOptions options, TimeProvider time, CancellationToken cancellation)
    {
        await using var federation = await FlowFederation.StartAsync(time, cancellation);
        var before = ProcessorTime.Now();
        await Console.Out.WriteLineAsync($"{FlowTopology.Make().Bodies.Count} bodies in {FlowTopology.Make().Instances.Count} processes.");
        var figures = new Dictionary<string, double?> { ["bodies"] = FlowTopology.Make().Bodies.Count };
        await using (var releasing = new Releasing(federation, time))
        {
            await releasing.StartAsync();
            // Only so that the compiler has compiled what is measured; it counts for nothing.
            await releasing.AfterAsync(options.Length * WarmUp);
            await SustainedAsync(options, releasing, figures);
            await DrainAsync(releasing);
            await CutOffAsync(options, federation.Cut, federation, releasing, figures);
            await DrainAsync(releasing);
            await CutOffAsync(options, federation.Silence, federation, releasing, figures, "silent_");
            await DrainAsync(releasing);
        }
        var idle = await IdleFlows.MeasureAsync(federation, options.Flows, time, cancellation);
        (figures["idle_p50_ms"], figures["idle_p99_ms"]) = (idle[idle.Count / 2], idle[(int)(idle.Count * 0.99)]);
        figures["stolen_percent"] = ProcessorTime.Now().StolenPercentSince(before);
        var json = JsonSerializer.Serialize(figures.ToDictionary(one => one.Key, one => one.Value is { } value ? Math.Round(value, 2) : (double?)null), Indented);
        await Console.Out.WriteLineAsync(json);
        if (options.Json is { } path)
            await File.WriteAllTextAsync(path, json, cancellation);
        return 0;
    }

    private static async Task SustainedAsync(FlowOptions options, Releasing releasing, Dictionary<string, double?> figures)
    {
        var then = releasing.Counts;
        var now = await releasing.AfterAsync(options.Length);
        figures["flows_per_second"] = now.PerSecondSince(then, _ => true);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"sustained: {figures["flows_per_second"]:N0} flows a second"));
    }

    /// <summary>Under a steady load one council is cut off, and comes back. Its backlog is gone when no more is on the way to its forums than before.</summary>
    /// <param name="cutOff">What happens to the council's links.</param>
    /// <param name="named">What the names of its figures begin with.</param>
    private static async Task CutOffAsync(
        FlowOptions options, Action cutOff, FlowFederation federation, Releasing releasing, Dictionary<string, double?> figures, string named = "")
    {
        releasing.Rate = options.Rate;
        await releasing.AfterAsync(options.Length / 2);
        var usual = (long)(OfTheCouncil(releasing.Counts) + (options.Rate / 10.0));
        cutOff();
        var then = releasing.Counts;
        var now = await releasing.AfterAsync(options.Partition);
        federation.Heal();
        var healed = Stopwatch.GetTimestamp();
        var others = Enumerable.Range(0, FlowTopology.Ways.Count).Count(IsOther) / (double)FlowTopology.Ways.Count;
        figures[named + "others_percent"] = 100 * now.PerSecondSince(then, IsOther) / (options.Rate * others);
        figures[named + "backlog_flows"] = OfTheCouncil(now);
        while (OfTheCouncil(releasing.Counts) > usual && Stopwatch.GetElapsedTime(healed) < LongestBacklog)
            await releasing.AfterAsync(TimeSpan.FromMilliseconds(20));
        figures[named + "backlog_seconds"] = Stopwatch.GetElapsedTime(healed).TotalSeconds;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"cut off {(named.Length == 0 ? "by resets" : "by silence")} for {options.Partition.TotalSeconds:N0} s at {options.Rate:N0} flows a second: {figures[named + "backlog_flows"]:N0} behind it, gone after {figures[named + "backlog_seconds"]:N1} s; all others at {figures[named + "others_percent"]:N0} %"));
    }

    private static async Task DrainAsync(Releasing releasing)
    {
        releasing.Rate = 0;
        for (var start = Stopwatch.GetTimestamp(); releasing.Counts.OnTheWay > 0 && Stopwatch.GetElapsedTime(start) < LongestBacklog;)
            await releasing.AfterAsync(TimeSpan.FromMilliseconds(200));
    }

    private static bool IsOther(int way) => FlowTopology.Ways[way].Council != FlowTopology.CutOff;

    private static long OfTheCouncil(FlowCounts counts) =>
        Enumerable.Range(0, FlowTopology.Ways.Count).Where(way => !IsOther(way)).Sum(way => counts.Released[way] - counts.Arrived[way]);
}
