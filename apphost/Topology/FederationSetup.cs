using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace FundingFlows.Topologies;

/// <summary>
/// A federation on one machine: its id, when it was set up, and the key of its root, which every instance has pinned in its
/// settings. Kept in the data folder; a folder without one gets a new federation with new keys.
/// </summary>
/// <param name="Id">For example <c>demo-20261122-1f3a</c>.</param>
/// <param name="CreatedAt">When it was set up.</param>
/// <param name="TrustRoot">The root's key as a C2SP vkey.</param>
/// <param name="Data">The data folder; each instance has a folder of its own in it.</param>
public sealed record FederationSetup(string Id, DateTimeOffset CreatedAt, string TrustRoot, string Data)
{
    private const uint FirstEpoch = 1;

    private sealed record Kept(string Federation, DateTimeOffset CreatedAt);

    /// <summary>Reads the folder's federation, or makes one. Throws <see cref="TopologyException"/> when the folder cannot be used.</summary>
    public static FederationSetup Open(string data, Topology topology, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(data);
            var file = Path.Combine(data, "federation.json");
            if (!File.Exists(file))
                File.WriteAllText(file, JsonSerializer.Serialize(New(time)));
            var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(file));
            if (kept is null || !Names.IsFederation(kept.Federation))
                throw new TopologyException($"{file} does not name a federation.");
            var root = topology.Root;
            using var key = KeyFile.ReadOrCreate(Path.Combine(data, root.Instance, "keys", root.Id + ".pem"));
            var origin = Names.Origin(kept.Federation, root.Id, FirstEpoch);
            return new FederationSetup(kept.Federation, kept.CreatedAt, VerifierKey.Of(origin, key.PublicKey).ToString(), data);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new TopologyException($"The data folder {data} cannot be used: {problem.Message}");
        }
    }

    private static Kept New(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return new Kept($"demo-{day}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}", now);
    }
}
