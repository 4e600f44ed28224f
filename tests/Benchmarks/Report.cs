using System.Globalization;
using System.Text.Json;

namespace FundingFlows.Benchmarks;

/// <summary>What was measured, as a table and as JSON. What was not measured is null, never a figure.</summary>
/// <param name="Stolen">How much of the processors' time was stolen while each that counts was measured, in per cent.</param>
internal sealed record Report(Measure[] Measures, IReadOnlyList<double> Stolen, MemoryMeasure Memory)
{
    /// <summary>A measure is repeated when more than so much of the processors' time was stolen from it.</summary>
    public const double MostStolenPercent = 5;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private double StolenPercent => Stolen.Count == 0 ? 0 : Stolen.Average();

    private double? ByHand => Measures.Where(measure => measure.Key.StartsWith("handwritten_postgres_", StringComparison.Ordinal) && measure.Key != "handwritten_postgres_batched_per_second").Max(measure => measure.Median);

    public void Show()
    {
        Console.WriteLine();
        foreach (var measure in Measures)
            Line(measure.Title, measure.Median, measure.Range is { } range ? Text($"{range.Least:N0} to {range.Most:N0}") : "");
        foreach (var measure in Measures)
            if (measure.Each is { } each)
            {
                Line(Text($"{measure.CostKey}: processor time of a transfer, client and service, microseconds"), each.Microseconds, "");
                Line(Text($"{measure.CostKey}: memory allocated for a transfer, client and service, bytes"), each.Bytes, "");
            }
        ShowMemory(Memory);
        Line("Idle: a transfer takes so many raw commits", Ratio("raw_sqlite_single_commits_per_second", "sqlite_unary1_per_second"), "");
        Line("SQLite, streamed, against raw grouped", Ratio("sqlite_streamed_per_second", "raw_sqlite_grouped_per_second"), "");
        Line("SQLite, 64 in flight, against PostgreSQL by hand at its best", Of("sqlite_unary64_per_second") / ByHand, "");
        Line("SQLite, streamed, against PostgreSQL by hand, batched", Ratio("sqlite_streamed_per_second", "handwritten_postgres_batched_per_second"), "");
        Console.WriteLine(Text($"{StolenPercent:N1} % of the processors' time was stolen; {Environment.ProcessorCount} processors."));
        if (Stolen.Count(one => one > MostStolenPercent) is > 0 and var disturbed)
            Console.WriteLine(Text($"{disturbed} of {Stolen.Count} were kept although more than {MostStolenPercent} % was stolen each time: measure again on a quieter machine."));
        foreach (var measure in Measures.Where(measure => measure.Says.Length > 0))
            Console.WriteLine($"{measure.Title}: {measure.Says}");
    }

    public static void ShowMemory(MemoryMeasure memory)
    {
        Line(Text($"Memory of each of {memory.Lots:N0} lots, bytes"), memory.OfALot, "once");
        Line(Text($"Memory of each of {memory.Transfers:N0} transfers at the sender, bytes"), memory.OfATransferSent, "once");
        Line("The same at the receiver, with the lot that it makes, bytes", memory.OfATransferReceived, "once");
    }

    public string Json()
    {
        var all = Measures.ToDictionary(measure => measure.Key, measure => measure.Median);
        all["handwritten_postgres_best_per_second"] = ByHand;
        foreach (var key in (string[])["postgres_streamed_per_second", "handwritten_postgres_batched_per_second"])
            all.TryAdd(key, null);
        foreach (var measure in Measures.Where(measure => measure.CostKey is not null))
            (all[$"{measure.CostKey}_processor_microseconds_each"], all[$"{measure.CostKey}_allocated_bytes_each"]) = (measure.Each?.Microseconds, measure.Each?.Bytes);
        all["bytes_of_a_lot"] = Memory.OfALot;
        all["lots"] = Memory.Lots;
        all["bytes_of_a_transfer_sent"] = Memory.OfATransferSent;
        all["bytes_of_a_transfer_received"] = Memory.OfATransferReceived;
        all["stolen_percent"] = StolenPercent;
        return JsonSerializer.Serialize(all.ToDictionary(one => one.Key, one => one.Value is { } value ? Math.Round(value, 2) : (double?)null), Indented);
    }

    private double? Of(string key) => Measures.SingleOrDefault(measure => measure.Key == key)?.Median;

    private double? Ratio(string above, string below) => Of(above) / Of(below);

    private static void Line(string title, double? figure, string range) =>
        Console.WriteLine(Text($"{title,-75} {(figure is { } known ? known.ToString(known < 100 ? "N2" : "N0", CultureInfo.InvariantCulture) : "not measured"),14}  {range}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
