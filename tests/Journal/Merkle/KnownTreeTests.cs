namespace FundingFlows.Journal.Tests;

/// <summary>The tree of eight leaves that implementations of Certificate Transparency are compared by.</summary>
public sealed class KnownTreeTests
{
    private static readonly byte[][] Entries =
    [
        .. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString),
    ];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Root_OfTheKnownTree_IsTheKnownRoot(int size, string root)
    {
        Assert.Equal(root, Convert.ToHexStringLower(NaiveTree.Tree(Entries).Root(size)));
        Assert.Equal(root, Convert.ToHexStringLower(NaiveTree.Tree(Entries.AsSpan(0, size)).Root(size)));
    }

    [Fact]
    public void Inclusion_InTheKnownTree_IsTheKnownPath()
    {
        string[] known =
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ];

        Assert.Equal(known, NaiveTree.Tree(Entries).Inclusion(0, 8).Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void Leaf_OfAnEmptyEntry_IsNotTheEmptyRoot()
    {
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Convert.ToHexStringLower(MerkleHash.Leaf([])));
        Assert.Equal(NaiveTree.Root([]), MerkleHash.Empty());
    }
}
