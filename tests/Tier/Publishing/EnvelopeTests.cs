using System.Text.Json;
using System.Text.Json.Nodes;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What is published when journals move: where to look, and nothing of what is there.</summary>
public sealed class EnvelopeTests(EventfulTown eventful) : IClassFixture<EventfulTown>
{
    private readonly EventTown town = eventful.Town;

    [Fact]
    public void Events_OfABody_TellOfEveryEntryOnceInOrder() => Assert.All(eventful.Bodies, body =>
    {
        var next = 0L;
        foreach (var data in town.Of(body).Select(told => told["data"]!))
        {
            Assert.Equal(next, (long)data["firstIndex"]!);
            Assert.InRange((long)data["lastIndex"]!, next, long.MaxValue);
            next = (long)data["lastIndex"]! + 1;
        }
        Assert.Equal(town.Hosted(body).Sequencer.CommittedSize, next);
    });

    [Fact]
    public void Event_IsACloudEventOfTheJournal() => Assert.All(eventful.Dapr.Published, told =>
    {
        var body = (string)told["subject"]!;
        var origin = $"{town.Federation.Id}/{body}/1";
        Assert.Contains(body, eventful.Bodies);
        Assert.Equal(
            ("1.0", origin, $"{origin}/{told["data"]!["lastIndex"]}", "fundingflows.journal.moved.v1", "application/json"),
            ((string)told["specversion"]!, (string)told["source"]!, (string)told["id"]!, (string)told["type"]!, (string)told["datacontenttype"]!));
        Assert.Equal(("pubsub", "journal"), ((string)told["pubsubname"]!, (string)told["topic"]!));
    });

    [Fact]
    public void Data_IsBodyEpochRangeAndCheckpointAlone() => Assert.All(eventful.Dapr.Published, told =>
    {
        var data = told["data"]!.AsObject();
        var hosted = town.Hosted((string)told["subject"]!);
        Assert.Equal(["body", "epoch", "firstIndex", "lastIndex", "checkpoint"], data.Select(property => property.Key));
        Assert.Equal((hosted.Id, 1), ((string)data["body"]!, (int)data["epoch"]!));
        var checkpoint = Journal.Checkpoint.Open((string)data["checkpoint"]!, Journal.VerifierKey.Of(hosted.Genesis.Origin, hosted.Key.PublicKey), out var problem);
        Assert.Equal("", problem);
        Assert.Equal(hosted.Sequencer.CommittedSize >= checkpoint!.Size, checkpoint.Size >= 1);
    });

    [Fact]
    public void Ids_OfEvents_AreTheirOwn() => Assert.Equal(eventful.Dapr.Published.Count, eventful.Dapr.Published.Select(told => (string)told["id"]!).Distinct().Count());

    [Theory]
    [InlineData(Town.PayeeName)]
    [InlineData("Zebedee")]
    [InlineData(Town.Narrative)]
    [InlineData(Town.PersonHandle)]
    [InlineData("A fund for tests.")]
    [InlineData("Place Fund")]
    [InlineData("place-fund")]
    [InlineData("Body ")]
    [InlineData("someone-")]
    [InlineData("123456")]
    [InlineData("Bearer")]
    public void Events_OfWhateverHappened_SayNothingOfIt(string words) =>
        Assert.DoesNotContain(eventful.Dapr.Published, told => WordsOf(told).Contains(words, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData(CentralInstance)]
    [InlineData(CouncilA)]
    public async Task Instance_ThatMayFundOthers_SubscribesToTheTopicOfJournalsAlone(string instance) =>
        Assert.Equal(new SubscriptionDouble("pubsub", "journal", "events/journal", "journal-dead", IsRaw: false), Assert.Single(await SubscriptionDouble.AskAsync(town.Federation.HttpOf(instance))));

    [Fact]
    public async Task Instance_OfForums_SubscribesToNothing() => Assert.Empty(await SubscriptionDouble.AskAsync(town.Federation.HttpOf(Forums)));

    [Fact]
    public async Task Instance_OfTheAuditor_SubscribesToDeadLettersToo() => Assert.Equal(
        [new SubscriptionDouble("pubsub", "journal", "events/journal", "journal-dead", IsRaw: false), new SubscriptionDouble("pubsub", "journal-dead", "events/dead-letters", null, IsRaw: true)],
        (await SubscriptionDouble.AskAsync(town.Federation.HttpOf(AuditInstance))).OrderBy(one => one.Topic, StringComparer.Ordinal));

    /// <summary>A sidecar would refuse what its components do not grant, and none is granted more than it asks for.</summary>
    [Fact]
    public async Task Instances_SubscribeToWhatTheComponentsGrantThem()
    {
        var component = new ComponentText(Topologies.SidecarFiles.PubSubOf(town.Federation.Topology, Topologies.SidecarFiles.UsualRedis));
        foreach (var instance in town.Federation.Topology.Instances.Where(instance => instance.Name != GatewayInstance))
        {
            var asked = (await SubscriptionDouble.AskAsync(town.Federation.HttpOf(instance.Name))).Select(one => one.Topic).Order();
            Assert.Equal(asked, new[] { JournalMoved.Topic, JournalMoved.DeadLetters }.Where(topic => component.MaySubscribe(instance.Name, topic)));
        }
    }

    [Fact]
    public async Task News_ReachesAuditorAndFundersByEventsAlone()
    {
        await eventful.Officers.PayAsync(Easington, Kind.Capital, 1_00);

        await town.AuditedAsync(Easington);
        await town.SeenByFunderAsync(Durham, Easington);
        await town.SeenByFunderAsync(Central, Durham);
        Assert.All(eventful.Dapr.Answers, answer => Assert.Equal(("/events/journal", System.Net.HttpStatusCode.OK, EventVerdict.Success), answer));
    }

    /// <summary>All that an event says, but for signatures and keys, in which any letters may stand.</summary>
    private static string WordsOf(JsonObject told)
    {
        var copy = JsonNode.Parse(told.ToJsonString())!.AsObject();
        copy["data"]!["checkpoint"] = ((string)copy["data"]!["checkpoint"]!).Split('\n')[0];
        copy.Remove("time");
        return copy.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
