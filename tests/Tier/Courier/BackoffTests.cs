using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A courier whose receiver is away asks less and less often, not in step with others, and never gives up.</summary>
public sealed class BackoffTests(BackoffTests.Setting setting) : IClassFixture<BackoffTests.Setting>
{
    /// <summary>Something is on its way to a receiver that is away.</summary>
    public sealed class Setting : IAsyncLifetime
    {
        internal Meddler Meddler { get; } = new();

        public TestFederation Federation { get; private set; } = null!;

        public string Award { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Federation = await TestFederation.StartAsync(options => options.Configure = (_, services) => Meddler.Join(services));
            await Federation.Officers.AgreeAsync(Central, Region);
            await Federation.Officers.OpenFundAsync();
            await Federation.Officers.IssueAsync(1_000_000_00);
            Award = await Federation.Officers.AwardAsync(Central, Region, Kind.Capital, 500_000_00);
        }

        public ValueTask DisposeAsync() => Federation.DisposeAsync();
    }

    private const int Attempts = 40;

    // Before anything of jitter: twice as long each time, up to two seconds.
    private static readonly IReadOnlyList<double> Plain = [.. new double[] { 50, 100, 200, 400, 800, 1_600 }.Concat(Enumerable.Repeat(2_000.0, Attempts - 6))];

    [Fact]
    public async Task Pauses_WhileTheReceiverIsAway_GrowToTheirCeilingWithJitterAndNeverEnd()
    {
        setting.Meddler.Between(Central, Region, _ => throw new RpcException(new Status(StatusCode.Unavailable, "away")));
        var transfer = await setting.Federation.Officers.ReleaseAsync(setting.Award, Kind.Capital, 10_00);
        var (time, another) = (new HurriedTime(), new HurriedTime());

        using var stopping = new CancellationTokenSource();
        var (courier, other) = (Make(time, seed: 1), Make(another, seed: 2));
        var running = courier.RunAsync(stopping.Token);
        var beside = other.RunAsync(stopping.Token);
        await Wait.UntilAsync(() => Math.Min(time.Set.Count, another.Set.Count) >= Attempts, "attempts without end");

        Assert.False(running.IsCompleted);
        Assert.Equal("UNAVAILABLE", courier.Problem);
        var pauses = PausesOf(time);
        Assert.All(Plain.Zip(pauses), pause => Assert.InRange(pause.Second, pause.First, pause.First * 1.5));
        // As much longer as chance says, which its seed decides: two do not come back at once, and the same one always comes at the same times.
        Assert.True(pauses.Zip(Plain).Select(pause => pause.First / pause.Second).Distinct().Count() > Attempts / 2);
        Assert.NotEqual(pauses, PausesOf(another));
        // Timers are set in whole milliseconds.
        var chance = new Random(1);
        Assert.Equal(Plain.Select(plain => plain * (1 + (chance.Next(500) / 1_000.0))), pauses, (expected, found) => Math.Abs(expected - found) < 1);

        // However long it was away: what waits arrives, and who delivered it has nothing more to do.
        setting.Meddler.Leave(Central, Region);
        await setting.Federation.Officers.SettledAsync(transfer);
        await Task.WhenAll(running, beside);
    }

    private static List<double> PausesOf(HurriedTime time) => [.. time.Set.Take(Attempts).Select(pause => pause.TotalMilliseconds)];

    /// <summary>A courier beside the instance's own, with a clock and a chance that a test knows.</summary>
    private CourierPair Make(HurriedTime time, int seed)
    {
        var services = setting.Federation.Instance(CentralInstance).Services;
        return new CourierPair(
            services.GetRequiredService<BodyHost>().Find(Central)!, Region, services.GetRequiredService<SignedAnswers>(), services.GetRequiredService<AddressBook>(),
            services.GetRequiredService<AskedPeers>(), services.GetRequiredService<AskingRound>(), time, new Random(seed), NullLogger.Instance)
        {
            HasAsked = true,
        };
    }
}
