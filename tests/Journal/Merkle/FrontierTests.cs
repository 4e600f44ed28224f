namespace FundingFlows.Journal.Tests;

/// <summary>The edge of a tree grows as the tree does.</summary>
public sealed class FrontierTests
{
    [Fact]
    public void Edge_TakenAtAnySize_GrowsToTheSameRoots()
    {
        const int Most = 70;
        var whole = new MerkleTree();
        var edges = new List<MerkleFrontier> { whole.Frontier() };
        for (var i = 0; i < Most; i++)
        {
            whole.AppendEntry([(byte)i]);
            foreach (var edge in edges)
                edge.AppendEntry([(byte)i]);
            edges.Add(whole.Frontier());

            Assert.All(edges, edge => Assert.Equal((whole.Size, Convert.ToHexString(whole.Root(whole.Size))), (edge.Size, Convert.ToHexString(edge.Root()))));
        }
    }

    [Fact]
    public void Copy_ThatGrows_LeavesWhatItWasTakenFrom()
    {
        var tree = new MerkleTree();
        for (var i = 0; i < 7; i++)
            tree.AppendEntry([(byte)i]);
        var edge = tree.Frontier();

        edge.Copy().AppendEntry([7]);

        Assert.Equal(7, edge.Size);
        Assert.Equal(tree.Root(7), edge.Root());
        Assert.Equal(MerkleHash.Empty(), new MerkleTree().Frontier().Root());
    }
}
