namespace FundingFlows.Allocations.Tests;

/// <summary>What a table is refused for.</summary>
public sealed class IndicatorTableTests
{
    private static IReadOnlyList<string> Faults(IReadOnlyList<Indicator> indicators, params (Recipient, IReadOnlyList<decimal?>)[] rows) =>
        [.. IndicatorTable.Of(indicators, rows).Faults.Select(fault => fault.Sentence)];

    private static (Recipient, IReadOnlyList<decimal?>) Row(string id, params decimal?[] figures) => (new Recipient(id, $"Place {id}"), figures);

    [Fact]
    public void Table_WithTheSameRecipientTwice_IsRefused() =>
        Assert.Equal(["The recipient a is there 3 times: name each once."], Faults([], Row("a"), Row("b"), Row("a"), Row("a")));

    [Fact]
    public void Table_WithARecipientInCapitalsAndNot_IsRefused() =>
        Assert.Equal(["The recipient e1 is there 2 times: name each once."], Faults([], Row("e1"), Row("b"), Row("E1")));

    [Theory]
    [InlineData(" a", "The id \" a\" starts or ends with a blank: remove it.")]
    [InlineData("a ", "The id \"a \" starts or ends with a blank: remove it.")]
    [InlineData("a\t", "The id \"a<U+0009>\" holds the character U+0009, which cannot be seen: remove it.")]
    [InlineData("a\u200Bb", "The id \"a<U+200B>b\" holds the character U+200B, which cannot be seen: remove it.")]
    [InlineData("\uFEFFa", "The id \"<U+FEFF>a\" holds the character U+FEFF, which cannot be seen: remove it.")]
    [InlineData("a\u00A0b", "The id \"a<U+00A0>b\" holds the character U+00A0, which cannot be seen: remove it.")]
    [InlineData("a\u3164", "The id \"a<U+3164>\" holds the character U+3164, which cannot be seen: remove it.")]
    [InlineData("e\u0301", "The id \"e<U+0301>\" holds the character U+0301, which cannot be seen: remove it.")]
    [InlineData("a\U000E0001", "The id \"a<U+E0001>\" holds the character U+E0001, which cannot be seen: remove it.")]
    public void Id_ThatLooksLikeAnother_IsRefused(string id, string sentence) => Assert.Equal([sentence], Faults([], Row("a"), Row(id)));

    [Theory]
    [InlineData("Ynys M\u00F4n")]
    [InlineData("E06000047")]
    public void Id_OfWhichAllIsSeen_IsTaken(string id) => Assert.Empty(Faults([], Row(id)));

    [Fact]
    public void Table_WithTheSameIndicatorTwice_IsRefused() =>
        Assert.Equal(["The indicator population is there twice: name each once."], Faults([Some.People(), Some.People()], Row("a", 1m, 2m)));

    [Fact]
    public void Table_OfNobody_OrOfTooMany_IsRefused()
    {
        Assert.Equal(["There are 0 recipients: name 1 to 100,000."], Faults([]));
        Assert.Equal(["There are 100,001 recipients: name 1 to 100,000."], Faults([], [.. Enumerable.Range(0, 100_001).Select(i => Row($"{i}"))]));
    }

    [Theory]
    [InlineData("-1", "population of a is -1: it cannot be below zero.")]
    [InlineData("1000000000001", "population of a is 1000000000001: write at most 1,000,000,000,000, with at most 6 decimal places.")]
    [InlineData("0.0000001", "population of a is 0.0000001: write at most 1,000,000,000,000, with at most 6 decimal places.")]
    public void Figure_OutOfBounds_IsRefused(string figure, string sentence) =>
        Assert.Equal([sentence], Faults([Some.People()], Row("a", decimal.Parse(figure, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Names_ThatAreNone_AreRefused() =>
        Assert.Equal(
            [
                "\"Population 2024\" cannot name an indicator: write lower-case letters, digits and underscores, a letter first, at most 64.",
                "The indicator need has no unit or no source: say both.",
                "A recipient has no id or no name (id \"\", name \"Place \"): say both.",
                "b has 1 figures for 2 indicators: give one for each, or none in its place.",
            ],
            Faults([Some.People("Population 2024"), Some.Score() with { Unit = "" }], Row("", 1m, 1m), Row("b", 1m)));

    [Fact]
    public void Rows_AreKeptInTheOrderOfTheirIds()
    {
        var table = IndicatorTable.Of([Some.People()], [Row("b", 2.50m), Row("a", 1m), Row("C", 3.125m)]).Value;
        Assert.Equal(["C", "a", "b"], table.Recipients.Select(recipient => recipient.Id));
        Assert.Equal(2, table.IndexOf("b"));
        Assert.Null(table.IndexOf("c"));
        var people = table.Find("population")!;
        Assert.Equal(3, people.Decimals);
        Assert.Equal([3_125, 1_000, 2_500], Enumerable.Range(0, 3).Select(people.Scaled));
    }
}
