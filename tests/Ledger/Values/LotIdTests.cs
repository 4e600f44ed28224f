using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Identifiers of lots, as text and as references.</summary>
public sealed class LotIdTests
{
    [Theory]
    [InlineData("E06000047.1.57.0", 0)]
    [InlineData("E06000047.1.57.255", 255)]
    [InlineData("E06000047.1.57.2147483647", int.MaxValue)]
    public void TryParse_OfAProperForm_ReadsItsParts(string text, int ordinal)
    {
        Assert.True(LotId.TryParse(text, out var id));
        Assert.Equal(new LotId(new EntryId("E06000047", 1, 57), ordinal), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("E06000047.1.57")]
    [InlineData("E06000047.1.57.")]
    [InlineData("E06000047.1.57.00")]
    [InlineData("E06000047.1.57.-1")]
    [InlineData("E06000047.1.57.1\0")]
    [InlineData("E06000047.1.57.2147483648")]
    [InlineData("E06000047.0.57.1")]
    [InlineData("E06000047.1.57.1.1")]
    public void TryParse_OfAnotherForm_IsFalse(string? text)
    {
        Assert.False(LotId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void LotId_WrittenAndRead_IsTheSame() => Gen.Select(EntryIdTests.Ids, Gen.Int[0, int.MaxValue]).Sample((entry, ordinal) =>
    {
        var id = new LotId(entry, ordinal);
        Assert.True(LotId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
        Assert.Equal(id, LotId.From(id.ToRef()));
        Assert.True(LotId.TryFrom(id.ToRef(), out var referenced));
        Assert.Equal(id, referenced);
    });

    [Fact]
    public void TryFrom_OfAReferenceThatNoLotHas_IsFalse()
    {
        LotRef Lot() => new() { Body = "a", Epoch = 1, Index = long.MaxValue, Ordinal = int.MaxValue };
        LotRef With(Action<LotRef> alters)
        {
            var lot = Lot();
            alters(lot);
            return lot;
        }

        Assert.True(LotId.TryFrom(Lot(), out _));
        Assert.False(LotId.TryFrom(null, out _));
        Assert.False(LotId.TryFrom(With(lot => lot.Body = "a.b"), out _));
        Assert.False(LotId.TryFrom(With(lot => lot.Epoch = 0), out _));
        Assert.False(LotId.TryFrom(With(lot => lot.Index++), out _));
        Assert.False(LotId.TryFrom(With(lot => lot.Ordinal++), out _));
    }

    [Fact]
    public void CompareTo_OfLots_GoesByEntryThenNumber()
    {
        LotId[] inOrder = [new(new("A", 1, 9), 10), new(new("A", 1, 10), 2), new(new("A", 1, 10), 10)];

        Assert.Equal(inOrder, inOrder.Reverse().Order());
    }
}
