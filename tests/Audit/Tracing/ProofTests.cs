namespace FundingFlows.Audit.Tests;

/// <summary>Every step of a trace, proved without believing the auditor.</summary>
public sealed class ProofTests(PlayedStory story)
{
    [Fact]
    public async Task EveryProof_OfEveryPayment_HoldsByTheBytesOfTheBodysOwnJournal()
    {
        var payments = (await story.Officers.Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments;
        Assert.Equal(4, payments.Count);
        foreach (var payment in payments)
            foreach (var step in (await story.TraceAsync(payment.Id)).Paths.SelectMany(path => path.Steps))
            {
                var entry = await story.EntryAsync(step.Entry);
                var (origin, key) = await KeyOfAsync(step.Body);
                var (size, root) = IndependentProof.Open(step.Proof.Checkpoint, origin, key);
                Assert.Equal(entry.Entry.Index, step.Proof.LeafIndex);
                Assert.Equal(root, IndependentProof.Root(entry.Encoded.ToByteArray(), step.Proof.LeafIndex, size, step.Proof.Path));
                Assert.True(step.Holds);
                // The same with one bit of the entry changed: the proof says something.
                Assert.NotEqual(root, IndependentProof.Root(entry.Encoded.Altered().ToByteArray(), step.Proof.LeafIndex, size, step.Proof.Path));
            }
    }

    /// <summary>The key of a body as its registrar recorded it; the root's as its own genesis says.</summary>
    private async Task<(string Origin, byte[] Key)> KeyOfAsync(string body)
    {
        var registrar = story.Federation.Topology.Body(body).RegisteredBy;
        if (registrar == body)
        {
            var genesis = (await story.EntryAsync($"{body}.1.0")).Entry.Fact.Genesis;
            return (genesis.Origin, genesis.PublicKey.ToByteArray());
        }
        for (var i = 0; ; i++)
            if ((await story.EntryAsync($"{registrar}.1.{i}")).Entry.Fact.BodyRegistered is { } registered && registered.Body == body)
                return (registered.Origin, registered.PublicKey.ToByteArray());
    }
}
