namespace FundingFlows.Journal.Tests;

/// <summary>A tree that grows answers for all that it ever was, as the definition does.</summary>
public sealed class MerkleTreeTests
{
    private const int Most = 130;
    private static readonly byte[][] Entries = NaiveTree.Entries(Most);
    private static readonly MerkleTree Tree = NaiveTree.Tree(Entries);

    [Fact]
    public void Root_AtEveryPastSize_IsThatOfTheDefinition()
    {
        for (var size = 0; size <= Most; size++)
            Assert.Equal(NaiveTree.Root(Entries.AsSpan(0, size)), Tree.Root(size));
    }

    [Fact]
    public void Root_WhileTheTreeGrows_StaysTheSameForEachSize()
    {
        var tree = new MerkleTree();
        var roots = new List<byte[]> { tree.Root(0) };
        foreach (var entry in Entries)
        {
            tree.Append(MerkleHash.Leaf(entry));
            roots.Add(tree.Root(tree.Size));
        }

        for (var size = 0; size <= Most; size++)
            Assert.Equal(roots[size], tree.Root(size));
    }

    [Fact]
    public void LeafHash_OfAnIndex_IsThatOfTheEntry()
    {
        Assert.Equal(Most, Tree.Size);
        for (var index = 0; index < Most; index++)
            Assert.Equal(NaiveTree.Leaf(Entries[index]), Tree.LeafHash(index));
    }

    [Fact]
    public void Inclusion_OfEveryIndexAtEverySize_IsThatOfTheDefinition()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++)
                Assert.Equal(NaiveTree.Path(index, Entries.AsSpan(0, size)), Tree.Inclusion(index, size));
        }
    }

    [Theory]
    [InlineData(Most + 1)]
    [InlineData(-1)]
    public void Root_OfASizeThatNeverWas_Throws(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Root(size));

    [Theory]
    [InlineData(0, Most + 1)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    public void Inclusion_OfAPlaceThatNeverWas_Throws(int index, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Inclusion(index, size));
}
