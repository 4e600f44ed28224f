namespace FundingFlows.Tiers;

/// <summary>A body that this process hosts: its journal's one writer, its keys, what signs its checkpoints, and how its journal names people.</summary>
public sealed record HostedBody(string Id, Genesis Genesis, Sequencer Sequencer, KeyRing Keys, CheckpointSigner Checkpoints, PersonHandles People)
{
    public uint Epoch => Genesis.Epoch;

    /// <summary>The key that signs what the body says now: the newest that its durable entries have adopted.</summary>
    public BodyKey Key => Keys.Of(Sequencer.KeyAt(Sequencer.CommittedSize));
}
