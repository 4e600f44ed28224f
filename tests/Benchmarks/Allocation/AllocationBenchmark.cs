using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FundingFlows.Allocations;

namespace FundingFlows.Benchmarks;

/// <summary>
/// Measures one run over as many areas as England has neighbourhood statistical areas: five components, a floor, a cap and damping. Beside it,
/// in turn, the least that any such run has to do: each component's shares worked out once in decimals, added up, and nothing else.
/// </summary>
internal static class AllocationBenchmark
{
    /// <summary>Lower layer super output areas of England, 2021 (ONS).</summary>
    private const int Areas = 33_755;

    private const int WarmUps = 5;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task RunAsync(string? json, int runs, CancellationToken cancellationToken)
    {
        var inputs = AllocationInputs.Of(Areas, seed: 1);
        var (times, plain, bytes) = (new List<double>(), new List<double>(), 0L);
        for (var i = -WarmUps; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var result = Run.Of(inputs).Value;
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (result.Years.Sum(year => year.Pence.Sum()) != inputs.Lines.Sum(line => line.AmountPence))
                throw new InvalidOperationException("The run does not add up.");
            start = Stopwatch.GetTimestamp();
            PlainShares.Of(inputs);
            if (i < 0)
                continue;
            plain.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            times.Add(time);
        }
        var (run, least) = (Median(times), Median(plain));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A run over {Areas:N0} areas, five components, floor, cap, damping: {run:N1} ms ({times.Min():N1} to {times.Max():N1}), {bytes:N0} bytes allocated."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Each component's shares once in decimals: {least:N1} ms. A run takes {run / least:N1} times as long. Medians of {runs}."));
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new Dictionary<string, double>
            {
                ["areas"] = Areas,
                ["milliseconds"] = Math.Round(run, 2),
                ["allocated_bytes"] = bytes,
                ["plain_decimals_milliseconds"] = Math.Round(least, 2),
                ["ratio"] = Math.Round(run / least, 2),
            }, Indented), cancellationToken);
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);
}
