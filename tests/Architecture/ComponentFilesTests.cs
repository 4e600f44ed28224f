using System.Globalization;
using System.Text.RegularExpressions;

namespace FundingFlows.Architecture.Tests;

/// <summary>What the files for Dapr say decides whether news is lost or given again for ever. Who may use which topic is held where the files are made.</summary>
public sealed partial class ComponentFilesTests
{
    private const string Folder = "apphost/dapr";

    /// <summary>The runtime tries for so long to publish a dead letter, in seconds.</summary>
    private const int DeadLetterPublishing = 30;

    [Fact]
    public void Component_OfRedisStreams_NeitherLosesNorRepeatsForEver()
    {
        var settings = Settings();
        // Whole milliseconds: a text such as "60s" is not read as a redeliverInterval.
        var (processing, redelivery) = (Number(settings["processingTimeout"]) / 1000.0, Number(settings["redeliverInterval"]) / 1000.0);

        // Either of them nought, and what a sidecar had in hand when it died is never given again.
        Assert.True(processing > 0);
        Assert.InRange(redelivery, 1, processing);
        // An event whose attempts are not over must not be handed out once more.
        Assert.InRange(LongestTaking() + DeadLetterPublishing, 1, processing);
        Assert.InRange(Number(settings["maxLenApprox"]), 10_000, 1_000_000);
        Assert.InRange(Number(settings["concurrency"]), 2, Number(settings["queueDepth"]));
        Assert.Equal("{appID}", settings["consumerID"]);
        // The one would give up a read at the moment that news comes, the other throw out news by their age.
        Assert.Empty(settings.Keys.Intersect(["readTimeout", "streamTTL"]));
    }

    [Fact]
    public void Attempts_AreBoundedAndToTheBrokerShorterThanAServiceWaits()
    {
        var text = Text("resiliency.yaml");
        Assert.InRange(LongestTaking(), 30, 600);
        var (timeout, pause, retries) = (Seconds(Value(text, "publish")), Number(Value(text, "duration").Replace("ms", "", StringComparison.Ordinal)), Number(Value(text, "maxRetries", 2)));
        Assert.InRange(((retries + 1) * timeout) + (retries * pause / 1000.0), 0.1, 10);
        // A number below three would be made three, whatever was meant.
        Assert.InRange(Number(Value(text, "maxRetries", 3)), 60, 100_000);
        Assert.Equal(["take", "take", "publish", "publish"], [Value(text, "timeout", 1), Value(text, "retry", 1), Value(text, "timeout", 2), Value(text, "retry", 2)]);
    }

    /// <summary>The name of the policy is what makes it count: another one would be read and never used.</summary>
    [Fact]
    public void Start_OfASidecar_IsTriedForLongerThanAServiceNeeds()
    {
        var text = Text("resiliency.yaml");
        var policy = text[text.IndexOf("      DaprBuiltInInitializationRetries:", StringComparison.Ordinal)..];
        Assert.Equal(("constant", 1), (Value(policy, "policy"), Seconds(Value(policy, "duration"))));
        Assert.InRange(Number(Value(policy, "maxRetries")), 600, 100_000);
    }

    /// <summary>A sidecar listens to every network otherwise, and whoever reaches it may publish.</summary>
    [Theory]
    [InlineData("apphost/Aspire/Events/Sidecars.cs", "\"--dapr-listen-addresses\", \"127.0.0.1\", \"--dapr-internal-grpc-listen-address\", \"127.0.0.1\"")]
    [InlineData("docs/operations.md", "--dapr-listen-addresses 127.0.0.1 --dapr-internal-grpc-listen-address 127.0.0.1")]
    public void Sidecars_ListenToThisMachineAlone(string file, string words) =>
        Assert.Contains(words, File.ReadAllText(Path.Combine(Repository.Root, file)), StringComparison.Ordinal);

    /// <summary>
    /// The time that all attempts to hand an event to a service take when it hangs: pauses grow by half from half a second, up to the longest, and
    /// chance makes each up to half as long again.
    /// </summary>
    private static double LongestTaking()
    {
        var text = Text("resiliency.yaml");
        var (attempt, longest, retries) = (Seconds(Value(text, "take")), Seconds(Value(text, "maxInterval")), Number(Value(text, "maxRetries")));
        var (sum, pause) = (attempt * (retries + 1.0), 0.5);
        for (var i = 0; i < retries; i++, pause = Math.Min(pause * 1.5, longest))
            sum += pause * 1.5;
        return sum;
    }

    /// <summary>Names and values of the component, but for what it takes from the environment.</summary>
    private static Dictionary<string, string> Settings() => Setting().Matches(Text("pubsub.yaml")).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, Folder, file));

    /// <summary>The value of a name where it stands for that time with one.</summary>
    private static string Value(string text, string name, int time = 1) =>
        Regex.Matches(text, $@"^ *{name}: (\S+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1))[time - 1].Groups[1].Value;

    private static int Seconds(string text) => Number(text.TrimEnd('s'));

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"- name: (\w+)\r?\n +value: ""([^""]*)""")]
    private static partial Regex Setting();
}
