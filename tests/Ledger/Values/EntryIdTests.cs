using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Identifiers of entries, as text and as references.</summary>
public sealed class EntryIdTests
{
    [Theory]
    [InlineData("E06000047.1.57", "E06000047", 1u, 57)]
    [InlineData("a.1.0", "a", 1u, 0)]
    [InlineData("a-b.4294967295.9223372036854775807", "a-b", uint.MaxValue, long.MaxValue)]
    public void TryParse_OfAProperForm_ReadsItsParts(string text, string body, uint epoch, long index)
    {
        Assert.True(EntryId.TryParse(text, out var id));
        Assert.Equal(new EntryId(body, epoch, index), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("E06000047")]
    [InlineData("E06000047.1")]
    [InlineData("E06000047.1.57.0")]
    [InlineData(".1.57")]
    [InlineData("-a.1.57")]
    [InlineData("a-.1.57")]
    [InlineData("a b.1.57")]
    [InlineData("a.0.57")]
    [InlineData("a.01.57")]
    [InlineData("a.1.057")]
    [InlineData("a.1.00")]
    [InlineData("a.1.-1")]
    [InlineData("a.1.+1")]
    [InlineData("a.1. 1")]
    [InlineData("a.1.1 ")]
    [InlineData("a.1.1\0")]
    [InlineData("a.1\0.1")]
    [InlineData("a.1.1\n")]
    [InlineData("a.1.")]
    [InlineData("a.1.1,000")]
    [InlineData("a.1.0x1")]
    [InlineData("a.1.\u0663")]
    [InlineData("a.4294967296.1")]
    [InlineData("a.1.9223372036854775808")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.1.1")]
    public void TryParse_OfAnotherForm_IsFalse(string? text)
    {
        Assert.False(EntryId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void EntryId_WrittenAndRead_IsTheSame() => Ids.Sample(id =>
    {
        Assert.True(EntryId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
        Assert.Equal(id, EntryId.From(id.ToRef()));
        Assert.True(EntryId.TryFrom(id.ToRef(), out var referenced));
        Assert.Equal(id, referenced);
    });

    [Fact]
    public void TryFrom_OfAReferenceThatNoEntryHas_IsFalse()
    {
        Assert.False(EntryId.TryFrom(null, out _));
        Assert.False(EntryId.TryFrom(new EntryRef(), out _));
        Assert.False(EntryId.TryFrom(new EntryRef { Body = "a b", Epoch = 1 }, out _));
        Assert.False(EntryId.TryFrom(new EntryRef { Body = "a", Epoch = 0 }, out _));
        Assert.False(EntryId.TryFrom(new EntryRef { Body = "a", Epoch = 1, Index = (ulong)long.MaxValue + 1 }, out _));
        Assert.True(EntryId.TryFrom(new EntryRef { Body = "a", Epoch = 1, Index = long.MaxValue }, out _));
    }

    [Fact]
    public void CompareTo_OfEntries_GoesByBodyThenEpochThenNumber()
    {
        EntryId[] inOrder = [new("A", 1, 9), new("A", 1, 10), new("A", 2, 0), new("B", 1, 0), new("a", 1, 0)];

        Assert.Equal(inOrder, inOrder.Reverse().Order());
    }

    internal static Gen<EntryId> Ids { get; } =
        from body in Gen.Char["abcXYZ019"].Array[1, 32].Select(letters => new string(letters))
        from epoch in Gen.UInt[1, uint.MaxValue]
        from index in Gen.Long[0, long.MaxValue]
        select new EntryId(body, epoch, index);
}
