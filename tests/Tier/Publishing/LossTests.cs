using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever becomes of events on their way, and whoever makes some up: the journals alone say what happened.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task Events_AllLost_AreMadeUpForByLookingAnyway()
    {
        var sidecars = await DoubleSidecars.MakeAsync(Town.Topology);
        sidecars.Dapr.Deliveries = _ => 0;
        await using var town = await EventTown.StartAsync(sidecars, options => options.Settings["FundingFlows:Events:LookAnyway"] = "00:00:00.100");
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());

        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
        await town.SeenByFunderAsync(Central, Durham);
        Assert.Empty(town.Dapr.Answers);
    }

    [Fact]
    public async Task Events_EachSeveralTimes_AreAsEachOnce()
    {
        var sidecars = await DoubleSidecars.MakeAsync(Town.Topology);
        sidecars.Dapr.Deliveries = _ => 3;
        await using var town = await EventTown.StartAsync(sidecars);
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        await town.Officers.IssueAsync(1_000_00);

        var books = await town.Officers.AuditedAsync();

        Assert.Equal((1_000_00L, true), (books.IssuedPence, books.Reconciled));
        Assert.All(town.Dapr.Answers, answer => Assert.Equal(EventVerdict.Success, answer.Verdict));
    }

    [Fact]
    public async Task Events_InAnyOrderAndLate_LeadToTheSame()
    {
        await using var town = await EventTown.StartAsync();
        await town.AuditedAsync(Durham);
        town.Dapr.Deliveries = _ => 0;
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        await town.Officers.IssueAsync(1_000_00);
        await town.ToldAsync(Central);
        await town.ToldAsync(Durham);

        foreach (var late in town.Dapr.Published.Reverse().Concat(town.Dapr.Published).ToList())
            await town.Dapr.DeliverAsync(EventTown.PubSub, JournalMoved.Topic, late);

        var books = await town.Officers.AuditedAsync();
        Assert.Equal((1_000_00L, true), (books.IssuedPence, books.Reconciled));
    }

    /// <summary>The newest comes first, to each who listens, when all have been told; what is older comes after it.</summary>
    [Fact]
    public async Task Events_ThatTheBrokerHoldsBack_LeadToTheSameInReverse()
    {
        await using var town = await EventTown.StartAsync();
        foreach (var body in town.Federation.Topology.Bodies)
            await town.AuditedAsync(body.Id);
        var (held, before, taken) = (new ConcurrentStack<TaskCompletionSource>(), town.Dapr.Published.Count, town.Dapr.Answers.Count);
        town.Dapr.Delay = _ =>
        {
            var one = new TaskCompletionSource();
            held.Push(one);
            return one.Task;
        };
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        await town.Officers.IssueAsync(1_000_00);
        await town.ToldAsync(Central);
        await town.ToldAsync(Durham);
        await Wait.UntilAsync(() => held.Count >= 3 * (town.Dapr.Published.Count - before), "all news on its way to the three that listen");
        Assert.Equal(taken, town.Dapr.Answers.Count);

        town.Dapr.Delay = null;
        while (held.TryPop(out var newest))
            newest.SetResult();

        var books = await town.Officers.AuditedAsync();
        Assert.Equal((1_000_00L, true), (books.IssuedPence, books.Reconciled));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Events_WithEveryFaultAtOnce_LeadToTheSame(int seed)
    {
        var (sidecars, chance, gate) = (await DoubleSidecars.MakeAsync(Town.Topology), new Random(seed), new Lock());
        sidecars.Dapr.Deliveries = _ => Drawn(4);
        sidecars.Dapr.Delay = _ => Task.Delay(TimeSpan.FromMilliseconds(Drawn(50)), TimeProvider.System);
        sidecars.Dapr.Instead = _ => Drawn(4) == 0 ? "poison"u8.ToArray() : null;
        await using var town = await EventTown.StartAsync(sidecars, options => options.Settings["FundingFlows:Events:LookAnyway"] = "00:00:00.500");
        await Task.WhenAll(town.Officers.AgreeAsync(Central, Durham), town.Officers.OpenFundAsync());
        for (var i = 0; i < 20; i++)
            await town.Officers.IssueAsync(1_00);

        var books = await town.Officers.AuditedAsync();

        Assert.Equal((20_00L, true), (books.IssuedPence, books.Reconciled));
        await town.SeenByFunderAsync(Central, Durham);

        int Drawn(int below)
        {
            lock (gate)
                return chance.Next(below);
        }
    }

    [Fact]
    public async Task Events_MadeUp_ChangeNothing()
    {
        await using var town = await EventTown.StartAsync();
        foreach (var body in town.Federation.Topology.Bodies)
            await town.AuditedAsync(body.Id);
        var before = await CoverageAsync(town);
        using var another = new MadeJournal(Durham, Tier.Council);
        var note = new Journal.Checkpoint(town.Hosted(Durham).Genesis.Origin, 1_000, new byte[32]).Sign(Journal.VerifierKey.Of(town.Hosted(Durham).Genesis.Origin, another.Key.PublicKey), another.Key);
        foreach (var data in new[]
        {
            Data(Durham, 1, 0, 999, note),
            Data(Durham, 7, 1_000_000, long.MaxValue, ""),
            Data(Durham, 1, -5, -9, "no checkpoint"),
            Data("nobody", 1, 0, 9, note),
            Data("", 0, 0, 0, ""),
            new JsonObject { ["body"] = Durham },
        })
            await town.Dapr.DeliverAsync(EventTown.PubSub, JournalMoved.Topic, new JsonObject { ["source"] = "somebody", ["type"] = JournalMoved.Type, ["data"] = data });

        Assert.All(town.Dapr.Answers.TakeLast(6), answer => Assert.Equal(EventVerdict.Success, answer.Verdict));
        Assert.Equal(before, await CoverageAsync(town));
        await town.Officers.AgreeAsync(Durham, Easington);
        await town.AuditedAsync(Durham);
        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
    }

    private static async Task<string> CoverageAsync(EventTown town) => (await town.Officers.Audit.GetCoverageAsync(new Contracts.Audit.V1.GetCoverageRequest())).ToString();

    private static JsonObject Data(string body, long epoch, long first, long last, string checkpoint) =>
        new() { ["body"] = body, ["epoch"] = epoch, ["firstIndex"] = first, ["lastIndex"] = last, ["checkpoint"] = checkpoint };
}
