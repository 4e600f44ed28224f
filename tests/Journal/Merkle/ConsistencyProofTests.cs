using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>A consistency proof holds between two sizes of one tree, with their two roots; for nothing else.</summary>
public sealed class ConsistencyProofTests
{
    private const int Most = 130;
    private static readonly byte[][] Entries = NaiveTree.Entries(Most);
    private static readonly MerkleTree Tree = NaiveTree.Tree(Entries);
    private static readonly byte[][] Roots = [.. Enumerable.Range(0, Most + 1).Select(size => NaiveTree.Root(Entries.AsSpan(0, size)))];

    private static readonly Gen<(int Old, int Size)> Sizes =
        from size in Gen.Int[2, Most]
        from old in Gen.Int[1, size - 1]
        select (old, size);

    [Fact]
    public void Proof_BetweenAllSizes_Holds()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var old = 1; old <= size; old++)
                Assert.True(Holds((old, size), Tree.Consistency(old, size)), $"{old} in {size}");
        }
    }

    [Fact]
    public void Proof_WithAnyBitFlipped_DoesNotHold() => Gen.Select(Sizes, Gen.Int[0, int.MaxValue], Gen.Int[0, 255]).Sample((sizes, which, bit) =>
    {
        var path = Copy(sizes);
        var hashes = path.Append(Roots[sizes.Old].ToArray()).Append(Roots[sizes.Size].ToArray()).ToList();
        hashes[which % hashes.Count][bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.False(ConsistencyProofs.Hold(sizes.Old, sizes.Size, path, hashes[^2], hashes[^1]));
    });

    [Fact]
    public void Proof_BetweenOtherSizes_DoesNotHold() => Gen.Select(Sizes, Gen.Int[-1, Most + 1], Gen.Int[-1, Most + 1])
        .Where((sizes, old, size) => sizes != (old, size))
        .Sample((sizes, old, size) => Assert.False(ConsistencyProofs.Hold(old, size, Copy(sizes), At(old), At(size))));

    /// <summary>Sizes that were lied about, with the roots of the true ones. A proof does not always name its sizes: what it must not do is to hold with other roots.</summary>
    [Fact]
    public void Proof_WithAnOlderRootOfAnotherSize_DoesNotHold() => Gen.Select(Sizes, Gen.Int[1, Most]).Where((sizes, other) => sizes.Old != other)
        .Sample((sizes, other) => Assert.False(ConsistencyProofs.Hold(sizes.Old, sizes.Size, Copy(sizes), Roots[other], Roots[sizes.Size])));

    [Fact]
    public void Proof_WithAHashLeftOut_DoesNotHold() => Sizes.Sample(sizes =>
    {
        var path = Copy(sizes);
        for (var missing = 0; missing < path.Count; missing++)
            Assert.False(Holds(sizes, [.. path.Where((_, i) => i != missing)]));
    });

    [Fact]
    public void Proof_WithAHashAdded_DoesNotHold() => Sizes.Sample(sizes =>
    {
        var path = Copy(sizes);
        for (var at = 0; at <= path.Count; at++)
        {
            Assert.False(Holds(sizes, [.. path.Take(at), MerkleHash.Empty(), .. path.Skip(at)]));
            Assert.False(Holds(sizes, [.. path.Take(at), [], .. path.Skip(at)]));
            Assert.False(Holds(sizes, [.. path.Take(at), Roots[sizes.Old], .. path.Skip(at)]));
        }
    });

    [Fact]
    public void Proof_WithAHashOfAnotherLength_DoesNotHold() => Sizes.Sample(sizes =>
    {
        for (var at = 0; at < Copy(sizes).Count; at++)
        {
            var (shortened, lengthened) = (Copy(sizes), Copy(sizes));
            shortened[at] = shortened[at].AsSpan(0, 31).ToArray();
            lengthened[at] = [.. lengthened[at], 0];
            Assert.False(Holds(sizes, shortened));
            Assert.False(Holds(sizes, lengthened));
        }
    });

    [Fact]
    public void Proof_WithTwoHashesExchanged_DoesNotHold() => Sizes.Sample(sizes =>
    {
        for (var at = 1; at < Copy(sizes).Count; at++)
        {
            var path = Copy(sizes);
            (path[at - 1], path[at]) = (path[at], path[at - 1]);
            Assert.False(Holds(sizes, path));
        }
    });

    [Fact]
    public void Proof_OfOneSize_NeedsNoHashAndTheSameRoot()
    {
        Assert.True(ConsistencyProofs.Hold(7, 7, [], Roots[7], Roots[7]));
        // Published vectors have roots of other lengths here, which are compared as they are.
        Assert.True(ConsistencyProofs.Hold(1, 1, [], "don't care"u8, "don't care"u8));
        Assert.False(ConsistencyProofs.Hold(7, 7, [], Roots[7], Roots[8]));
        Assert.False(ConsistencyProofs.Hold(7, 7, [Roots[7]], Roots[7], Roots[7]));
        Assert.False(ConsistencyProofs.Hold(7, 7, [], Roots[7], Roots[7].AsSpan(1)));
    }

    [Fact]
    public void Proof_FromTheEmptyTree_SaysNothing()
    {
        Assert.False(ConsistencyProofs.Hold(0, 7, [], Roots[0], Roots[7]));
        Assert.False(ConsistencyProofs.Hold(0, 0, [], Roots[0], Roots[0]));
        Assert.False(ConsistencyProofs.Hold(-1, 7, [], Roots[0], Roots[7]));
    }

    [Theory]
    [InlineData(1, long.MaxValue)]
    [InlineData(long.MaxValue - 1, long.MaxValue)]
    [InlineData(1L << 62, long.MaxValue)]
    [InlineData(long.MaxValue, 1)]
    public void Proof_BetweenSizesAtTheEdge_DoesNotHold(long old, long size)
    {
        Assert.False(ConsistencyProofs.Hold(old, size, [], Roots[1], Roots[2]));
        Assert.False(ConsistencyProofs.Hold(old, size, [.. Enumerable.Repeat(Roots[1], 100)], Roots[1], Roots[2]));
    }

    private static bool Holds((int Old, int Size) sizes, IReadOnlyList<byte[]> path) =>
        ConsistencyProofs.Hold(sizes.Old, sizes.Size, path, Roots[sizes.Old], Roots[sizes.Size]);

    private static byte[] At(int size) => size is >= 0 and <= Most ? Roots[size] : Roots[0];

    private static List<byte[]> Copy((int Old, int Size) sizes) => [.. Tree.Consistency(sizes.Old, sizes.Size).Select(hash => hash.ToArray())];
}
