using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>An inclusion proof holds for one leaf, at one place, in one tree; for nothing else.</summary>
public sealed class InclusionProofTests
{
    private const int Most = 130;
    private static readonly byte[][] Entries = NaiveTree.Entries(Most);
    private static readonly MerkleTree Tree = NaiveTree.Tree(Entries);
    private static readonly byte[][] Roots = [.. Enumerable.Range(0, Most + 1).Select(size => NaiveTree.Root(Entries.AsSpan(0, size)))];

    private static readonly Gen<(int Index, int Size)> Places =
        from size in Gen.Int[1, Most]
        from index in Gen.Int[0, size - 1]
        select (index, size);

    [Fact]
    public void Proof_OfEveryIndexAtEverySize_Holds()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++)
                Assert.True(Holds(index, size, Tree.Inclusion(index, size)), $"{index} of {size}");
        }
    }

    [Fact]
    public void Proof_WithAnyBitFlipped_DoesNotHold() => Gen.Select(Places, Gen.Int[0, int.MaxValue], Gen.Int[0, 255]).Sample((place, which, bit) =>
    {
        var path = Copy(place);
        var hashes = path.Append(Tree.LeafHash(place.Index).ToArray()).Append(Tree.Root(place.Size).ToArray()).ToList();
        hashes[which % hashes.Count][bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.False(InclusionProofs.Holds(hashes[^2], place.Index, place.Size, path, hashes[^1]));
    });

    [Fact]
    public void Proof_ForAnotherIndex_DoesNotHold() => Gen.Select(Places, Gen.Int[-1, Most]).Where((place, other) => place.Index != other)
        .Sample((place, other) => Assert.False(InclusionProofs.Holds(
            Tree.LeafHash(place.Index), other, place.Size, Tree.Inclusion(place.Index, place.Size), Tree.Root(place.Size))));

    [Fact]
    public void Proof_InATreeOfAnotherSize_DoesNotHold() => Gen.Select(Places, Gen.Int[0, Most]).Where((place, other) => place.Size != other)
        .Sample((place, other) => Assert.False(InclusionProofs.Holds(
            Tree.LeafHash(place.Index), place.Index, place.Size, Tree.Inclusion(place.Index, place.Size), Tree.Root(other))));

    [Fact]
    public void Proof_WithAHashLeftOut_DoesNotHold() => Places.Where(place => place.Size > 1).Sample(place =>
    {
        var path = Copy(place);
        for (var missing = 0; missing < path.Count; missing++)
            Assert.False(Holds(place.Index, place.Size, [.. path.Where((_, i) => i != missing)]));
    });

    [Fact]
    public void Proof_WithAHashAdded_DoesNotHold() => Places.Sample(place =>
    {
        var path = Copy(place);
        for (var at = 0; at <= path.Count; at++)
        {
            Assert.False(Holds(place.Index, place.Size, [.. path.Take(at), MerkleHash.Empty(), .. path.Skip(at)]));
            Assert.False(Holds(place.Index, place.Size, [.. path.Take(at), [], .. path.Skip(at)]));
        }
    });

    [Fact]
    public void Proof_WithAHashOfAnotherLength_DoesNotHold() => Places.Where(place => place.Size > 1).Sample(place =>
    {
        for (var at = 0; at < Copy(place).Count; at++)
        {
            var (shortened, lengthened) = (Copy(place), Copy(place));
            shortened[at] = shortened[at].AsSpan(0, 31).ToArray();
            lengthened[at] = [.. lengthened[at], 0];
            Assert.False(Holds(place.Index, place.Size, shortened));
            Assert.False(Holds(place.Index, place.Size, lengthened));
        }
    });

    [Fact]
    public void Proof_WithHashesInAnotherOrder_DoesNotHold() => Places.Where(place => place.Size > 2).Sample(place =>
    {
        var path = Copy(place);
        if (path.Count < 2)
            return;
        path.Reverse();
        Assert.False(Holds(place.Index, place.Size, path));
    });

    [Fact]
    public void Proof_OfALeafOrRootOfAnotherLength_DoesNotHold()
    {
        var (path, leaf, root) = (Tree.Inclusion(3, 7), Tree.LeafHash(3), Tree.Root(7));

        Assert.False(InclusionProofs.Holds(leaf.AsSpan(1), 3, 7, path, root));
        Assert.False(InclusionProofs.Holds(leaf, 3, 7, path, root.AsSpan(1)));
        Assert.False(InclusionProofs.Holds([], 0, 1, [], []));
    }

    [Fact]
    public void Proof_InAnEmptyTree_DoesNotHold() => Assert.False(InclusionProofs.Holds(MerkleHash.Empty(), 0, 0, [], MerkleHash.Empty()));

    private static bool Holds(int index, int size, IReadOnlyList<byte[]> path) =>
        InclusionProofs.Holds(NaiveTree.Leaf(Entries[index]), index, size, path, Roots[size]);

    private static List<byte[]> Copy((int Index, int Size) place) => [.. Tree.Inclusion(place.Index, place.Size).Select(hash => hash.ToArray())];
}
