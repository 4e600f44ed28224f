using FundingFlows.Fire;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the verifier must say so that a run holds: of every journal that it holds, and nothing less.</summary>
public sealed class VerifiersWordTests
{
    private const string Both = "a/1: holds. 7 entries, signed.\nb/1: holds. 5 entries, signed.\n2 journals hold: 12 entries.\n";

    [Fact]
    public void Verifier_ThatSaysOfAllThatTheyHold_IsNoFinding() => Assert.Empty(VerifiersWord.Findings(0, Both, 2));

    [Theory]
    [InlineData("")]
    [InlineData("3.1.4\n")]
    [InlineData("a/1: holds. 7 entries, signed.\n1 journal holds: 7 entries.\n")]
    public void Verifier_ThatEndsWellWithoutAWordOfEach_IsFound(string said) =>
        Assert.Matches("^The verifier ended as if all held, and said so of [01] of 2 journals\\.$", Assert.Single(VerifiersWord.Findings(0, said, 2)));

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "\n \n")]
    [InlineData(137, "a/1: holds. 7 entries, signed.\n")]
    public void Verifier_ThatEndsBadlyWithoutAWord_IsFoundByItsExitCode(int code, string said) =>
        Assert.Equal($"The verifier ended with the exit code {code}, and never said what is wrong.", Assert.Single(VerifiersWord.Findings(code, said, 2)));

    [Fact]
    public void Verifier_ThatSaysWhatIsWrong_IsQuoted() => Assert.Equal(
        ["The verifier says: b/1: Entry 3 is altered.", "The verifier says: 1 of 2 journals does not hold."],
        VerifiersWord.Findings(1, "a/1: holds. 7 entries, signed.\nb/1: Entry 3 is altered.\n1 of 2 journals does not hold.\n", 2));
}
