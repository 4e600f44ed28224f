using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Audit.Tests;

/// <summary>Serves forged journals where bodies are looked for.</summary>
internal sealed class ForgedHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ForgedHost(WebApplication app) => this.app = app;

    /// <summary>The gRPC address.</summary>
    public string Address => Addresses.First();

    /// <summary>Where tiles of hashes are served.</summary>
    public string Http => Addresses.Last();

    private ICollection<string> Addresses => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    public static async Task<ForgedHost> StartAsync(params IEnumerable<ForgedJournal> journals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new ForgedJournals(new ConcurrentDictionary<string, ForgedJournal>(journals.ToDictionary(journal => journal.Body))));
        var app = builder.Build();
        app.MapGrpcService<ForgedJournals>();
        app.MapGet("/journals/{body}/1/tile/{**tile}", (string body, string tile, ForgedJournals all) =>
            TilePath.TryParse(tile, out var path) && all.Tile(body, path) is { } bytes ? Results.Bytes(bytes) : Results.NotFound());
        await app.StartAsync();
        return new ForgedHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        // Followers hold their streams open; nobody waits for them.
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private sealed class ForgedJournals(ConcurrentDictionary<string, ForgedJournal> journals) : JournalService.JournalServiceBase
    {
        private const int PageSize = 50;

        public override async Task FollowJournal(
            FollowJournalRequest request, IServerStreamWriter<FollowJournalResponse> responseStream, ServerCallContext context)
        {
            var journal = Of(request.Body);
            for (var next = (long)request.FromIndex; ;)
            {
                var changed = journal.Changed;
                var page = PageOf(journal, next, PageSize);
                await responseStream.WriteAsync(new FollowJournalResponse { Page = page }, context.CancellationToken);
                next += page.Entries.Count;
                if (next >= journal.Shown)
                    await changed.WaitAsync(context.CancellationToken);
            }
        }

        public override Task<ReadJournalResponse> ReadJournal(ReadJournalRequest request, ServerCallContext context)
        {
            var journal = Of(request.Body);
            return Task.FromResult(new ReadJournalResponse { Page = PageOf(journal, (long)request.FromIndex, PageSize), Size = (ulong)journal.Shown });
        }

        public override Task<GetEntryResponse> GetEntry(GetEntryRequest request, ServerCallContext context)
        {
            var journal = Of(request.Body);
            return Task.FromResult(new GetEntryResponse { Entry = journal.EntryAt((long)request.Index), Encoded = ByteString.CopyFrom(journal[(long)request.Index]) });
        }

        public byte[]? Tile(string body, TilePath path) => Of(body).Tile(path);

        private ForgedJournal Of(string body) =>
            !journals.TryGetValue(body, out var journal) ? throw new RpcException(new Status(StatusCode.NotFound, body))
            : journal.IsDown ? throw new RpcException(new Status(StatusCode.Unavailable, body))
            : journal;

        private static JournalPage PageOf(ForgedJournal journal, long from, int most)
        {
            var shown = journal.Shown;
            var page = new JournalPage { Epoch = journal.Genesis.Epoch, FirstIndex = (ulong)from, Checkpoint = journal.Checkpoint(shown) };
            for (var i = from; i < shown && page.Entries.Count < most; i++)
                page.Entries.Add(ByteString.CopyFrom(journal[i]));
            return page;
        }
    }
}
