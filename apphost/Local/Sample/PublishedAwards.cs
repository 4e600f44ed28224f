using System.Text.Json;

namespace FundingFlows.Local;

/// <summary>The published awards of the Levelling Up Fund that come with the sample.</summary>
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
