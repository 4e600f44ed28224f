using System.Buffers.Binary;
using System.Text;
using FundingFlows.Journal;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body sends its newest checkpoint with a proof from what the witness has, believes nothing that the witness says, and waits for nothing.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private readonly BodyKey signer = BodyKey.Generate();
    private FalseWitness witness = null!;
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync()
    {
        witness = await FalseWitness.StartAsync();
        federation = await TestFederation.StartAsync(options =>
        {
            options.WithAudit = false;
            options.Settings["FundingFlows:WitnessInterval"] = "00:00:00.01";
            options.Settings["FundingFlows:Audit"] = "false-audit";
            options.Settings["FundingFlows:Instances:false-audit:Grpc"] = witness.Grpc;
            options.Settings["FundingFlows:Instances:false-audit:Http"] = witness.Address;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await federation.DisposeAsync();
        await witness.DisposeAsync();
        signer.Dispose();
    }

    private string Origin => $"{federation.Id}/{Hartlepool}/1";

    private CosignerKey Key => CosignerKey.Of($"{federation.Id}/witness/audit", signer.PublicKey);

    [Fact]
    public async Task Cosignature_ThatHolds_IsServedWithTheCheckpointThatItIsOf()
    {
        witness.Key = Key.ToString();
        witness.Answer = request => (200, Cosign(request, Key));

        await federation.Officers.AgreeAsync(Central, Hartlepool);
        var note = await Wait.UntilAsync(NoteAsync, note => Cosignature.TimeOf(note, Key) is not null, "the cosignature");

        Assert.Equal(7, Cosignature.TimeOf(note, Key));
        Assert.Equal((await federation.Officers.BodyAsync(Hartlepool)).JournalSize, (ulong)Checkpoint.Read(note)!.Size);
    }

    [Fact]
    public async Task Cosignatures_OfOneWitness_AreServedAsOneLine()
    {
        witness.Key = Key.ToString();
        witness.Answer = request => (200, string.Concat(Enumerable.Range(1, 90).Select(time => Cosign(request, Key, time: time))));

        await federation.Officers.AgreeAsync(Central, Hartlepool);
        var note = await Wait.UntilAsync(NoteAsync, note => Cosignature.TimeOf(note, Key) is not null, "the cosignature");

        Assert.True(SignedNote.TryParse(note, out var signed));
        Assert.Single(signed.Signatures, line => line.Name == Key.Name);
        Assert.Equal(90, Cosignature.TimeOf(note, Key));
    }

    [Fact]
    public async Task Proof_IsFromWhatTheWitnessSaysThatItHas()
    {
        await Wait.UntilAsync(() => witness.Of(Origin).Count > 0, "a first request");
        var first = witness.Of(Origin)[0];
        Assert.Equal((0, 0), (first.OldSize, first.Proof.Count));
        await federation.Officers.AgreeAsync(Central, Hartlepool);
        await federation.Officers.AgreeAsync(Hartlepool, Byker);
        // The witness already has what was sent first, as one that answered into the void does.
        witness.Answer = request => request.OldSize == first.Checkpoint.Size ? (422, "") : (409, $"{first.Checkpoint.Size}\n");

        var size = (long)(await federation.Officers.BodyAsync(Hartlepool)).JournalSize;
        await Wait.UntilAsync(() => witness.Of(Origin).Any(request => request.OldSize > 0 && request.Checkpoint.Size == size), "a request with a proof");

        Assert.All(witness.Of(Origin).Where(request => request.OldSize > 0), request => Assert.Equal(WitnessVerdict.Consistent, request.Judge(first.Checkpoint)));
    }

    [Fact]
    public async Task Journal_ThatGrewMeanwhile_IsSentByItsNewestCheckpointAlone()
    {
        using var held = new SemaphoreSlim(0);
        witness.Key = Key.ToString();
        witness.Answer = request =>
        {
            held.Wait(TimeSpan.FromSeconds(5));
            return (200, Cosign(request, Key));
        };
        await Wait.UntilAsync(() => witness.Of(Origin).Count > 0, "a first request");
        var before = witness.Of(Origin).Count;
        await federation.Officers.AgreeAsync(Central, Hartlepool);
        await federation.Officers.AgreeAsync(Hartlepool, Byker);
        var size = (long)(await federation.Officers.BodyAsync(Hartlepool)).JournalSize;
        witness.Answer = request => (200, Cosign(request, Key));
        held.Release(1_000);

        await Wait.UntilAsync(() => witness.Of(Origin)[^1].Checkpoint.Size == size, "the newest being sent");

        Assert.InRange(witness.Of(Origin).Count - before, 1, 2);
    }

    public static TheoryData<string> Nonsense => ["words", "another's", "of another checkpoint", "by a journal's key", "of no time", "409 for ever", "500"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_FromAWitness_IsNotServed_AndHoldsUpNothing(string nonsense)
    {
        using var another = BodyKey.Generate();
        witness.Key = Key.ToString();
        witness.Answer = request => nonsense switch
        {
            "words" => (200, "\u2014 trust me\n"),
            "another's" => (200, Cosign(request, CosignerKey.Of(Key.Name, another.PublicKey), another)),
            "of another checkpoint" => (200, Cosignature.Sign(new Checkpoint(Origin, 7, new byte[32]).Sign(VerifierKey.Of(Origin, another.PublicKey), another), Key, signer, 7)),
            "by a journal's key" => (200, SignedNote.Sign(request.Note.Text, VerifierKey.Of(Key.Name, signer.PublicKey), signer).Split("\n\n")[1]),
            "of no time" => (200, Timeless(request)),
            "409 for ever" => (409, $"{request.OldSize + 1}\n"),
            _ => (500, ""),
        };
        await federation.Officers.AgreeAsync(Central, Hartlepool);
        var asked = witness.Of(Origin).Count;

        await Wait.UntilAsync(() => witness.Of(Origin).Count >= asked + 2, "it being tried again");

        Assert.True(SignedNote.TryParse(await NoteAsync(), out var note));
        Assert.DoesNotContain(note.Signatures, line => line.Name == Key.Name);
        Assert.Contains(federation.Log.Lines, line => line.Line.Contains($"{Hartlepool} is not cosigned by the auditor yet", StringComparison.Ordinal));
    }

    private string Cosign(AddCheckpoint request, CosignerKey key, BodyKey? by = null, long time = 7) => Cosignature.Sign($"{request.Note.Text}\n\u2014 x AAAAAAA=\n", key, by ?? signer, time);

    /// <summary>It is signed, and of second 0.</summary>
    private string Timeless(AddCheckpoint request)
    {
        var line = new byte[4 + 8 + 64];
        BinaryPrimitives.WriteUInt32BigEndian(line, Key.KeyId);
        signer.Sign(Encoding.UTF8.GetBytes($"cosignature/v1\ntime 0\n{request.Note.Text}")).CopyTo(line, 12);
        return $"\u2014 {Key.Name} {Convert.ToBase64String(line)}\n";
    }

    private async Task<string> NoteAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(federation.HttpOf(CouncilB), $"journals/{Hartlepool}/1/checkpoint"));
    }
}
