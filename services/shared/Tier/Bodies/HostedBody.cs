namespace FundingFlows.Tiers;

/// <summary>A body that this process hosts: its journal's one writer, its key, and what signs its checkpoints.</summary>
public sealed record HostedBody(string Id, Genesis Genesis, Sequencer Sequencer, BodyKey Key, CheckpointSigner Checkpoints)
{
    public uint Epoch => Genesis.Epoch;
}
