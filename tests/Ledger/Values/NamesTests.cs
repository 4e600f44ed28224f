namespace FundingFlows.Ledger.Tests;

/// <summary>How things are named: each form with what it takes and what it does not.</summary>
public sealed class NamesTests
{
    private const string Long32 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Long33 = Long32 + "a";
    private const string Long48 = Long32 + "aaaaaaaaaaaaaaaa", Long64 = Long32 + Long32;

    [Theory]
    [InlineData("E06000047", true)]
    [InlineData("a", true)]
    [InlineData("a-b", true)]
    [InlineData(Long32, true)]
    [InlineData(Long33, false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a.b", false)]
    [InlineData("a_b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsBody_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsBody(text));

    [Theory]
    [InlineData("neighbourhood-led", true)]
    [InlineData("7", true)]
    [InlineData(Long32, true)]
    [InlineData(Long33, false)]
    [InlineData("Led", false)]
    [InlineData("a b", false)]
    [InlineData("a+b", false)]
    [InlineData("a-", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsName_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsName(text));

    [Theory]
    [InlineData("main-estimate-2026-27", true)]
    [InlineData(Long48, true)]
    [InlineData(Long48 + "a", false)]
    [InlineData("Main", false)]
    [InlineData("a-", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsSourceReference_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsSourceReference(text));

    [Theory]
    [InlineData("GOV.places", true)]
    [InlineData(Long32 + "." + Long32, true)]
    [InlineData("GOV", false)]
    [InlineData("GOV.", false)]
    [InlineData(".places", false)]
    [InlineData("GOV.places.more", false)]
    [InlineData("GOV.Places", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsFund_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsFund(text));

    [Theory]
    [InlineData("E05000001", true)]
    [InlineData("e05000001", false)]
    [InlineData("E0500001", false)]
    [InlineData("E050000011", false)]
    [InlineData("E0500000\u0661", false)]
    [InlineData(null, false)]
    public void IsPlace_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsPlace(text));

    [Theory]
    [InlineData("GB-CHC-1234567", true)]
    [InlineData("XI-EXAMPLE-a/b.c_d-e", true)]
    [InlineData("GB-COH-01234567890123456789012345678901234567890", false)]
    [InlineData("GB-CHC-", false)]
    [InlineData("GB-1234567", false)]
    [InlineData("gb-chc-1234567", false)]
    [InlineData("GB-CHC-12 34", false)]
    [InlineData(null, false)]
    public void IsOrganisation_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsOrganisation(text));

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789abcdeF", false)]
    [InlineData("0123456789abcdeg", false)]
    [InlineData(Long64, true)]
    [InlineData(Long64 + "a", false)]
    [InlineData(null, false)]
    public void IsPersonHandle_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsPersonHandle(text));

    [Theory]
    [InlineData("Better Places (2026)", true)]
    [InlineData("a", true)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\u00a0", false)]
    [InlineData("a\tb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLabel_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsLabel(text));

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void IsLabel_OfALength_IsAsDocumented(int length, bool expected) => Assert.Equal(expected, Names.IsLabel(new string('x', length)));

    [Theory]
    [InlineData("demo.2026-07-31", true)]
    [InlineData(Long64, true)]
    [InlineData(Long64 + "a", false)]
    [InlineData(".demo", false)]
    [InlineData("demo/1", false)]
    [InlineData(null, false)]
    public void IsFederation_OfAForm_IsAsDocumented(string? text, bool expected) => Assert.Equal(expected, Names.IsFederation(text));

    [Fact]
    public void Origin_OfABody_NamesFederationBodyAndEpoch() => Assert.Equal("demo/E06000047/2", Names.Origin("demo", "E06000047", 2));
}
