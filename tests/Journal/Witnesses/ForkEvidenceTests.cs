using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>Evidence shows two histories, whatever their sizes, and nothing honest can be made to look like it.</summary>
public sealed class ForkEvidenceTests
{
    private const int Parting = 11;
    private static readonly TwoHistories Histories = new(Parting);

    [Fact]
    public void TwoRoots_OfOneSize_AreEvidence()
    {
        var evidence = Written(ForkEvidence.Of(TwoHistories.Sign(Histories.First, 20), TwoHistories.Sign(Histories.Second, 20))!);

        Assert.Null(evidence.Fault());
        Assert.Equal($"{ExampleNotes.Own.Name} told two histories: it signed two different roots of 20 entries.", evidence.Sentence());
    }

    [Fact]
    public void AnotherRoot_AtAnEarlierSize_IsEvidence_WhateverTheSizes()
    {
        for (var later = Parting + 2; later <= 40; later++)
        {
            for (var earlier = Parting + 1; earlier < later; earlier++)
                Assert.Null(Written(Histories.Of(earlier, later)).Fault());
        }
    }

    [Fact]
    public void Proof_ThatTheBodyItselfGave_SaysTheOtherRoot_UnlessThatIsASubtree()
    {
        for (var later = 2; later <= 40; later++)
        {
            for (var earlier = 1; earlier < later; earlier++)
            {
                var said = ConsistencyProofs.OldRoot(earlier, later, Histories.Second.Consistency(earlier, later), Histories.Second.Root(later));
                Assert.Equal(long.IsPow2(earlier) ? null : Histories.Second.Root(earlier), said);
            }
        }
        Assert.Null(ConsistencyProofs.OldRoot(7, 20, Histories.Second.Consistency(7, 20), Histories.First.Root(20)));
        Assert.Null(ConsistencyProofs.OldRoot(7, 20, [], Histories.Second.Root(20)));
        Assert.Null(ConsistencyProofs.OldRoot(7, 20, [.. Histories.Second.Consistency(7, 20), []], Histories.Second.Root(20)));
    }

    [Fact]
    public void OneHistory_IsNoEvidence()
    {
        for (var later = 2; later <= 40; later++)
        {
            Assert.Null(ForkEvidence.Of(TwoHistories.Sign(Histories.First, later), TwoHistories.Sign(Histories.First, later)));
            for (var earlier = 1; earlier < later; earlier++)
                Assert.Null(ForkEvidence.Of(
                    TwoHistories.Sign(Histories.First, earlier), TwoHistories.Sign(Histories.First, later), Histories.First.Root(earlier), Histories.First.Consistency(earlier, later)));
        }
    }

    [Fact]
    public void Histories_ThatHaveNotPartedYet_AreNoEvidence() =>
        Assert.Null(ForkEvidence.Of(TwoHistories.Sign(Histories.First, Parting), TwoHistories.Sign(Histories.Second, 30), Histories.Second.Root(Parting), Histories.Second.Consistency(Parting, 30)));

    [Fact]
    public void Hashes_OfAnotherTree_AreNoEvidence() =>
        Assert.Null(ForkEvidence.Of(TwoHistories.Sign(Histories.First, 20), TwoHistories.Sign(Histories.First, 30), Histories.Second.Root(20), Histories.Second.Consistency(20, 30)));

    [Fact]
    public void Checkpoints_OfTwoJournals_AreNoEvidence()
    {
        var elsewhere = VerifierKey.Of("fed.example/DLUHC/2", ExampleNotes.Signer.PublicKey);
        var other = new SignedCheckpoint(new Checkpoint(elsewhere.Name, 20, Histories.Second.Root(20)).Sign(elsewhere, ExampleNotes.Signer), elsewhere);

        Assert.Null(ForkEvidence.Of(TwoHistories.Sign(Histories.First, 20), other));
    }

    [Fact]
    public void Checkpoint_ThatSomebodyElseSigned_IsNoEvidence()
    {
        using var another = BodyKey.Generate();
        var text = new Checkpoint(ExampleNotes.Own.Name, 20, Histories.Second.Root(20));

        Assert.Null(ForkEvidence.Of(TwoHistories.Sign(Histories.First, 20), new SignedCheckpoint(text.Sign(ExampleNotes.Own, another), ExampleNotes.Own)));
    }

    [Fact]
    public void Checkpoints_OfTwoKeysOfOneBody_AreEvidence()
    {
        using var later = BodyKey.Generate();
        var key = VerifierKey.Of(ExampleNotes.Own.Name, later.PublicKey);
        var other = new SignedCheckpoint(new Checkpoint(key.Name, 20, Histories.Second.Root(20)).Sign(key, later), key);

        Assert.Null(Written(ForkEvidence.Of(TwoHistories.Sign(Histories.First, 20), other)!).Fault());
    }

    [Fact]
    public void WhatOthersSigned_IsLeftOut()
    {
        var cosigned = TwoHistories.Sign(Histories.First, 20) is var first ? first with { Note = first.Note + ExampleNotes.LineOf("anybody") } : null!;

        var evidence = ForkEvidence.Of(cosigned, TwoHistories.Sign(Histories.Second, 20))!;

        Assert.Equal(first.Note, evidence.Earlier.Note);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(20, 33)]
    public void File_WithAnyByteChanged_ProvesNothing(int earlier, int later)
    {
        var text = Evidence(earlier, later).ToString();
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var altered = bytes.ToArray();
            altered[i] ^= 1;
            Assert.False(ForkEvidence.TryParse(Encoding.UTF8.GetString(altered), out var evidence) && evidence.Fault() is null, $"byte {i}");
        }
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(20, 33)]
    public void File_WithALineLeftOutOrTwice_ProvesNothing(int earlier, int later)
    {
        var lines = Evidence(earlier, later).ToString().Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
        {
            string[] without = [.. lines.Where((_, at) => at != i)];
            string[] twice = [.. lines.Take(i), lines[i], .. lines.Skip(i)];
            foreach (var written in (string[][])[without, twice])
                // A signature that stands twice is the same signature.
                Assert.True(
                    !ForkEvidence.TryParse(string.Join('\n', written), out var evidence) || evidence.Fault() is not null || (written == twice && lines[i].StartsWith('\u2014')), $"line {i}: {lines[i]}");
        }
        Assert.False(ForkEvidence.TryParse(string.Join("\r\n", lines), out _));
        Assert.False(ForkEvidence.TryParse("", out _));
    }

    [Fact]
    public void Evidence_OfEqualSizes_HoldsNoHashes()
    {
        var evidence = Evidence(20, 20) with { OtherRoot = Histories.Second.Root(20) };

        Assert.NotNull(Written(evidence).Fault());
    }

    private static ForkEvidence Evidence(long earlier, long later) => earlier < later ? Histories.Of(earlier, later)
        : ForkEvidence.Of(TwoHistories.Sign(Histories.First, earlier), TwoHistories.Sign(Histories.Second, later))!;

    /// <summary>As it is after it was written and read.</summary>
    private static ForkEvidence Written(ForkEvidence evidence)
    {
        Assert.True(ForkEvidence.TryParse(evidence.ToString(), out var read));
        Assert.Equal(evidence.ToString(), read.ToString());
        return read;
    }
}
