namespace FundingFlows.Allocations.Tests;

/// <summary>Indicators from files: every fault with its line and column, and nothing by half.</summary>
public sealed class CsvIndicatorsTests
{
    private const string Columns = """
        indicator,unit,source,as_of
        population,people,"ONS, mid-2024",2024-06-30
        need,score,MHCLG,2025-10-30
        """;

    private static Outcome<IndicatorTable> Read(string figures, string columns = Columns) =>
        CsvIndicators.Read(new CsvText("columns.csv", columns), new CsvText("places.csv", figures));

    private static IReadOnlyList<string> Faults(string figures, string columns = Columns) => [.. Read(figures, columns).Faults.Select(fault => fault.Sentence)];

    [Fact]
    public void Tables_WithColumnsInAnyOrder_AreRead()
    {
        var table = Read("need,region,name,id,population,group\r\n1.5,North,\"Place, the \"\"first\"\"\",a,100,G\r\n,South,Other,b,200,\r\n").Value;
        Assert.Equal([new Recipient("a", "Place, the \"first\"", "G"), new Recipient("b", "Other")], table.Recipients);
        Assert.Equal(new Indicator("population", "people", "ONS, mid-2024", new DateOnly(2024, 6, 30)), table.Find("population")!.Indicator);
        Assert.Equal(1.5m, table.Find("need")!.Figure(0));
        Assert.False(table.Find("need")!.Has(1));
        Assert.Null(table.Find("region"));
    }

    [Fact]
    public void EveryBadRow_IsTold_WithItsLineAndColumn() =>
        Assert.Equal(
            [
                "places.csv, line 4: the row has 3 fields and the header 4; put quotes around a field that holds a comma.",
                "places.csv, line 2, column population: \"1,000\" is no number: write digits and at most one point, without commas or units.",
                "places.csv, line 3, column id: a stands twice, first in line 2: remove one of the two.",
                "places.csv, line 3, column name: there is no name: write what people call it.",
                "places.csv, line 3, column population: -5 is below zero: write at least 0.",
                "places.csv, line 3, column need: 0.1234567 is too large or too fine: write at most 1,000,000,000,000, with at most 6 decimal places.",
                "places.csv, line 5, column id: there is no id: write the recipient's.",
                "places.csv, line 5, column need: \"NaN\" is no number: write digits and at most one point, without commas or units.",
            ],
            Faults("id,name,population,need\na,A,\"1,000\",1\na,,-5,0.1234567\nc,C,1\n,D,1,NaN\n"));

    [Fact]
    public void Ids_ThatLookLikeAnother_AreTold_WithTheirLines() =>
        Assert.Equal(
            [
                "places.csv, line 3, column id: e1 stands twice, first in line 2 as E1: remove one of the two.",
                "places.csv, line 4, column id: \"E1 \" starts or ends with a blank: remove it.",
                "places.csv, line 5, column id: \"E1<U+200B>\" holds the character U+200B, which cannot be seen: remove it.",
            ],
            Faults("id,name,population,need\nE1,A,1,1\ne1,B,1,1\nE1 ,C,1,1\nE1\u200B,D,1,1\n"));

    [Fact]
    public void LinesWithinQuotes_AreCounted() =>
        Assert.Equal(
            ["places.csv, line 4, column need: \"x\" is no number: write digits and at most one point, without commas or units."],
            Faults("id,name,population,need\na,\"A\nB\",1,1\nb,B,1,x\n"));

    [Fact]
    public void Quotes_WhereNoneMayStand_AreTold() =>
        Assert.Equal(
            ["places.csv, line 2: a quote stands where none may; put quotes around the whole field, and write two for each one inside it."],
            Faults("id,name,population,need\na,A \"B\" C\"\"\",1,1\n\"b,B,1,1\n"));

    [Fact]
    public void Header_ThatLacksColumns_OrNamesOneTwice_IsTold() =>
        Assert.Equal(
            [
                "places.csv, line 1, column name: the header lacks it: add this column.",
                "places.csv, line 1, column need: the header lacks it: add this column.",
                "places.csv, line 1, column population: the header names it twice: remove one of the two.",
            ],
            Faults("id,population,population\na,1,1\n"));

    [Fact]
    public void EmptyTable_IsTold()
    {
        Assert.Equal(["places.csv, line 2: there is no row below the header; add one."], Faults("id,name,population,need\n"));
        Assert.Equal(4, Faults("").Count);
    }

    [Fact]
    public void Descriptions_WithFaults_AreTold() =>
        Assert.Equal(
            [
                "columns.csv, line 2, column indicator: \"Need\" cannot name an indicator: write lower-case letters, digits and underscores, a letter first, at most 64.",
                "columns.csv, line 2, column unit: there is no unit: write it.",
                "columns.csv, line 2, column source: there is no source: write it.",
                "columns.csv, line 2, column as_of: \"2025-13-01\" is no date: write it as 2026-04-01.",
                "columns.csv, line 4, column indicator: people stands twice: remove one of the two.",
            ],
            Faults("id,name,people\na,A,1\n", "indicator,unit,source,as_of\nNeed,,,2025-13-01\npeople,people,ONS,2024-06-30\npeople,people,ONS,2024-06-30\n"));

    /// <summary>A decimal number holds 28 digits and rounds what is behind: what was written counts, not what it was rounded to.</summary>
    [Theory]
    [InlineData("1.00000000000000000000000000000000001", "1.00000000000000000000000000000000001 is too large or too fine")]
    [InlineData("-0.0000000000000000000000000000000001", "-0.0000000000000000000000000000000001 is below zero")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999 is too large or too fine")]
    [InlineData("1.2.3", "\"1.2.3\" is no number")]
    [InlineData("-", "\"-\" is no number")]
    [InlineData("1e9", "\"1e9\" is no number")]
    public void Figure_ThatNoNumberHolds_IsTold(string figure, string sentence) =>
        Assert.StartsWith($"places.csv, line 2, column need: {sentence}", Assert.Single(Faults($"id,name,population,need\na,A,1,{figure}\n")), StringComparison.Ordinal);

    [Fact]
    public void Blanks_AndDaysOfNoFigure_AreTold() =>
        Assert.Equal(
            [
                "columns.csv, line 2, column unit: there is no unit: write it.",
                "columns.csv, line 2, column source: there is no source: write it.",
                "columns.csv, line 2, column as_of: 9999-01-01 is no day that figures are of: write one from 1800 to 2200.",
                "places.csv, line 2, column id: there is no id: write the recipient's.",
                "places.csv, line 2, column name: there is no name: write what people call it.",
            ],
            Faults("id,name,people\n , ,1\n", "indicator,unit,source,as_of\npeople, , ,9999-01-01\n"));

    [Fact]
    public void MissingFigure_IsToldWithItsLineAndColumn()
    {
        var table = Read("id,name,population,need\nb,\"B\nTown\",2,\na,A,1,1\n").Value;
        var fault = Assert.Single(Run.Of(new RunInputs(Some.Formula([new ByNeed("score", 10_000, "population", "need", Power.One)]), Some.Pot(100), table)).Faults);
        Assert.Equal(("b", "places.csv, line 2, column need: score needs need of B\nTown (b), and there is no figure."), (fault.Item, fault.Sentence));
    }
}
