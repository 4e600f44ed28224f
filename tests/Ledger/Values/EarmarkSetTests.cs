namespace FundingFlows.Ledger.Tests;

/// <summary>Sets of earmarks are equal when their names are.</summary>
public sealed class EarmarkSetTests
{
    [Fact]
    public void Of_NamesInAnyOrderAndTwice_IsTheSameSet()
    {
        var set = EarmarkSet.Of(["b", "a", "b"]);

        Assert.Equal(EarmarkSet.Of(["a", "b"]), set);
        Assert.Equal(EarmarkSet.Of(["a", "b"]).GetHashCode(), set.GetHashCode());
        Assert.True(set == EarmarkSet.Of(["a", "b"]));
        Assert.Equal(["a", "b"], set.Names);
        Assert.Equal(2, set.Count);
        Assert.Equal("a+b", set.ToString());
    }

    [Fact]
    public void Of_OtherNames_IsAnotherSet()
    {
        Assert.NotEqual(EarmarkSet.Of(["a"]), EarmarkSet.Of(["b"]));
        Assert.NotEqual(EarmarkSet.Of(["a"]), EarmarkSet.Of(["a", "b"]));
        Assert.True(EarmarkSet.Of(["a"]) != EarmarkSet.None);
        Assert.False(EarmarkSet.Of(["a"]).Equals("a"));
    }

    [Fact]
    public void Default_IsTheEmptySet()
    {
        Assert.Equal(EarmarkSet.None, default);
        Assert.Equal(EarmarkSet.None.GetHashCode(), default(EarmarkSet).GetHashCode());
        Assert.Empty(default(EarmarkSet).Names);
        Assert.False(default(EarmarkSet).Contains("a"));
        Assert.Equal("", default(EarmarkSet).ToString());
    }

    [Fact]
    public void Names_OfASet_AreInByteOrder() => Assert.Equal(["a-b", "a0", "ab", "b"], EarmarkSet.Of(["b", "ab", "a0", "a-b"]).Names);

    [Fact]
    public void Contains_OfASet_IsTrueForItsSubsetsAlone()
    {
        var set = EarmarkSet.Of(["a", "b"]);

        Assert.True(set.Contains("a"));
        Assert.False(set.Contains("c"));
        Assert.True(set.Contains(EarmarkSet.None));
        Assert.True(set.Contains(EarmarkSet.Of(["b"])));
        Assert.True(set.Contains(set));
        Assert.False(set.Contains(EarmarkSet.Of(["a", "c"])));
        Assert.False(EarmarkSet.None.Contains(set));
    }
}
