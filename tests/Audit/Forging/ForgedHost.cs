using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Audit.Tests;

/// <summary>Serves forged journals where bodies are looked for.</summary>
internal sealed class ForgedHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ForgedHost(WebApplication app) => this.app = app;

    /// <summary>The gRPC address.</summary>
    public string Address => Addresses[0];

    /// <summary>Where tiles of hashes are served.</summary>
    public string Http => Addresses[1];

    private string[] Addresses => app.Addresses();

    public static async Task<ForgedHost> StartAsync(params IEnumerable<ForgedJournal> journals)
    {
        var builder = TestServer.Speaking(HttpProtocols.Http2, HttpProtocols.Http1);
        builder.Services.AddSingleton(new ForgedJournals(new ConcurrentDictionary<string, ForgedJournal>(journals.ToDictionary(journal => journal.Body))));
        var app = builder.Build();
        app.MapGrpcService<ForgedJournals>();
        app.MapGet("/journals/{body}/1/tile/{**tile}", (string body, string tile, ForgedJournals all) =>
            TilePath.TryParse(tile, out var path) && all.Tile(body, path) is { } bytes ? Results.Bytes(bytes) : Results.NotFound());
        await app.StartAsync();
        return new ForgedHost(app);
    }

    public ValueTask DisposeAsync() => app.EndAsync();

    private sealed class ForgedJournals(ConcurrentDictionary<string, ForgedJournal> journals) : JournalService.JournalServiceBase
    {
        private const int PageSize = 50;

        public override async Task FollowJournal(
            FollowJournalRequest request, IServerStreamWriter<FollowJournalResponse> responseStream, ServerCallContext context)
        {
            var journal = Of(request.Body);
            journal.AskedFrom.Enqueue((long)request.FromIndex);
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
            journal.AskedFrom.Enqueue((long)request.FromIndex);
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
