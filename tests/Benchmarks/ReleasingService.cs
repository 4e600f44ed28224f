using System.Diagnostics;
using FundingFlows.Tiers;
using FundingFlows.Topologies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FundingFlows.Benchmarks;

/// <summary>
/// A real service of central government, asked over gRPC on loopback to release money. All other instances have ended, so what is measured is
/// the sender alone: nobody takes the money in, and nobody follows the journal.
/// </summary>
internal sealed class ReleasingService : IAsyncDisposable
{
    private const long Pence = 2_000_000_000_00;
    private const int InAMessage = 1_000;
    private const int Window = 4;
    private readonly TestFederation federation;
    private readonly TransferService.TransferServiceClient client;
    private readonly string award;
    private readonly Metadata headers;
    private readonly string name;
    private readonly string key;

    private ReleasingService(TestFederation federation, string award, string name, string key)
    {
        (this.federation, this.award, this.name, this.key) = (federation, award, name, key);
        client = new(federation.ToBody(TestTopology.Central));
        headers = federation.Officers.At(TestTopology.Central);
    }

    /// <param name="name">What the store is called.</param>
    /// <param name="key">The same in the JSON.</param>
    /// <param name="store">Makes the store. Null: the services' own.</param>
    public static async Task<ReleasingService> StartAsync(string name, string key, Func<IJournalStore>? store = null)
    {
        var federation = await TestFederation.StartAsync(options =>
        {
            (options.Topology, options.WithAudit) = (TwoBodies(), false);
            options.Settings["FundingFlows:CheckpointInterval"] = "00:00:01";
            options.Configure = (instance, services) =>
            {
                if (store is not null && instance == TestTopology.CentralInstance)
                    services.Replace(ServiceDescriptor.Singleton(_ => store()));
            };
        });
        var officers = federation.Officers;
        await officers.OpenFundAsync();
        await officers.IssueAsync(Pence);
        await officers.AgreeAsync(TestTopology.Central, TestTopology.Durham);
        var award = await officers.AwardAsync(TestTopology.Central, TestTopology.Durham, Kind.Capital, Pence / 2);
        await federation.StopAsync(TestTopology.CouncilA);
        await federation.StopAsync(TestTopology.RegionInstance);
        return new ReleasingService(federation, award, name, key);
    }

    public Measure[] Measures() =>
    [
        new($"{key}_unary1_per_second", $"{name}, unary, 1 in flight, transfers a second", length => UnaryAsync(1, length)) { CostKey = $"{key}_unary1" },
        new($"{key}_unary64_per_second", $"{name}, unary, 64 in flight, transfers a second", length => UnaryAsync(64, length)) { CostKey = $"{key}_unary64" },
        new($"{key}_streamed_per_second", $"{name}, streamed, 1,000 in a message, transfers a second", StreamedAsync)
        {
            CostKey = $"{key}_streamed",
            Says = "A real service over gRPC on loopback, its client in the same process and on the same processors: token and role checked, all rules of a release, idempotent command ids, "
                + "money drawn from lots, protobuf, SHA-256 of entries and requests, Merkle root, durable before the answer. Nothing is delivered to the receiver, who is away, and nobody follows the journal.",
        },
    ];

    /// <summary>Ends the service, and answers with the measure of how fast its journal is read again.</summary>
    public async Task<Measure> ToReplayAsync()
    {
        var body = federation.Instance(TestTopology.CentralInstance).Services.GetRequiredService<BodyHost>().Find(TestTopology.Central)!;
        var genesis = body.Genesis;
        await federation.StopAsync(TestTopology.CentralInstance);
        var path = Directory.GetFiles(federation.Folder, "journals.db", SearchOption.AllDirectories).Single(path => path.Contains(TestTopology.CentralInstance, StringComparison.Ordinal));
        return new("replay_entries_per_second", "Replay, fully verified, entries a second", _ => ReplayMeasure.OfAsync(path, genesis))
        {
            Says = "The journal that the SQLite measures wrote, opened as at a start: read from the store, each row's sum compared, parsed, hashed into the Merkle tree, applied to the books, and the root compared.",
        };
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    /// <summary>Central government and one council.</summary>
    private static Topology TwoBodies()
    {
        var all = TestTopology.Make();
        string[] bodies = [TestTopology.Central, TestTopology.Region, TestTopology.Durham];
        return all with
        {
            Bodies = [.. all.Bodies.Where(body => bodies.Contains(body.Id))],
            Instances = [.. all.Instances.Where(instance => instance.Name is not (TestTopology.CouncilB or TestTopology.Forums))],
        };
    }

    private async Task<Done> UnaryAsync(int inFlight, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var done = 0L;
            for (; Stopwatch.GetElapsedTime(start) < length; done++)
                await client.ReleaseFundsAsync(Release(), headers);
            return done;
        })));
        return new Done(counts.Sum(), Stopwatch.GetElapsedTime(start));
    }

    private async Task<Done> StreamedAsync(TimeSpan length)
    {
        using var call = client.ReleaseFundsStream(headers);
        using var window = new SemaphoreSlim(Window * 2);
        var start = Stopwatch.GetTimestamp();
        var reading = Task.Run(async () =>
        {
            var done = 0L;
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                foreach (var reply in call.ResponseStream.Current.Replies)
                    done += reply.Recorded is not null ? 1 : throw new InvalidOperationException(reply.Refused.Message);
                window.Release();
            }
            return done;
        });
        while (Stopwatch.GetElapsedTime(start) < length && !reading.IsCompleted)
        {
            await window.WaitAsync();
            var message = new ReleaseFundsStreamRequest();
            for (var i = 0; i < InAMessage; i++)
                message.Releases.Add(Release());
            await call.RequestStream.WriteAsync(message);
        }
        await call.RequestStream.CompleteAsync();
        return new Done(await reading, Stopwatch.GetElapsedTime(start));
    }

    private ReleaseFundsRequest Release() => new()
    {
        Body = TestTopology.Central,
        CommandId = Officers.NewId(),
        Award = award,
        FinancialYear = Officers.Year,
        Kind = Kind.Capital,
        AmountPence = 1,
    };
}
