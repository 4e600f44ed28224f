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

    [Fact]
    public void Consistency_BetweenAllSizes_IsThatOfTheDefinition()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var oldSize = 1; oldSize <= size; oldSize++)
                Assert.Equal(NaiveTree.Proof(oldSize, Entries.AsSpan(0, size)), Tree.Consistency(oldSize, size));
        }
    }

    [Fact]
    public void Consistency_FromTheEmptyTree_IsEmpty() => Assert.Empty(Tree.Consistency(0, Most));

    /// <summary>Beyond the first chunk of hashes.</summary>
    [Theory]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(2_049)]
    [InlineData(5_000)]
    public void Tree_OfManyLeaves_ProvesWhatItHolds(int size)
    {
        var entries = NaiveTree.Entries(size);
        var tree = NaiveTree.Tree(entries);
        var root = NaiveTree.Root(entries);

        Assert.Equal(root, tree.Root(size));
        for (var index = 0; index < size; index += 97)
        {
            Assert.True(InclusionProofs.Holds(NaiveTree.Leaf(entries[index]), index, size, tree.Inclusion(index, size), root), $"{index}");
            Assert.True(ConsistencyProofs.Hold(index + 1, size, tree.Consistency(index + 1, size), tree.Root(index + 1), root), $"{index + 1}");
        }
    }

    [Fact]
    public void Append_OfAnEntryOrOfItsHash_IsTheSame()
    {
        var byHash = new MerkleTree();
        foreach (var entry in Entries)
            byHash.Append(NaiveTree.Leaf(entry));

        Assert.Equal(Tree.Root(Most), byHash.Root(Most));
        Assert.Throws<ArgumentOutOfRangeException>(() => byHash.Append(new byte[31]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(65_535)]
    public void Leaf_OfAnyLength_IsTheHashOfAZeroByteAndTheEntry(int length)
    {
        var entry = new byte[length];
        new Random(length).NextBytes(entry);

        Assert.Equal(NaiveTree.Leaf(entry), MerkleHash.Leaf(entry));
    }

    [Theory]
    [InlineData(0, Most + 1)]
    [InlineData(6, 5)]
    [InlineData(-1, 5)]
    public void Consistency_OfSizesThatNeverWere_Throws(int oldSize, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Consistency(oldSize, size));

    [Theory]
    [InlineData(Most)]
    [InlineData(-1)]
    public void LeafHash_OfAPlaceThatNeverWas_Throws(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => Tree.LeafHash(index));

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
