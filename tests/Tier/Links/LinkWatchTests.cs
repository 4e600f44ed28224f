using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Who asks what is on its way costs the body nothing, and whatever goes wrong with looking at it ends nothing else.</summary>
public sealed class LinkWatchTests
{
    [Fact]
    public async Task Links_OfABodyWhoseDiskIsSlow_AreToldFromTheLastLook()
    {
        var (store, appending, durable) = (new FaultyStore(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var federation = await StartAsync((instance, services) =>
        {
            if (instance == RegionInstance)
                store.Join(services);
        });
        await StickAsync(federation);
        var seen = await Wait.UntilAsync(() => LinksAsync(federation), links => links.Count == 1, "what is on its way");
        store.Appending = _ =>
        {
            appending.TrySetResult();
            return durable.Task;
        };
        var command = ProposeAsync(federation, Durham);
        await appending.Task;
        var reading = Client(federation).GetBodyAsync(new GetBodyRequest { Body = Region }).ResponseAsync;
        try
        {
            // As often as a stranger likes, while nothing is read from the body itself.
            for (var i = 0; i < 200; i++)
                Assert.Equal(seen[0].OldestAt, (await LinksAsync(federation))[0].OldestAt);
            Assert.Equal((false, false), (command.IsCompleted, reading.IsCompleted));
        }
        finally
        {
            durable.SetResult();
        }
        await command;
        await reading;
    }

    [Fact]
    public async Task Look_ThatFailsForWhateverReason_IsLoggedAndTheNextOneIsTaken()
    {
        var log = new FailingLog();
        await using var federation = await StartAsync((instance, services) =>
        {
            if (instance == RegionInstance)
                services.AddSingleton<ILogger<LinkWatch>>(log);
        });
        await StickAsync(federation);

        await Wait.UntilAsync(() => log.Failed > 0, "the failure");
        await Wait.UntilAsync(() => log.Said.Any(line => line.Contains("could not be looked at; it is tried again", StringComparison.Ordinal)), "a line about it");
        await federation.StartAsync(CouncilB);
        await Wait.UntilAsync(() => LinksAsync(federation), links => links.Count == 0, "a later look");

        Assert.False(federation.Instance(RegionInstance).Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    private static Task<TestFederation> StartAsync(Action<string, IServiceCollection> configure) => TestFederation.StartAsync(options =>
    {
        options.WithAudit = false;
        options.Settings["FundingFlows:Courier:AlarmAfter"] = "00:00:00.400";
        options.Configure = configure;
    });

    /// <summary>Has the region send something to who is away.</summary>
    private static async Task StickAsync(TestFederation federation)
    {
        await federation.StopAsync(CouncilB);
        await ProposeAsync(federation, Hartlepool);
    }

    private static async Task ProposeAsync(TestFederation federation, string recipient) => await new AgreementService.AgreementServiceClient(federation.ToBody(Region)).ProposeAgreementAsync(
        new ProposeAgreementRequest { Body = Region, CommandId = Officers.NewId(), Recipient = recipient }, federation.Officers.At(Region));

    private static LedgerService.LedgerServiceClient Client(TestFederation federation) => new(federation.ToBody(Region));

    private static async Task<IReadOnlyList<Link>> LinksAsync(TestFederation federation) =>
        (await new LinkService.LinkServiceClient(federation.ToBody(Region)).ListLinksAsync(new ListLinksRequest { Body = Region })).Links;

    /// <summary>Fails when it is told that a pair is stuck.</summary>
    private sealed class FailingLog : ILogger<LinkWatch>
    {
        private const int Stuck = 4007;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> said = new();
        private int failed;

        public IReadOnlyCollection<string> Said => said;

        public int Failed => Volatile.Read(ref failed);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Stuck && Interlocked.Increment(ref failed) > 0)
                throw new InvalidCastException("A log that fails.");
            said.Enqueue(formatter(state, exception));
        }
    }
}
