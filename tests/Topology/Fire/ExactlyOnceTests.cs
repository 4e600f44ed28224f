using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Fire;
using Google.Protobuf;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the run under fire finds in journals: whatever was accepted must stand there once, as it was answered; what was refused must not.</summary>
public sealed class ExactlyOnceTests
{
    private const string Payer = "ashby";
    private const string Other = "birch";
    private const long Pence = 12_34;
    private readonly JournalCopy journal = new(Payer);
    private readonly JournalCopy others = new(Other);

    private ExactlyOnce Journals => new([journal, others]);

    [Fact]
    public void Command_ThatStandsAsItWasAnswered_IsNoFinding()
    {
        var deed = Release();
        Record(journal, Release(), Pence);
        var first = Record(journal, deed, Pence, parts: 2);

        Assert.Empty(Journals.Findings([Accepted(deed, first, entries: 2)], []));
    }

    [Fact]
    public void Command_ThatIsGone_IsFound()
    {
        var deed = Release();
        var accepted = Accepted(deed, Record(new JournalCopy(Payer), deed, Pence));

        Assert.Equal($"ReleaseFunds {deed.CommandId} of ashby was accepted as ashby.1.0, and stands in no journal.", Finding(accepted));
    }

    [Fact]
    public void Command_ThatStandsTwice_IsFound()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence);
        Record(journal, Release(), Pence);
        Record(journal, deed, Pence);

        Assert.Equal($"ReleaseFunds {deed.CommandId} of ashby stands 2 times in the journal of ashby: in its entries 0, 2.", Finding(Accepted(deed, first)));
    }

    [Fact]
    public void Command_ThatStandsTwiceInARow_IsFound()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence);
        Record(journal, deed, Pence);

        Assert.Contains("stands 2 times", Finding(Accepted(deed, first)), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_OfWhichAPartIsMissing_IsFound()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence, parts: 3, recorded: 2);

        Assert.Contains("stands 2 times", Finding(Accepted(deed, first, entries: 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_ThatAnotherBodyCarriedOutToo_IsFound()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence);
        Record(others, deed, Pence);

        Assert.Equal($"ReleaseFunds {deed.CommandId} of ashby stands in the journal of birch too.", Finding(Accepted(deed, first)));
    }

    [Fact]
    public void Result_ThatWasAnotherOne_IsFound()
    {
        var deed = Release();
        var accepted = Accepted(deed, Record(journal, deed, Pence));
        var hash = accepted.Recorded.Clone();
        hash.LeafHash = ByteString.CopyFrom(new byte[32]);
        var place = accepted.Recorded.Clone();
        place.Reference.Index = 7;

        Assert.Contains("with the hash 000000000000", Finding(accepted with { Recorded = hash }), StringComparison.Ordinal);
        Assert.Contains("stands in entry 0", Finding(accepted with { Recorded = place }), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_ThatIsRecordedAsSomethingElse_IsFound()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence + 1);

        Assert.EndsWith("which says something else than was asked for.", Finding(Accepted(deed, first)), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_ThatCouldNeverBeAccepted_IsFoundWhenItWas()
    {
        var deed = Release() with { IsHopeless = true };
        var first = Record(journal, deed, Pence);

        Assert.EndsWith("and should never be.", Finding(Accepted(deed, first)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void Refusal_ThatHadAnEffect_IsFoundUnlessAnEarlierAttemptMayHaveComeLater(bool isSure, bool isHopeless, bool isFound)
    {
        var deed = Release() with { IsHopeless = isHopeless };
        Record(journal, deed, Pence);

        Assert.Equal(isFound ? 1 : 0, Journals.Findings([], [new Refused(deed, "NO", "no", isSure)]).Count());
    }

    [Fact]
    public void Refusal_WithTwoEffects_IsFoundWhateverCameFirst()
    {
        var deed = Release();
        Record(journal, deed, Pence);
        Record(journal, deed, Pence);

        Assert.Single(Journals.Findings([], [new Refused(deed, "NO", "no", IsSure: false)]));
    }

    [Fact]
    public void Refusal_WithoutEffect_IsNoFinding()
    {
        Record(journal, Release(), Pence);

        Assert.Empty(Journals.Findings([], [new Refused(Release(), "NO", "no", IsSure: true)]));
    }

    [Fact]
    public void Refusal_OfAnIdThatIsBound_IsNoFinding()
    {
        var deed = Release();
        var first = Record(journal, deed, Pence);

        Assert.Empty(Journals.Findings([Accepted(deed, first)], [new Refused(deed with { IsHopeless = true, BearsAnothersId = true }, "NO", "no", IsSure: true)]));
    }

    private string Finding(Acknowledged command) => Assert.Single(Journals.Findings([command], []));

    private static Deed Release()
    {
        var request = new ReleaseFundsRequest { Body = Payer, CommandId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), AmountPence = Pence };
        return new Deed(Payer, "approver", request, _ => throw new InvalidOperationException("It is not sent."), fact => fact.TransferSent?.AmountPence == Pence, _ => { });
    }

    /// <summary>Writes what a command did, in so many parts. Answers with the first entry and its hash.</summary>
    private static (int Index, ByteString Leaf) Record(JournalCopy to, Deed deed, long pence, int parts = 1, int? recorded = null)
    {
        var index = to.Entries.Count;
        for (var part = 1; part <= (recorded ?? parts); part++)
            to.Add(new Entry
            {
                Index = (ulong)to.Entries.Count,
                CommandId = deed.EntryId,
                Part = parts == 1 ? 0 : (uint)part,
                Parts = parts == 1 ? 0 : (uint)parts,
                Fact = new Fact { TransferSent = new TransferSent { AmountPence = pence } },
            }.ToByteArray());
        return (index, to.Entries[index].Leaf);
    }

    private static Acknowledged Accepted(Deed deed, (int Index, ByteString Leaf) first, int entries = 1) => new(
        deed,
        new Recorded
        {
            Entry = $"{Payer}.1.{first.Index}",
            Reference = new EntryRef { Body = Payer, Epoch = 1, Index = (ulong)first.Index },
            Entries = (uint)entries,
            LeafHash = first.Leaf,
        },
        Attempts: 1);
}
