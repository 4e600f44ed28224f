using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>Serves journals made by hand over real gRPC, as far as a test shows them. A body that shows nothing is unavailable.</summary>
internal sealed class MadeHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ShownJournals shown;

    private MadeHost(WebApplication app) => (this.app, shown) = (app, app.Services.GetRequiredService<ShownJournals>());

    public string Address => app.Addresses()[0];

    /// <summary>Whether streams end after every page, as those of a failing network do.</summary>
    public bool BreaksOff
    {
        set => shown.BreaksOff = value;
    }

    /// <summary>Whether streams give nothing more, though they stay open.</summary>
    public bool HoldsStreams
    {
        set => shown.HoldsStreams = value;
    }

    /// <summary>Whether a journal can be read in a later epoch, too.</summary>
    public bool HasLaterEpochs
    {
        set => shown.HasLaterEpochs = value;
    }

    public static async Task<MadeHost> StartAsync()
    {
        var builder = TestServer.Speaking(HttpProtocols.Http2);
        builder.Services.AddSingleton<ShownJournals>();
        var app = builder.Build();
        app.MapGrpcService<ShownJournals>();
        await app.StartAsync();
        return new MadeHost(app);
    }

    /// <summary>From now on the journal is shown as it is now, or its first entries only, with the checkpoint over them or another.</summary>
    /// <param name="says">The size that it says it has. Null: what it shows.</param>
    public void Show(MadeJournal journal, int? size = null, string? note = null, int? says = null)
    {
        ByteString[] entries = [.. journal.Entries.Take(size ?? journal.Size).Select(ByteString.CopyFrom)];
        shown.Show(journal.Body, new Shown(entries, note ?? journal.Note(entries.Length), (ulong)(says ?? entries.Length)));
    }

    /// <summary>How often a call was made about a body.</summary>
    public int Calls(string method, string body) => shown.Calls.GetValueOrDefault((method, body));

    public ValueTask DisposeAsync() => app.EndAsync();
}

/// <summary>What is shown of a journal.</summary>
internal sealed record Shown(IReadOnlyList<ByteString> Entries, string Note, ulong Size);

internal sealed class ShownJournals : JournalService.JournalServiceBase
{
    private const int PageSize = 50;
    private readonly ConcurrentDictionary<string, Shown> journals = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<(string Method, string Body), int> Calls { get; } = new();

    public bool BreaksOff { get; set; }

    public bool HoldsStreams { get; set; }

    public bool HasLaterEpochs { get; set; }

    public void Show(string body, Shown shown)
    {
        journals[body] = shown;
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public override async Task FollowJournal(FollowJournalRequest request, IServerStreamWriter<FollowJournalResponse> responseStream, ServerCallContext context)
    {
        Count(nameof(FollowJournal), request.Body);
        for (var next = (int)request.FromIndex; ;)
        {
            var more = Volatile.Read(ref changed).Task;
            if (HoldsStreams)
            {
                await more.WaitAsync(context.CancellationToken);
                continue;
            }
            var journal = Of(request.Body);
            var page = PageOf(journal, next);
            await responseStream.WriteAsync(new FollowJournalResponse { Page = page }, context.CancellationToken);
            if (BreaksOff)
                throw new RpcException(new Status(StatusCode.Unavailable, "broken off"));
            next += page.Entries.Count;
            if (next >= journal.Entries.Count)
                await more.WaitAsync(context.CancellationToken);
        }
    }

    public override Task<ReadJournalResponse> ReadJournal(ReadJournalRequest request, ServerCallContext context)
    {
        Count(nameof(ReadJournal), request.Body);
        var journal = Of(request.Body);
        if (request.Epoch > 1 && !HasLaterEpochs)
            throw new RpcException(new Status(StatusCode.NotFound, "no such epoch"));
        return Task.FromResult(new ReadJournalResponse { Page = PageOf(journal, (int)request.FromIndex), Size = journal.Size });
    }

    public override Task<GetEntryResponse> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        Count(nameof(GetEntry), request.Body);
        return Task.FromResult(new GetEntryResponse { Entry = Entry.Parser.ParseFrom(Of(request.Body).Entries[(int)request.Index]) });
    }

    private static JournalPage PageOf(Shown journal, int from) =>
        new() { Epoch = 1, FirstIndex = (ulong)from, Entries = { journal.Entries.Skip(from).Take(PageSize) }, Checkpoint = journal.Note };

    private Shown Of(string body) =>
        journals.TryGetValue(body, out var shown) ? shown : throw new RpcException(new Status(StatusCode.Unavailable, "nothing is shown"));

    private void Count(string method, string body) => Calls.AddOrUpdate((method, body), 1, (_, before) => before + 1);
}
