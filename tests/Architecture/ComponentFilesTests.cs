using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FundingFlows.Architecture.Tests;

/// <summary>What the files for Dapr say decides whether news is lost or given again for ever.</summary>
public sealed partial class ComponentFilesTests
{
    private const string Journal = "journal", DeadLetters = "journal-dead";
    private static readonly string[] Folders = ["apphost/dapr", "apphost/dapr/aspire"];

    public static TheoryData<string> Places => [.. Folders];

    [Theory]
    [MemberData(nameof(Places))]
    public void Component_OfRedisStreams_NeitherLosesNorRepeatsForEver(string folder)
    {
        var settings = Settings(folder);
        var (processing, redelivery) = (Seconds(settings["processingTimeout"]), Seconds(settings["redeliverInterval"]));

        // Either of them nought, and what a sidecar had in hand when it died is never given again.
        Assert.True(processing > 0 && redelivery > 0);
        // An event whose attempts are not over must not be handed out once more.
        Assert.InRange(LongestTaking(folder), 1, processing);
        Assert.InRange(int.Parse(settings["maxLenApprox"], CultureInfo.InvariantCulture), 10_000, 1_000_000);
        Assert.InRange(int.Parse(settings["concurrency"], CultureInfo.InvariantCulture), 2, int.Parse(settings["queueDepth"], CultureInfo.InvariantCulture));
        Assert.Equal("{appID}", settings["consumerID"]);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Attempts_AreBoundedAndToTheBrokerShorterThanAServiceWaits(string folder)
    {
        var text = Text(folder, "resiliency.yaml");
        Assert.InRange(LongestTaking(folder), 30, 600);
        var (timeout, pause, retries) = (Seconds(Value(text, "publish")), Milliseconds(Value(text, "duration")), int.Parse(Value(text, "maxRetries", 2), CultureInfo.InvariantCulture));
        Assert.InRange(((retries + 1) * timeout) + (retries * pause / 1000.0), 0.1, 10);
        // A number below three would be made three, whatever was meant.
        Assert.InRange(int.Parse(Value(text, "maxRetries", 3), CultureInfo.InvariantCulture), 60, 100_000);
        Assert.Equal(["take", "take", "publish", "publish"], [Value(text, "timeout", 1), Value(text, "retry", 1), Value(text, "timeout", 2), Value(text, "retry", 2)]);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Topics_AreForThoseAloneWhoAreNamed(string folder)
    {
        var settings = Settings(folder);
        foreach (var rule in new[] { "allowedTopics", "protectedTopics" })
            Assert.Equal([Journal, DeadLetters], settings[rule].Split(','));
        var (publishing, subscribing) = (Scopes(settings["publishingScopes"]), Scopes(settings["subscriptionScopes"]));
        foreach (var (name, service) in Instances())
        {
            var hosts = service is not ("Audit" or "Gateway");
            var hears = service is not ("NeighbourhoodForum" or "Gateway");
            Assert.Equal(Where((hosts, Journal), (hears, DeadLetters)), publishing.GetValueOrDefault(name) ?? []);
            Assert.Equal(Where((hears, Journal), (service == "Audit", DeadLetters)), subscribing.GetValueOrDefault(name) ?? []);
        }

        static string[] Where(params (bool Holds, string Topic)[] topics) => [.. topics.Where(one => one.Holds).Select(one => one.Topic)];
    }

    [Fact]
    public void Files_OfBothHosts_DifferInTheirRedisAlone()
    {
        var (plain, aspire) = (Settings(Folders[0]), Settings(Folders[1]));
        Assert.Equal(plain.Where(one => one.Key is not ("redisHost" or "redisPassword")).ToList(), aspire.ToList());
        Assert.Equal(Text(Folders[0], "resiliency.yaml"), Text(Folders[1], "resiliency.yaml"));
    }

    /// <summary>The time that all attempts to hand an event to a service take when it hangs: pauses grow by half from half a second, up to the longest.</summary>
    private static double LongestTaking(string folder)
    {
        var text = Text(folder, "resiliency.yaml");
        var (attempt, longest, retries) = (Seconds(Value(text, "take")), Seconds(Value(text, "maxInterval")), int.Parse(Value(text, "maxRetries"), CultureInfo.InvariantCulture));
        var (sum, pause) = (attempt * (retries + 1.0), 0.5);
        for (var i = 0; i < retries; i++, pause = Math.Min(pause * 1.5, longest))
            sum += pause;
        return sum;
    }

    /// <summary>Names and values of a component, but for what it takes from the environment.</summary>
    private static Dictionary<string, string> Settings(string folder) =>
        Setting().Matches(Text(folder, "pubsub.yaml")).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static Dictionary<string, string[]> Scopes(string text) => text.Split(';').Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1].Split(','));

    private static IEnumerable<(string Name, string Service)> Instances() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "apphost/Topology/north-east.json")))!["instances"]!.AsArray()
            .Select(instance => ((string)instance!["name"]!, (string)instance["service"]!));

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(Repository.Root, folder, file));

    /// <summary>The value of a name where it stands for that time with one.</summary>
    private static string Value(string text, string name, int time = 1) =>
        Regex.Matches(text, $@"^ *{name}: (\S+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1))[time - 1].Groups[1].Value;

    private static int Seconds(string text) => int.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture);

    private static int Milliseconds(string text) => int.Parse(text.Replace("ms", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"- name: (\w+)\r?\n +value: ""([^""]*)""")]
    private static partial Regex Setting();
}
