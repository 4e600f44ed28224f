using System.Text.RegularExpressions;

namespace FundingFlows.Topologies;

/// <summary>
/// The files that the Dapr sidecars of a topology read: those of <c>apphost/dapr</c>, with the scopes of this topology and the address of a Redis.
/// </summary>
public static partial class SidecarFiles
{
    public const string PubSub = "pubsub.yaml";
    public const string Resiliency = "resiliency.yaml";

    /// <summary>Where a sidecar's environment has the address of Redis, when it is not in the file.</summary>
    public const string RedisHostVariable = "FUNDINGFLOWS_REDIS_HOST";

    /// <summary>Where a sidecar's environment has the password of Redis. It is in no file.</summary>
    public const string RedisPasswordVariable = "FUNDINGFLOWS_REDIS_PASSWORD";

    /// <summary>Where <c>dapr init</c> starts one.</summary>
    public const string UsualRedis = "localhost:6379";

    /// <summary>Writes the files to a folder. Throws <see cref="TopologyException"/> with one sentence when that cannot be.</summary>
    /// <param name="redis">Host and port. Null: the environment of the sidecars has them.</param>
    public static void Write(Topology topology, string folder, string? redis)
    {
        var pubSub = PubSubOf(topology, redis);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, PubSub), pubSub);
            File.WriteAllText(Path.Combine(folder, Resiliency), Kept(Resiliency));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TopologyException($"The files for sidecars cannot be written to {folder}: {problem.Message}");
        }
    }

    /// <summary>The text of the pub/sub component.</summary>
    /// <param name="redis">As for <see cref="Write"/>.</param>
    public static string PubSubOf(Topology topology, string? redis)
    {
        if (redis is not null && !HostAndPort().IsMatch(redis))
            throw new TopologyException($"\"{redis}\" is no address of a Redis: give a host and a port, such as {UsualRedis}.");
        var scopes = new EventScopes(topology);
        var text = Set(Kept(PubSub), "redisHost", redis is null ? $"envRef: {RedisHostVariable}" : $"value: \"{redis}\"");
        text = Set(text, "publishingScopes", $"value: \"{scopes.Publishing}\"");
        return Set(text, "subscriptionScopes", $"value: \"{scopes.Subscription}\"");
    }

    /// <summary>The line below the name of a setting says what it is.</summary>
    private static string Set(string text, string setting, string line)
    {
        var name = text.IndexOf($"- name: {setting}\n", StringComparison.Ordinal);
        var begin = text.IndexOf('\n', name) + 1;
        var end = text.IndexOf('\n', begin);
        return $"{text[..begin]}      {line}{text[end..]}";
    }

    private static string Kept(string file)
    {
        using var kept = new StreamReader(typeof(SidecarFiles).Assembly.GetManifestResourceStream(file)!);
        return kept.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}\z")]
    private static partial Regex HostAndPort();
}
