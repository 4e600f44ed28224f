using System.Net;
using System.Text;
using Google.Protobuf;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>The auditor's witness, by all rules and status codes of C2SP tlog-witness.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private readonly ForgedFederation federation = new();
    private Auditing auditing = null!;
    private Submitting submitting = null!;

    public async ValueTask InitializeAsync()
    {
        federation.PlayFourTiers();
        auditing = await Auditing.StartAsync(federation);
        submitting = new Submitting(auditing);
    }

    public ValueTask DisposeAsync()
    {
        submitting.Dispose();
        return auditing.DisposeAsync();
    }

    private ForgedJournal Durham => federation[Council];

    [Fact]
    public async Task Checkpoints_ThatGoOn_AreCosigned()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await submitting.NewestAsync(Durham)).Status);
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        var first = await submitting.KnownAsync(Durham, 0, 3);
        var second = await submitting.SendAsync(Durham, 3, 7);
        var again = await submitting.SendAsync(Durham, 7, 7);
        var newest = await submitting.NewestAsync(Durham);

        var key = await submitting.KeyAsync();
        Assert.Equal($"{federation.Id}/witness/audit", key.Name);
        foreach (var (reply, size) in ((Reply, int)[])[(first, 3), (second, 7), (again, 7)])
        {
            Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8"), (reply.Status, reply.ContentType));
            Assert.InRange(Cosignature.TimeOf(Durham.Checkpoint(size) + reply.Text, key)!.Value, before, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        }
        Assert.Equal(Durham.Checkpoint(7) + again.Text, newest.Text);
        Assert.Equal(7, Checkpoint.Open(newest.Text, Durham.Verifier, out _)!.Size);
    }

    [Fact]
    public async Task WhatOthersSigned_IsNeitherLookedAtNorKept()
    {
        using var another = BodyKey.Generate();
        var note = Durham.Checkpoint(3);
        var key = CosignerKey.Of("another.example/w", another.PublicKey);
        var crowded = note + Cosignature.Sign(note, key, another, 7) + $"\u2014 {Durham.Genesis.Origin} {Convert.ToBase64String(new byte[68])}\n";
        await submitting.KnownAsync(Durham, 0, 2);

        var reply = await submitting.SendAsync(2, Durham.Consistency(2, 3), crowded);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(note + reply.Text, (await submitting.NewestAsync(Durham)).Text);
    }

    [Fact]
    public async Task Refusals_HaveTheStatusOfTheirRule()
    {
        using var another = BodyKey.Generate();
        await submitting.KnownAsync(Durham, 0, 5);
        var origin = Durham.Genesis.Origin;
        var stranger = VerifierKey.Of("elsewhere.example/log", another.PublicKey);
        var unregistered = federation.Add("unregistered", Tier.Council, Central);
        var falsely = Falsified(Durham.Checkpoint(7));
        string Signed(VerifierKey key, BodyKey signer, long size, byte[] root) => new Checkpoint(key.Name, size, root).Sign(key, signer);

        (HttpStatusCode Status, string What, Reply Reply)[] all =
        [
            (HttpStatusCode.BadRequest, "nothing", await submitting.SendAsync([])),
            (HttpStatusCode.BadRequest, "an old size above the size", await submitting.SendAsync(8, [], Durham.Checkpoint(7))),
            (HttpStatusCode.BadRequest, "a leading zero", await submitting.SendAsync(Encoding.UTF8.GetBytes($"old 05\n\n{Durham.Checkpoint(7)}"))),
            (HttpStatusCode.BadRequest, "64 hashes", await submitting.SendAsync(5, Enumerable.Repeat(new byte[32], 64), Durham.Checkpoint(7))),
            (HttpStatusCode.BadRequest, "too much", await submitting.SendAsync(new byte[AddCheckpoint.MostBytes + 1])),
            (HttpStatusCode.BadRequest, "far too much", await submitting.SendAsync(new byte[40 << 20])),
            (HttpStatusCode.NotFound, "a log of elsewhere", await submitting.SendAsync(0, [], Signed(stranger, another, 7, new byte[32]))),
            (HttpStatusCode.NotFound, "a body that nobody registered", await submitting.SendAsync(0, [], unregistered.Checkpoint(1))),
            (HttpStatusCode.NotFound, "an epoch that nobody declared", await submitting.SendAsync(0, [], Signed(VerifierKey.Of($"{federation.Id}/{Council}/2", Durham.Key.PublicKey), Durham.Key, 7, Durham.Root(7)))),
            (HttpStatusCode.Forbidden, "another's key", await submitting.SendAsync(5, Durham.Consistency(5, 7), Signed(VerifierKey.Of(origin, another.PublicKey), another, 7, Durham.Root(7)))),
            (HttpStatusCode.Forbidden, "a signature that fails", await submitting.SendAsync(5, Durham.Consistency(5, 7), falsely)),
            (HttpStatusCode.Forbidden, "one that fails beside one that holds", await submitting.SendAsync(5, Durham.Consistency(5, 7), Durham.Checkpoint(7) + falsely.Split("\n\n")[1])),
            (HttpStatusCode.Conflict, "from nothing", await submitting.SendAsync(Durham, 0, 7)),
            (HttpStatusCode.Conflict, "from elsewhere", await submitting.SendAsync(Durham, 6, 7)),
            (HttpStatusCode.Conflict, "an older one", await submitting.SendAsync(Durham, 3, 4)),
            (HttpStatusCode.UnprocessableEntity, "no proof", await submitting.SendAsync(5, [], Durham.Checkpoint(7))),
            (HttpStatusCode.UnprocessableEntity, "another proof", await submitting.SendAsync(5, Durham.Consistency(6, 7), Durham.Checkpoint(7))),
            (HttpStatusCode.UnprocessableEntity, "a proof of what is the same", await submitting.SendAsync(5, [new byte[32]], Durham.Checkpoint(5))),
            (HttpStatusCode.UnprocessableEntity, "a proof from nothing", await submitting.SendAsync(0, [new byte[32]], federation[Region].Checkpoint(3))),
            (HttpStatusCode.UnprocessableEntity, "an empty journal with another root", await submitting.SendAsync(0, [], Signed(federation[Region].Verifier, federation[Region].Key, 0, new byte[32]))),
        ];

        Assert.All(all, one => Assert.True(one.Status == one.Reply.Status, $"{one.What}: {one.Reply}"));
        Assert.All(all.Where(one => one.Status == HttpStatusCode.Conflict), one => Assert.Equal(("text/x.tlog.size", "5\n"), (one.Reply.ContentType, one.Reply.Text)));
        Assert.All(all.Where(one => one.Status != HttpStatusCode.Conflict), one => Assert.Equal("text/plain; charset=utf-8", one.Reply.ContentType));
        Assert.Equal(5, Checkpoint.Read((await submitting.NewestAsync(Durham)).Text)!.Size);
        Assert.Equal("", (await auditing.CoverageAsync(Council)).Quarantined);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(Durham, 5, 7)).Status);
    }

    [Fact]
    public async Task EmptyJournal_IsCosignedOnce_AndGoesOn()
    {
        var note = new Checkpoint(Durham.Genesis.Origin, 0, MerkleHash.Empty()).Sign(Durham.Verifier, Durham.Key);
        await submitting.KnownAsync(federation[Region], 0, 1);
        await Wait.UntilAsync(() => submitting.SendAsync(0, [], note), reply => reply.Status == HttpStatusCode.OK, "the empty journal being cosigned");

        Assert.Equal(0, Checkpoint.Read((await submitting.NewestAsync(Durham)).Text)!.Size);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(Durham, 0, 4)).Status);
    }

    [Fact]
    public async Task Witness_OfAnotherName_IsNotHere()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await submitting.SendAsync([], Council)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await submitting.GetAsync($"witness/{Central}/key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await submitting.GetAsync("witness/audit/nonsense/checkpoint")).Status);
    }

    [Fact]
    public async Task Request_WithAnyByteChanged_IsNotCosigned()
    {
        await submitting.KnownAsync(Durham, 0, 5);
        var request = Encoding.UTF8.GetBytes(AddCheckpoint.Write(5, Durham.Consistency(5, 7), Durham.Checkpoint(7)));
        for (var i = 0; i < request.Length; i++)
        {
            var altered = request.ToArray();
            altered[i] ^= 1;
            var reply = await submitting.SendAsync(altered);
            Assert.True((int)reply.Status is 400 or 403 or 404 or 409 or 422, $"byte {i}: {reply}");
        }
        Assert.Equal(5, Checkpoint.Read((await submitting.NewestAsync(Durham)).Text)!.Size);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(request)).Status);
    }

    [Fact]
    public async Task ManyAtOnce_MoveOnOneFromAnother_AndNeverBack()
    {
        await submitting.KnownAsync(Durham, 0, 1);
        var size = (int)Durham.Size;
        var cosigned = new System.Collections.Concurrent.ConcurrentBag<(long Old, long Size)>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => Task.Run(async () =>
        {
            for (long old = 1; old < size;)
            {
                var next = Math.Min(size, old + 1 + (sender % 3));
                var reply = await submitting.SendAsync(Durham, old, next);
                if (reply.Status == HttpStatusCode.OK)
                    cosigned.Add((old, next));
                old = reply.Status == HttpStatusCode.OK ? next : long.Parse(reply.Text.TrimEnd('\n'), System.Globalization.CultureInfo.InvariantCulture);
            }
        })));

        var chain = cosigned.OrderBy(one => one.Old).ToList();
        Assert.Equal(1, chain[0].Old);
        Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.Size, pair.Second.Old));
        Assert.Equal(size, chain[^1].Size);
        Assert.Equal(size, Checkpoint.Read((await submitting.NewestAsync(Durham)).Text)!.Size);
    }

    [Fact]
    public async Task WhatWasCosigned_IsRememberedAfterARestart()
    {
        await submitting.KnownAsync(Durham, 0, 5);
        var (newest, key) = (await submitting.NewestAsync(Durham), await submitting.KeyAsync());
        await auditing.StopAuditorAsync();
        await auditing.StartAuditorAsync();

        Assert.Equal(newest, await submitting.NewestAsync(Durham));
        Assert.Equal(key.ToString(), (await submitting.KeyAsync()).ToString());
        Assert.Equal((HttpStatusCode.Conflict, "5\n"), await submitting.KnownAsync(Durham, 0, 3) is var reply ? (reply.Status, reply.Text) : default);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(Durham, 5, 6)).Status);
    }

    [Fact]
    public async Task Key_CountsForTheSizesForWhichItsRegistrarRecordedIt()
    {
        using var later = BodyKey.Generate();
        await submitting.KnownAsync(Durham, 0, 4);
        federation[Central].Write(new Fact { KeyRotated = new KeyRotated { Body = Council, Epoch = 1, FromIndex = 5, PublicKey = ByteString.CopyFrom(later.PublicKey) } });
        var newer = VerifierKey.Of(Durham.Genesis.Origin, later.PublicKey);
        string By(VerifierKey key, BodyKey signer, long size) => new Checkpoint(key.Name, size, Durham.Root(size)).Sign(key, signer);

        // Once the rotation is seen, the old key no longer signs six entries, and the new one not yet five.
        await Wait.UntilAsync(
            () => submitting.SendAsync(4, Durham.Consistency(4, 6), Falsified(By(newer, later, 6))), reply => reply.Status == HttpStatusCode.Forbidden, "a false signature");
        await Wait.UntilAsync(() => submitting.SendAsync(4, [], By(newer, later, 6)), reply => reply.Status == HttpStatusCode.UnprocessableEntity, "the new key being known");
        Assert.Equal(HttpStatusCode.Forbidden, (await submitting.SendAsync(4, Durham.Consistency(4, 6), By(Durham.Verifier, Durham.Key, 6))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await submitting.SendAsync(4, Durham.Consistency(4, 5), By(newer, later, 5))).Status);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(4, Durham.Consistency(4, 5), By(Durham.Verifier, Durham.Key, 5))).Status);
        Assert.Equal(HttpStatusCode.OK, (await submitting.SendAsync(5, Durham.Consistency(5, 6), By(newer, later, 6))).Status);
    }

    /// <summary>The same name and key id over a signature that is none.</summary>
    private static string Falsified(string note)
    {
        var at = note.LastIndexOf(' ') + 1;
        var signature = Convert.FromBase64String(note[at..^1]);
        signature[^1] ^= 1;
        return $"{note[..at]}{Convert.ToBase64String(signature)}\n";
    }
}
