using System.Text.Json;

namespace FundingFlows.Local;

/// <summary>A published award of the Levelling Up Fund.</summary>
/// <param name="Round">1 or 2.</param>
/// <param name="Body">The body that it was awarded to.</param>
/// <param name="AmountPence">In pence.</param>
public sealed record PublishedAward(int Round, string Body, long AmountPence, string Project);

/// <summary>The published awards that come with the sample.</summary>
public static class PublishedAwards
{
    /// <summary>Those to bodies of the topology, in the order of the file.</summary>
    public static IReadOnlyList<PublishedAward> Read(Topology topology)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sample", "levelling-up-fund.json")));
        return
        [
            .. file.RootElement.GetProperty("awards").EnumerateArray()
                .Select(award => new PublishedAward(
                    award.GetProperty("round").GetInt32(), award.GetProperty("body").GetString()!,
                    award.GetProperty("pounds").GetInt64() * 100, award.GetProperty("project").GetString()!))
                .Where(award => topology.Bodies.Any(body => body.Id == award.Body)),
        ];
    }
}
