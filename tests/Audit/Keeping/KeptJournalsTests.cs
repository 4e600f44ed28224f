using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor tells of journals that it has verified, and hands back of them.</summary>
public sealed class KeptJournalsTests(PlayedStory story)
{
    [Fact]
    public async Task Seen_OfSeveralBodies_IsTheirNewestCheckpointInTheOrderOfTheQuestion()
    {
        var told = (await story.Officers.Audit.TellSeenAsync(new TellSeenRequest { Bodies = { Easington, Central, "nobody" } })).Bodies;

        Assert.Equal([Easington, Central, "nobody"], told.Select(body => body.Body));
        foreach (var body in told.Take(2))
        {
            var (key, size) = await JournalOfAsync(body.Body);
            var note = Assert.Single(body.Journals);
            Assert.Equal((1u, size), (note.Epoch, Checkpoint.Open(note.Checkpoint, key, out _)!.Size));
        }
        Assert.Empty(told[2].Journals);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 7)]
    [InlineData(5, 4)]
    [InlineData(8, 1_000)]
    public async Task Page_OfAJournal_IsProvedToBePartOfWhatTheBodySigned(int from, int most)
    {
        var (key, size) = await JournalOfAsync(Easington);
        var all = await EntriesAsync(Easington);

        var kept = await story.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = Easington, FromIndex = (ulong)from, PageSize = most });

        Assert.Equal(all.Skip(from).Take(most), kept.Page.Entries);
        Assert.Equal((1u, (ulong)from), (kept.Page.Epoch, kept.Page.FirstIndex));
        var signed = Checkpoint.Open(kept.Page.Checkpoint, key, out _)!;
        Assert.Equal(size, signed.Size);
        var tree = new MerkleTree();
        foreach (var entry in all)
            tree.AppendEntry(entry.Span);
        var end = from + kept.Page.Entries.Count;
        Assert.Equal(from == 0 ? [] : tree.Root(from), kept.RootBefore);
        Assert.Equal(from > 0, ConsistencyProofs.Hold(from, size, [.. kept.ProofBefore.Select(hash => hash.ToByteArray())], kept.RootBefore.Span, signed.Root));
        Assert.True(ConsistencyProofs.Hold(end, size, [.. kept.ProofAfter.Select(hash => hash.ToByteArray())], tree.Root(end), signed.Root));
    }

    [Fact]
    public async Task Page_BehindTheEnd_IsMissing_AndAtTheEnd_IsEmpty()
    {
        var (_, size) = await JournalOfAsync(Easington);

        Assert.Empty((await ReadAsync(Easington, size)).Page.Entries);
        foreach (var (body, from) in new[] { (Easington, size + 1), ("nobody", 0L) })
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await ReadAsync(body, from))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await ReadAsync(Easington, 0, epoch: 2))).StatusCode);
    }

    [Fact]
    public async Task Question_ForNobodyForTooManyOrForWhatIsNoBody_IsMalformed()
    {
        foreach (var bodies in new[] { [], ["no body"], Enumerable.Repeat(Easington, 1_001) })
            Assert.Equal(
                StatusCode.InvalidArgument,
                (await Assert.ThrowsAsync<RpcException>(async () => await story.Officers.Audit.TellSeenAsync(new TellSeenRequest { Bodies = { bodies } }))).StatusCode);
    }

    /// <summary>The bodies are down: only what the auditor remembers can be told.</summary>
    [Fact]
    public async Task Seen_AfterARestartWithoutTheBodies_IsWhatWasVerifiedBefore()
    {
        await using var federation = await TestFederation.StartAsync();
        await federation.Officers.OpenFundAsync();
        await federation.Officers.AuditedAsync();
        var before = await federation.Officers.Audit.TellSeenAsync(new TellSeenRequest { Bodies = { Central, Durham } });
        var kept = await federation.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = Central });
        foreach (var instance in new[] { CentralInstance, RegionInstance, CouncilA, CouncilB, Forums, AuditInstance })
            await federation.StopAsync(instance);

        await federation.StartAsync(AuditInstance);

        var after = await Wait.UntilAsync(
            async () => await federation.Officers.Audit.TellSeenAsync(new TellSeenRequest { Bodies = { Central, Durham } }), told => told.Bodies.Count == 2, "both being told of");
        Assert.Equal(before, after);
        Assert.Equal(2, after.Bodies.Sum(body => body.Journals.Count));
        Assert.Equal(kept, await federation.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = Central }));
    }

    private async Task<ReadKeptResponse> ReadAsync(string body, long from, uint epoch = 0) =>
        await story.Officers.Audit.ReadKeptAsync(new ReadKeptRequest { Body = body, Epoch = epoch, FromIndex = (ulong)from });

    private async Task<(VerifierKey Key, long Size)> JournalOfAsync(string body)
    {
        var genesis = (await story.EntryAsync($"{body}.1.0")).Entry.Fact.Genesis;
        return (VerifierKey.Of(genesis.Origin, genesis.PublicKey.ToByteArray()), (await EntriesAsync(body)).Count);
    }

    private async Task<IReadOnlyList<ByteString>> EntriesAsync(string body) =>
        (await new JournalService.JournalServiceClient(story.Federation.ToBody(body)).ReadJournalAsync(new ReadJournalRequest { Body = body, PageSize = 1_000 })).Page.Entries;
}
