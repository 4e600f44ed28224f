using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A body that told two histories, which part at an entry, and signed checkpoints of both.</summary>
internal sealed class TwoHistories
{
    /// <summary>Of two histories that part at <paramref name="parting"/>.</summary>
    public TwoHistories(int parting, int most = 40)
    {
        for (var i = 0; i < most; i++)
        {
            First.AppendEntry(Encoding.UTF8.GetBytes($"entry {i}"));
            Second.AppendEntry(Encoding.UTF8.GetBytes(i < parting ? $"entry {i}" : $"another {i}"));
        }
    }

    public MerkleTree First { get; } = new();

    public MerkleTree Second { get; } = new();

    public static SignedCheckpoint Sign(MerkleTree tree, long size) =>
        new(new Checkpoint(ExampleNotes.Own.Name, size, tree.Root(size)).Sign(ExampleNotes.Own, ExampleNotes.Signer), ExampleNotes.Own);

    /// <summary>What proves it of two sizes, the later one of the second history.</summary>
    public ForkEvidence Of(long earlier, long later) =>
        ForkEvidence.Of(Sign(First, earlier), Sign(Second, later), Second.Root(earlier), Second.Consistency(earlier, later))!;
}
