using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Changes what an auditor says of a body: what it has seen, or a page of what it kept.</summary>
internal delegate void Lie(TestFederation federation, TellSeenResponse? seen, ReadKeptResponse? kept);

/// <summary>Stands before the real auditor, hands on what it says, page by page as a test wants it, and lies where it should.</summary>
internal sealed class RelayedAuditor : AuditService.AuditServiceBase, IAsyncDisposable
{
    private readonly WebApplication app;
    private TestFederation federation = null!;

    private RelayedAuditor()
    {
        var builder = TestServer.Speaking(HttpProtocols.Http2);
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.MapGrpcService<RelayedAuditor>();
    }

    /// <summary>Each is found out, and says nothing that the body would believe.</summary>
    public static IReadOnlyDictionary<string, Lie> Lies { get; } = new Dictionary<string, Lie>
    {
        ["an altered entry"] = (_, _, kept) =>
        {
            if (kept is not null)
                kept.Page.Entries[^1] = ByteString.CopyFrom([.. kept.Page.Entries[^1].SkipLast(1), (byte)(kept.Page.Entries[^1][^1] ^ 1)]);
        },
        ["entries in another order"] = (_, _, kept) =>
        {
            if (kept is not null)
                (kept.Page.Entries[0], kept.Page.Entries[1]) = (kept.Page.Entries[1], kept.Page.Entries[0]);
        },
        ["a page of another place"] = (_, _, kept) =>
        {
            if (kept is not null)
                kept.Page.FirstIndex++;
        },
        ["a page without entries"] = (_, _, kept) => kept?.Page.Entries.Clear(),
        ["another epoch"] = (_, _, kept) =>
        {
            if (kept is not null)
                kept.Page.Epoch = 2;
        },
        ["the checkpoint of another body"] = (federation, _, kept) =>
        {
            if (kept is not null)
                kept.Page.Checkpoint = Note(federation, Central, 1_000);
        },
        ["no proof of what stood before"] = (_, _, kept) => kept?.ProofBefore.Clear(),
        ["another root before, not proved"] = (_, _, kept) =>
        {
            if (kept is not null)
                kept.RootBefore = ByteString.CopyFrom(new byte[32]);
        },
        ["a larger size that the body never signed"] = (federation, seen, _) =>
        {
            if (seen is not null)
                seen.Bodies[0].Journals[0].Checkpoint = Note(federation, Central, 1_000).Replace($"/{Central}/", $"/{Region}/", StringComparison.Ordinal);
        },
    };

    public Lie Lie { get; set; } = (_, _, _) => { };

    /// <summary>The most entries of a page.</summary>
    public int Most { get; set; } = 1_000;

    /// <summary>How many pages it hands on before it answers no more.</summary>
    public int PagesLeft { get; set; } = int.MaxValue;

    public string Address => app.Addresses()[0];

    public static async Task<RelayedAuditor> StartAsync()
    {
        var relay = new RelayedAuditor();
        await relay.app.StartAsync();
        return relay;
    }

    public void To(TestFederation behind) => federation = behind;

    public override async Task<TellSeenResponse> TellSeen(TellSeenRequest request, ServerCallContext context)
    {
        var seen = await federation.Officers.Audit.TellSeenAsync(request);
        Lie(federation, seen, null);
        return seen;
    }

    public override async Task<ReadKeptResponse> ReadKept(ReadKeptRequest request, ServerCallContext context)
    {
        if (PagesLeft-- <= 0)
            throw new RpcException(new Status(StatusCode.Unavailable, "The line is cut."));
        request.PageSize = Math.Min(Most, request.PageSize);
        var kept = await federation.Officers.Audit.ReadKeptAsync(request);
        Lie(federation, null, kept);
        return kept;
    }

    public ValueTask DisposeAsync() => app.EndAsync();

    private static string Note(TestFederation federation, string body, long size)
    {
        using var voice = new PeerVoice(federation, body);
        var origin = Names.Origin(federation.Id, body, 1);
        return new Checkpoint(origin, size, MerkleHash.Leaf([1])).Sign(VerifierKey.Of(origin, voice.Key.PublicKey), voice.Key);
    }
}
