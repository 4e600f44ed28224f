using System.Text;
using System.Text.Json.Nodes;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// What the services rely upon in any runtime, and what the double is held to by running the same tests: with the components that this project ships.
/// </summary>
public sealed class RuntimeTests
{
    private static readonly (string, string?, bool) Journal = (BareTown.Journal, BareTown.DeadLetters, false);
    private static readonly (string, string?, bool) DeadLetters = (BareTown.DeadLetters, null, true);

    public static TheoryData<Runtime> All => Runtimes.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Event_ThatIsPublished_ReachesEachSubscriberAsACloudEvent(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var listeners = new[] { await town.ListenerAsync(CouncilA, Journal), await town.ListenerAsync(AuditInstance, Journal) };
        await town.PublisherAsync(Forums);

        await town.PublishAsync(Forums, 1);

        foreach (var listener in listeners)
        {
            await Wait.UntilAsync(() => listener.Heard.Count > 0, "the event");
            var (_, type, heard) = Assert.Single(listener.Heard);
            Assert.StartsWith("application/cloudevents+json", type, StringComparison.Ordinal);
            Assert.Equal(
                ("event/1", "test/1", "test.v1", "somebody", "1.0", "application/json", "pubsub", "journal", 1),
                (Text(heard, "id"), Text(heard, "source"), Text(heard, "type"), Text(heard, "subject"), Text(heard, "specversion"), Text(heard, "datacontenttype"), Text(heard, "pubsubname"), Text(heard, "topic"), (int)heard["data"]!["number"]!));
        }
        Assert.Single(await town.Sidecars.GivenAsync(BareTown.Journal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Event_ThatIsNotTakenAtFirst_IsGivenUntilItIs(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var audit = await town.ListenerAsync(AuditInstance, Journal, DeadLetters);
        audit.Answer = (_, before, _) => Task.FromResult<(int, string?)>(before switch { 0 => (500, null), 1 => (200, "RETRY"), 2 => (503, null), _ => (200, "SUCCESS") });
        await town.PublisherAsync(Forums);

        await town.PublishAsync(Forums, 1);
        await Wait.UntilAsync(() => audit.Of(BareTown.Journal).Count == 4, "four attempts");

        audit.Answer = null;
        await town.PublishAsync(Forums, 2);
        await Wait.UntilAsync(() => Numbers(audit).Contains(2), "the next event");
        Assert.Equal([1, 1, 1, 1, 2], Numbers(audit));
        Assert.Empty(await town.Sidecars.GivenAsync(BareTown.DeadLetters));
    }

    /// <summary>One that is dropped, one that is never taken, and one that is no event: all of them are dead letters, for the auditor alone, and hold nobody up.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Event_ThatNobodyCanTake_IsADeadLetter(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var (council, audit) = (await town.ListenerAsync(CouncilA, Journal), await town.ListenerAsync(AuditInstance, DeadLetters));
        await town.PublisherAsync(Forums);

        council.Answer = (_, _, _) => Task.FromResult<(int, string?)>((200, "DROP"));
        await town.PublishAsync(Forums, 1);
        await Wait.UntilAsync(() => audit.Heard.Count == 1, "what was dropped");
        council.Answer = (_, _, _) => Task.FromResult<(int, string?)>((500, null));
        await town.PublishAsync(Forums, 2);
        await Wait.UntilAsync(() => audit.Heard.Count == 2, "what was never taken");
        council.Answer = null;
        await town.Sidecars.PutAsync(BareTown.Journal, "poison"u8.ToArray());
        await Wait.UntilAsync(() => audit.Heard.Count == 3, "what is no event");
        await town.PublishAsync(Forums, 3);
        await Wait.UntilAsync(() => Numbers(council).Contains(3), "the next event");

        Assert.Equal([1, 2, 3], Numbers(council).Distinct());
        // As many attempts as resiliency.yaml says.
        Assert.Equal((1, 11, 1), (Numbers(council).Count(one => one == 1), Numbers(council).Count(one => one == 2), Numbers(council).Count(one => one == 3)));
        var letters = audit.Of(BareTown.DeadLetters).Select(letter => Encoding.UTF8.GetString(Convert.FromBase64String(Text(letter, "data_base64")!))).ToList();
        Assert.Equal(("event/1", "event/2", "poison"), (Text((JsonObject)JsonNode.Parse(letters[0])!, "id"), Text((JsonObject)JsonNode.Parse(letters[1])!, "id"), letters[2]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task App_ThatMayNot_NeitherPublishesNorHears(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var (forums, audit) = (await town.ListenerAsync(Forums, Journal, DeadLetters), await town.ListenerAsync(AuditInstance, Journal, DeadLetters));
        await town.PublisherAsync(CentralInstance);

        foreach (var (app, topic) in new[] { (AuditInstance, BareTown.Journal), (Forums, BareTown.DeadLetters), (CentralInstance, "another") })
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => town.PublishAsync(app, 1, topic));
            Assert.Contains("not allowed", $"{refused}", StringComparison.Ordinal);
        }
        await town.PublishAsync(CentralInstance, 2);
        await town.PublishAsync(CentralInstance, 3, BareTown.DeadLetters);
        await Wait.UntilAsync(() => audit.Heard.Count == 2, "what may be published");

        Assert.Equal([2], Numbers(audit));
        Assert.Single(await town.Sidecars.GivenAsync(BareTown.Journal));
        Assert.Empty(forums.Heard);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sidecar_OfASubscriberThatDies_BringsWhatCameMeanwhileAndWhatItHadInHand(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var audit = await town.ListenerAsync(AuditInstance, Journal);
        await town.PublisherAsync(Forums);
        await town.PublishAsync(Forums, 1);
        await Wait.UntilAsync(() => Numbers(audit).Contains(1), "the first event");
        // Nobody else than the sidecar that dies waits for this answer.
        audit.Answer = async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (500, null);
        };
        await town.PublishAsync(Forums, 2);
        await Wait.UntilAsync(() => Numbers(audit).Contains(2), "the event in hand");

        await town.Sidecars.KillAsync(AuditInstance);
        audit.Answer = null;
        await town.PublishAsync(Forums, 3);
        var before = audit.Heard.Count;
        await town.Sidecars.StartAsync(AuditInstance);

        await Wait.UntilAsync(() => Numbers(audit).Skip(before).Distinct().Count() == 2, "what was in hand, and what came meanwhile");
        // What was taken is not given again.
        Assert.Equal([2, 3], Numbers(audit).Skip(before).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sidecar_OfAPublisherThatDies_PublishesAgainAtTheSamePlace(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var audit = await town.ListenerAsync(AuditInstance, Journal);
        await Assert.ThrowsAnyAsync<Exception>(() => town.PublishAsync(Forums, 1));
        await town.PublisherAsync(Forums);
        await town.PublishAsync(Forums, 2);
        await town.Sidecars.KillAsync(Forums);
        await Assert.ThrowsAnyAsync<Exception>(() => town.PublishAsync(Forums, 3));
        await town.Sidecars.StartAsync(Forums);
        await town.PublishAsync(Forums, 4);

        await Wait.UntilAsync(() => Numbers(audit).Count() == 2, "what was published");
        Assert.Equal([2, 4], Numbers(audit).Order());
    }

    /// <summary>Whatever comes first: publisher, subscriber, the sidecar of either.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Subscriber_ThatComesLast_HearsFromTheBeginning(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        // A sidecar can publish before its app is up.
        await town.Sidecars.StartAsync(Forums);
        await town.PublishAsync(Forums, 1);
        await town.Sidecars.StartAsync(AuditInstance);
        await town.PublishAsync(Forums, 2);

        var audit = await town.AppAsync(AuditInstance, Journal);

        await Wait.UntilAsync(() => Numbers(audit).Count() == 2, "all that was published");
        Assert.Equal([1, 2], Numbers(audit).Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Broker_ThatForgetsAll_GoesOnWithWhatComesNext(Runtime runtime)
    {
        await using var town = await BareTown.MakeAsync(runtime);
        var audit = await town.ListenerAsync(AuditInstance, Journal);
        await town.PublisherAsync(Forums);
        await town.PublishAsync(Forums, 1);
        await Wait.UntilAsync(() => Numbers(audit).Contains(1), "the first event");

        await town.Sidecars.EmptyAsync();
        await town.PublishAsync(Forums, 2);

        await Wait.UntilAsync(() => Numbers(audit).Contains(2), "the second event");
        Assert.Single(await town.Sidecars.GivenAsync(BareTown.Journal));
    }

    private static IEnumerable<int> Numbers(EventApp app) => app.Of(BareTown.Journal).Select(one => (int)one["data"]!["number"]!);

    private static string? Text(JsonObject envelope, string name) => (string?)envelope[name];
}
