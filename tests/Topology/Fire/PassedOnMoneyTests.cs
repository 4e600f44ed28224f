using FundingFlows.Fire;
using static FundingFlows.Topologies.Tests.Writing;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the run under fire finds of money that a standing instruction does not explain, and of what it should have passed on.</summary>
public sealed class PassedOnMoneyTests
{
    private const string Third = "cedar";
    private readonly JournalCopy journal = new("birch");
    private readonly EntryRef award = new() { Body = "ashby", Epoch = 1, Index = 7 };
    private readonly EntryRef first = new() { Body = "birch", Epoch = 1, Index = 70 };
    private readonly EntryRef second = new() { Body = "birch", Epoch = 1, Index = 71 };
    private readonly ulong instruction;

    public PassedOnMoneyTests() => instruction = Set();

    private string Finding => Assert.Single(new PassedOnMoney(journal).Findings());

    [Fact]
    public void Shares_OfWhatCame_AreNoFinding()
    {
        var came = Come(101);
        GoesOn(came, 0, first, 51);
        GoesOn(came, 1, second, 25);

        var checking = new PassedOnMoney(journal);
        Assert.Empty(checking.Findings());
        Assert.Equal(2, checking.Transfers);
    }

    [Fact]
    public void Pence_TooFewForAShare_MayStay()
    {
        GoesOn(Come(2), 0, first, 1);

        Assert.Empty(new PassedOnMoney(journal).Findings());
    }

    [Fact]
    public void Money_ThatComesWhileAnInstructionHasStopped_StaysUntilItIsResumed()
    {
        var came = Come(100);
        GoesOn(came, 0, first, 50);
        Stop();
        Come(100);
        journal.Write(new Fact { StandingInstructionResumed = new StandingInstructionResumed { Instruction = journal.At(instruction) } });
        var again = Come(100);
        GoesOn(again, 0, first, 50);
        GoesOn(again, 1, second, 25);

        Assert.Empty(new PassedOnMoney(journal).Findings());
    }

    [Fact]
    public void Share_ThatStayedBehind_IsFound()
    {
        GoesOn(Come(100), 0, first, 50);

        Assert.Equal("Of 100 pence that came to birch in entry 1 share 1 did not go on, and the instruction had not stopped.", Finding);
    }

    [Fact]
    public void Share_ThatStayedBehindWhenMoreCame_IsFound()
    {
        Come(100);
        var came = Come(100);
        GoesOn(came, 0, first, 50);
        GoesOn(came, 1, second, 25);

        Assert.StartsWith("Of 100 pence that came to birch in entry 1 share 0 did not go on", Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(52)]
    [InlineData(49)]
    public void Share_OfAnotherAmount_IsFound(long pence)
    {
        var came = Come(101);
        GoesOn(came, 0, first, pence);
        GoesOn(came, 1, second, 25);

        Assert.Equal($"{pence} pence went on from birch in entry 2, of 101 that came, and the instruction says 500000 in a million.", Finding);
    }

    [Fact]
    public void Share_ThatWentTwice_IsFound()
    {
        var came = Come(100);
        GoesOn(came, 0, first, 50);
        GoesOn(came, 0, first, 50);
        GoesOn(came, 1, second, 25);

        Assert.EndsWith("a second time of what came in entry 1.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Share_UnderAnotherAward_IsFound()
    {
        var came = Come(100);
        GoesOn(came, 0, second, 50);
        Stop();

        Assert.EndsWith("under another award than the instruction in entry 0 says.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Share_OfWhatCameBeforeTheInstruction_IsFound()
    {
        GoesOn(0, 0, first, 50);

        Assert.EndsWith("of what came in entry 0, and that is not what came last under the award.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Instruction_ThatThereIsNot_ExplainsNothing()
    {
        journal.Write(Sent(Third, 50, first, new PassedOn { Instruction = journal.At(9), Receipt = journal.At(1) }));

        Assert.EndsWith("because of an instruction in entry 9, and there is none.", Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Instruction_ThatHasStoppedOrEnded_ExplainsNothing(bool hasEnded)
    {
        var came = Come(100);
        if (hasEnded)
            journal.Write(new Fact { StandingInstructionEnded = new StandingInstructionEnded { Instruction = journal.At(instruction) } });
        else
            Stop();
        GoesOn(came, 0, first, 50);

        Assert.EndsWith("because of the instruction in entry 0, which was not in force.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Instruction_ThatWaits_ExplainsNothingBeforeItIsApproved()
    {
        var waiting = Set(waits: true);
        GoesOn(Come(100), 0, first, 50, waiting);
        journal.Write(new Fact { StandingInstructionApproved = new StandingInstructionApproved { Instruction = journal.At(waiting) } });
        var came = Come(100);
        GoesOn(came, 0, first, 50, waiting);
        GoesOn(came, 1, second, 25, waiting);

        Assert.EndsWith("which was not in force.", Finding, StringComparison.Ordinal);
    }

    private ulong Set(bool waits = false) => journal.Write(new Fact
    {
        StandingInstructionSet = new StandingInstructionSet
        {
            Award = award,
            Waits = waits,
            Shares = { new StandingShare { Award = first, PartsPerMillion = 500_000 }, new StandingShare { Award = second, PartsPerMillion = 250_000 } },
        },
    });

    private ulong Come(long pence) => journal.Write(Received(new DeliveryRef { Entry = award }, pence, award));

    private void Stop() => journal.Write(new Fact { StandingInstructionStopped = new StandingInstructionStopped { Instruction = journal.At(instruction) } });

    private void GoesOn(ulong receipt, uint share, EntryRef to, long pence, ulong? because = null) =>
        journal.Write(Sent(Third, pence, to, new PassedOn { Instruction = journal.At(because ?? instruction), Receipt = journal.At(receipt), Share = share }));
}
