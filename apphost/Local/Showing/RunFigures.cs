using System.Text.Json;
using System.Text.Json.Serialization;

namespace FundingFlows.Local;

/// <summary>The figures of a run, for machines. Amounts in pence.</summary>
public sealed record RunFigures(
    [property: JsonPropertyName("bodies")] long Bodies,
    [property: JsonPropertyName("issued_pence")] long IssuedPence,
    [property: JsonPropertyName("spent_pence")] long SpentPence,
    [property: JsonPropertyName("held_pence")] long HeldPence,
    [property: JsonPropertyName("in_transit_pence")] long InTransitPence,
    [property: JsonPropertyName("surrendered_pence")] long SurrenderedPence,
    [property: JsonPropertyName("transfers")] long Transfers,
    [property: JsonPropertyName("payments")] long Payments,
    [property: JsonPropertyName("reports")] long Reports,
    [property: JsonPropertyName("lots")] long Lots,
    [property: JsonPropertyName("refusals")] long Refusals,
    [property: JsonPropertyName("reconciled")] bool Reconciled,
    [property: JsonPropertyName("journals_verified")] long JournalsVerified,
    [property: JsonPropertyName("startup_seconds")] double StartupSeconds,
    [property: JsonPropertyName("year_seconds")] double YearSeconds,
    [property: JsonPropertyName("trace_milliseconds")] double TraceMilliseconds,
    [property: JsonPropertyName("memory_megabytes")] long MemoryMegabytes,
    [property: JsonPropertyName("attributed")] AttributedFigures? Attributed)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static RunFigures Of(Gathered found, Verified verified, TimeSpan startup, TimeSpan year) => new(
        found.Books.Bodies, found.Books.IssuedPence, found.Books.SpentPence, found.Books.HeldPence, found.Books.InTransitPence, found.Books.SurrenderedPence,
        found.Books.Transfers, found.Books.Payments, found.Books.Reports, found.Books.Lots, found.Story.Refused.Count, found.Reconciled, verified.Holds ? verified.Journals : 0,
        Math.Round(startup.TotalSeconds, 2), Math.Round(year.TotalSeconds, 2), Math.Round(found.TraceMilliseconds, 2), found.MemoryMegabytes,
        found.Story.Attribution is not { } figures ? null : new AttributedFigures(
            figures.IssuedPence, figures.HeldPence, figures.SpentPence, figures.InTransitPence, figures.SurrenderedPence, figures.ReceivedPence, figures.Awards, figures.Councils, figures.Wards, figures.WardsWithout, figures.CouncilsWithout));

    /// <summary>
    /// Empties the file, so that the figures of an earlier run do not stand for one that failed. Throws <see cref="LocalException"/>
    /// when it could not be written: better now than after the run.
    /// </summary>
    public static void Begin(string? path)
    {
        if (path is null)
            return;
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"The figures cannot be written to {path}: {problem.Message}");
        }
    }

    /// <summary>Writes the file. Throws <see cref="LocalException"/> when it cannot be written.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Indented) + "\n", cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"The figures cannot be written to {path}: {problem.Message}");
        }
    }
}

/// <summary>What came of awards that are attributed to councils, for machines.</summary>
public sealed record AttributedFigures(
    [property: JsonPropertyName("issued_pence")] long IssuedPence,
    [property: JsonPropertyName("held_pence")] long HeldPence,
    [property: JsonPropertyName("spent_pence")] long SpentPence,
    [property: JsonPropertyName("in_transit_pence")] long InTransitPence,
    [property: JsonPropertyName("surrendered_pence")] long SurrenderedPence,
    [property: JsonPropertyName("received_pence")] long ReceivedPence,
    [property: JsonPropertyName("awards")] int Awards,
    [property: JsonPropertyName("councils")] int Councils,
    [property: JsonPropertyName("left_behind_wards")] int Wards,
    [property: JsonPropertyName("left_behind_wards_without")] int WardsWithout,
    [property: JsonPropertyName("councils_of_wards_without")] int CouncilsWithout);
