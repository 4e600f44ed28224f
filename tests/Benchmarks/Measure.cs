using System.Diagnostics;

namespace FundingFlows.Benchmarks;

/// <summary>What was done in how long.</summary>
internal readonly record struct Done(double Count, TimeSpan Time)
{
    public double PerSecond => Count / Time.TotalSeconds;
}

/// <summary>What each of those that were done cost in this process.</summary>
/// <param name="Microseconds">Time of processors, all threads together.</param>
/// <param name="Bytes">Memory that was allocated.</param>
internal readonly record struct Cost(double Microseconds, double Bytes);

/// <summary>Something that is measured again and again.</summary>
/// <param name="Key">Its name in the JSON.</param>
/// <param name="Title">Its name on the screen, with the unit.</param>
/// <param name="RunAsync">Measures for about so long, and answers with what was done.</param>
internal sealed record Measure(string Key, string Title, Func<TimeSpan, Task<Done>> RunAsync)
{
    private readonly List<double> figures = [];
    private readonly List<Cost> costs = [];

    /// <summary>What it does and does not do.</summary>
    public string Says { get; init; } = "";

    /// <summary>Its name in the JSON where its cost is told too. Null: most of it does not happen in this process.</summary>
    public string? CostKey { get; init; }

    public double? Median => figures.Count == 0 ? null : MedianOf(figures);

    public (double Least, double Most)? Range => figures.Count == 0 ? null : (figures.Min(), figures.Max());

    /// <summary>The median of what each cost. Null: it was not measured, or is not told.</summary>
    public Cost? Each => CostKey is null || costs.Count == 0 ? null : new Cost(MedianOf(costs.Select(one => one.Microseconds)), MedianOf(costs.Select(one => one.Bytes)));

    /// <summary>Measures once, with what it cost.</summary>
    public async Task<(double PerSecond, Cost Each)> MeasureAsync(TimeSpan length)
    {
        using var process = Process.GetCurrentProcess();
        var (time, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var done = await RunAsync(length);
        process.Refresh();
        return (done.PerSecond, new Cost((process.TotalProcessorTime - time).TotalMicroseconds / done.Count, (GC.GetTotalAllocatedBytes() - bytes) / done.Count));
    }

    public void Add(double figure, Cost each)
    {
        figures.Add(figure);
        costs.Add(each);
    }

    private static double MedianOf(IEnumerable<double> all) => all.Order().ElementAt(all.Count() / 2);
}
