using System.Globalization;

namespace FundingFlows.Benchmarks;

/// <summary>Measures in rounds, each of them everything once: what slows the machine down for a while slows down all alike.</summary>
internal static class JournalBenchmark
{
    private const int MostRepeats = 3;

    public static async Task<int> RunAsync(BenchmarkOptions options, TimeProvider time, CancellationToken cancellation)
    {
        // All that is measured lies on the one disk: the services and PostgreSQL make their folders where temporary files are.
        if (options.Data is { } data)
            Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(data).FullName);
        var folder = Directory.CreateTempSubdirectory("fundingflows-benchmark-");
        try
        {
            await using var sqlite = await ReleasingService.StartAsync("SQLite", "sqlite");
            using var peer = PostgresPeer.Start();
            await using var postgres = peer is null ? null : await ReleasingService.StartAsync(
                "PostgreSQL", "postgres", () => PostgresJournalStore.Open(PostgresServer.ConnectionString, $"benchmark{Environment.ProcessId}", time));
            Measure[] all = [.. RawLimits.All(folder.FullName), .. sqlite.Measures(), .. postgres?.Measures() ?? [], .. peer?.Measures() ?? []];
            Measure[] measures = [.. all.Where(measure => measure.Key.StartsWith(options.Only, StringComparison.Ordinal))];
            var stolen = await MeasureAsync(options, measures, cancellation);
            Measure[] replay = [await sqlite.ToReplayAsync()];
            stolen = [.. stolen, .. await MeasureAsync(options, replay, cancellation)];
            var report = new Report([.. measures, .. replay], stolen, MemoryMeasure.Of(options.Lots));
            report.Show();
            if (options.Json is { } path)
                await File.WriteAllTextAsync(path, report.Json(), cancellation);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Measures, and answers with how much of the time of each that counts was stolen, in per cent.</summary>
    private static async Task<List<double>> MeasureAsync(BenchmarkOptions options, Measure[] measures, CancellationToken cancellation)
    {
        var all = new List<double>();
        // One of which nothing is kept: it makes the compiler compile and the disk's caches warm.
        foreach (var measure in measures)
            await measure.RunAsync(options.Length);
        for (var round = 1; round <= options.Rounds; round++)
            foreach (var measure in measures)
                for (var attempt = 1; ; attempt++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var before = ProcessorTime.Now();
                    var (figure, each) = await measure.MeasureAsync(options.Length);
                    var stolen = ProcessorTime.Now().StolenPercentSince(before);
                    var isTooMuch = stolen > Report.MostStolenPercent && attempt < MostRepeats;
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"round {round}: {measure.Title}: {figure:N0} ({Told(measure, each)}{stolen:N1} % of the processor's time stolen{(isTooMuch ? "; repeated" : "")})"));
                    if (isTooMuch)
                        continue;
                    measure.Add(figure, each);
                    all.Add(stolen);
                    break;
                }
        return all;
    }

    private static string Told(Measure measure, Cost each) =>
        measure.CostKey is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{each.Microseconds:N1} microseconds and {each.Bytes:N0} bytes each; ");
}
