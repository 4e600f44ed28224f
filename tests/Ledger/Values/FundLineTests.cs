using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>What a pound may be used for, and when one line permits all that another does.</summary>
public sealed class FundLineTests
{
    private static readonly FundLine Wide = new("GOV.places", Kind.Either, new Years(2026, 2028), EarmarkSet.None);

    private static readonly Gen<FundLine> Lines =
        from fund in Gen.OneOf("GOV.a", "GOV.b")
        from kind in Gen.OneOf(Kind.Capital, Kind.Revenue, Kind.Either)
        from first in Gen.Int[2026, 2028]
        from last in Gen.Int[first, 2028]
        from earmarks in Gen.OneOf("a", "b", "c").Array[0, 3]
        select new FundLine(fund, kind, new Years(first, last), EarmarkSet.Of(earmarks));

    [Fact]
    public void Contains_OfEither_IsTrueForEachKind()
    {
        Assert.True(Wide.Contains(Wide with { Kind = Kind.Capital }));
        Assert.True(Wide.Contains(Wide with { Kind = Kind.Revenue }));
        Assert.False((Wide with { Kind = Kind.Capital }).Contains(Wide));
        Assert.False((Wide with { Kind = Kind.Capital }).Contains(Wide with { Kind = Kind.Revenue }));
    }

    [Fact]
    public void Contains_OfAnotherFund_IsFalse() => Assert.False(Wide.Contains(Wide with { Fund = "GOV.parks" }));

    [Fact]
    public void Contains_OfYears_IsTrueWithinTheWindow()
    {
        Assert.True(Wide.Contains(Wide with { Years = new Years(2027, 2027) }));
        Assert.False(Wide.Contains(Wide with { Years = new Years(2025, 2027) }));
        Assert.False(Wide.Contains(Wide with { Years = new Years(2027, 2029) }));
    }

    [Fact]
    public void Contains_OfEarmarks_IsTrueWhenNoneIsLost()
    {
        var kept = Wide with { Earmarks = Write.Kept("a") };

        Assert.True(Wide.Contains(kept));
        Assert.True(kept.Contains(Wide with { Earmarks = Write.Kept("a", "b") }));
        Assert.False(kept.Contains(Wide));
        Assert.False(kept.Contains(Wide with { Earmarks = Write.Kept("b") }));
    }

    [Fact]
    public void Contains_OfLines_IsAnOrder() => Gen.Select(Lines, Lines, Lines).Sample((a, b, c) =>
    {
        Assert.True(a.Contains(a));
        Assert.True(!(a.Contains(b) && b.Contains(a)) || a == b);
        Assert.True(!(a.Contains(b) && b.Contains(c)) || a.Contains(c));
    });

    /// <summary>Accounts are kept in a sorted dictionary: lines that compare as equal would share an account.</summary>
    [Fact]
    public void CompareTo_OfLines_IsZeroForEqualLinesAlone() => Gen.Select(Lines, Lines).Sample((a, b) =>
    {
        Assert.Equal(a == b, a.CompareTo(b) == 0);
        Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
        Assert.Equal(a == b, a.ToString() == b.ToString());
    });

    [Fact]
    public void FundLine_WrittenAndRead_IsTheSame() => Lines.Sample(line => Assert.Equal(line, FundLine.From(line.ToLine())));
}
