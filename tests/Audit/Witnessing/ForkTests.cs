using System.Net;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>A body that tells two histories is caught by the first that looks, with evidence that anyone can check; the others go on.</summary>
public sealed class ForkTests : IAsyncLifetime
{
    private readonly ForgedFederation federation = new();
    private Auditing auditing = null!;
    private Submitting submitting = null!;

    public async ValueTask InitializeAsync()
    {
        federation.PlayFourTiers();
        auditing = await Auditing.StartAsync(federation);
        submitting = new Submitting(auditing);
        await auditing.ReconciledAsync();
    }

    public ValueTask DisposeAsync()
    {
        submitting.Dispose();
        return auditing.DisposeAsync();
    }

    private ForgedJournal Liar => federation[Forum];

    [Fact]
    public async Task TwoRootsOfOneSize_AreCaughtByTheWitness()
    {
        var size = Liar.Size;
        await submitting.KnownAsync(Liar, 0, size);
        var other = Other(size);

        var reply = await submitting.SendAsync(size, [], other);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Contains($"two different roots of {size} entries", (await CaughtAsync()).Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoRootsOfOneSize_AreCaught_WhateverTheOldSize()
    {
        var size = Liar.Size;
        await submitting.KnownAsync(Liar, 0, size);

        Assert.Equal(HttpStatusCode.Conflict, (await submitting.SendAsync(0, [], Other(size))).Status);

        await CaughtAsync();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public async Task AnotherHistory_ThatIsLonger_IsCaughtByItsOwnHashes(long before)
    {
        // Those who follow it are told nothing, so that the witness alone looks. Of four entries no proof holds the root: the body's tiles are asked.
        var honest = Liar.Checkpoint(before);
        await submitting.KnownAsync(Liar, 0, before);
        Liar.Rewrite(before - 1, [.. Enumerable.Range(0, 8 - (int)before).Select(i => (byte[])[(byte)i])]);

        var reply = await submitting.SendAsync(Liar, before, 7);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        var evidence = await CaughtAsync();
        Assert.Equal((honest, 7), (evidence.Earlier.Note, Checkpoint.Read(evidence.Later.Note)!.Size));
    }

    [Fact]
    public async Task AnotherHistory_ThatIsShorter_IsCaughtByWhatTheAuditorHolds()
    {
        var size = Liar.Size;
        await submitting.KnownAsync(Liar, 0, size);

        Assert.Equal(HttpStatusCode.Conflict, (await submitting.SendAsync(0, [], Other(size - 2))).Status);

        var evidence = await CaughtAsync();
        Assert.Equal((size - 2, size), (Checkpoint.Read(evidence.Earlier.Note)!.Size, Checkpoint.Read(evidence.Later.Note)!.Size));
    }

    [Fact]
    public async Task AnotherHistory_ThatIsFollowed_IsCaughtByTheAuditor()
    {
        var size = Liar.Size;
        Liar.Rewrite(size - 1);
        federation.Pay(Forum, Kind.Revenue, 40_00);
        federation.Pay(Forum, Kind.Revenue, 1_00);

        var evidence = await CaughtAsync();

        Assert.Equal(size, Checkpoint.Read(evidence.Earlier.Note)!.Size);
        // The auditor may look before the other history has grown.
        Assert.InRange(Checkpoint.Read(evidence.Later.Note)!.Size, size, size + 1);
    }

    [Fact]
    public async Task AnotherRoot_AtASizeThatWasVerified_IsCaughtByTheAuditor()
    {
        Liar.Sign(size => new Checkpoint(Liar.Genesis.Origin, size, new byte[32]).Sign(Liar.Verifier, Liar.Key));

        await CaughtAsync();
    }

    [Fact]
    public async Task WhatWasCaught_IsRememberedAfterARestart_AndTheOthersGoOn()
    {
        var size = Liar.Size;
        await submitting.KnownAsync(Liar, 0, size);
        await submitting.SendAsync(size, [], Other(size));
        var evidence = await CaughtAsync();
        var before = await auditing.CoverageAsync(Forum);
        await auditing.StopAuditorAsync();
        await auditing.StartAuditorAsync();

        var payment = federation.Pay(Council, Kind.Capital, 1_00);
        var after = await Wait.UntilAsync(() => auditing.CoverageAsync(Forum), journal => journal.Quarantined.Length > 0, "the quarantine being remembered");
        await auditing.HoldsAsync(payment);

        Assert.Equal((before.Quarantined, before.Applied), (after.Quarantined, after.Applied));
        Assert.Equal(evidence.ToString(), (await CaughtAsync()).ToString());
        // What the body signs counts for nothing any more, and what others sign as before.
        Assert.Equal(HttpStatusCode.Forbidden, (await submitting.SendAsync(Liar, size, size)).Status);
        Assert.Equal(HttpStatusCode.OK, (await submitting.KnownAsync(federation[Council], 0, 5)).Status);
        Assert.Equal([before.Quarantined], (await auditing.ReconciledAsync()).Checks.SelectMany(check => check.Findings));
    }

    [Fact]
    public async Task Body_ThatSignedMoreThanItGives_WithholdsAndDoesNotFork()
    {
        var size = Liar.Size;
        Liar.Shown = size;
        federation.Pay(Forum, Kind.Revenue, 1_00);

        Assert.Equal(HttpStatusCode.OK, (await submitting.KnownAsync(Liar, 0, size + 1)).Status);

        var coverage = await auditing.CoverageAsync(Forum);
        Assert.Equal(((ulong)size, (ulong)size + 1, ""), (coverage.Applied, coverage.Known, coverage.Quarantined));
        Assert.Equal(HttpStatusCode.NotFound, (await submitting.GetAsync($"v1/audit/bodies/{Forum}/evidence")).Status);
        await auditing.StopAuditorAsync();
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(() => auditing.CoverageAsync(Forum), journal => (journal.Applied, journal.Known, journal.Quarantined) == ((ulong)size, (ulong)size + 1, ""), "the same after a restart");
    }

    [Fact]
    public async Task Stranger_WhoSendsTrueCheckpointsWithFalseProofs_ProvesNothing()
    {
        await submitting.KnownAsync(Liar, 0, 4);
        for (var size = 5; size <= 7; size++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await submitting.SendAsync(4, [new byte[32]], Liar.Checkpoint(size))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await submitting.SendAsync(4, Liar.Consistency(3, 7), Liar.Checkpoint(7))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await submitting.SendAsync(Liar, 0, 3)).Status);

        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(Liar, 4, 7)).Status);
        Assert.Equal("", (await auditing.CoverageAsync(Forum)).Quarantined);
    }

    /// <summary>Waits until the liar is quarantined, and answers with the evidence, which holds.</summary>
    private async Task<ForkEvidence> CaughtAsync()
    {
        var reply = await Wait.UntilAsync(
            () => submitting.GetAsync($"v1/audit/bodies/{Forum}/evidence"), served => served.Status == HttpStatusCode.OK, "the evidence");
        await Wait.UntilAsync(() => auditing.CoverageAsync(Forum), journal => journal.Quarantined.StartsWith($"The journal of {Forum} is not believed: ", StringComparison.Ordinal), "the quarantine");
        Assert.Equal("text/plain; charset=utf-8", reply.ContentType);
        Assert.True(ForkEvidence.TryParse(reply.Text, out var evidence), reply.Text);
        Assert.Null(evidence.Fault());
        Assert.Equal((Liar.Verifier.ToString(), Liar.Verifier.ToString()), (evidence.Earlier.Key.ToString(), evidence.Later.Key.ToString()));
        return evidence;
    }

    /// <summary>A checkpoint of so many entries whose last one is another than it was.</summary>
    private string Other(long size)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size - 1; i++)
            tree.Append(Liar.LeafHash(i));
        tree.AppendEntry(Another(Liar));
        return new Checkpoint(Liar.Genesis.Origin, size, tree.Root(size)).Sign(Liar.Verifier, Liar.Key);
    }

    private static byte[] Another(ForgedJournal journal) => [.. journal[journal.Size - 1], 1];
}
