using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Fire;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the run under fire finds of entries, and of money, that nobody commanded.</summary>
public sealed class CommandedTests
{
    private const long Pence = 12_34;
    private readonly JournalCopy journal = new("ashby");
    private readonly Deed release = Release();

    private static Fact Paid => new() { PaymentMade = new PaymentMade { AmountPence = Pence } };

    [Fact]
    public void Entry_OfACommandThatWasAccepted_IsNoFinding()
    {
        journal.Write(release, Writing.Sent("birch", Pence));

        Assert.Empty(Findings(accepted: [release]));
    }

    [Fact]
    public void Entry_OfACommandThatNobodyGave_IsFoundWithItsMoney()
    {
        journal.Write(release, Writing.Sent("birch", Pence));

        Assert.Equal($"Entry 0 of ashby (TransferSent, 1234 pence) carries out the command {release.CommandId}, which nobody gave.", Assert.Single(Findings()));
    }

    [Fact]
    public void Entry_OfACommandWithoutAnswer_IsNoFinding()
    {
        journal.Write(release, Writing.Sent("birch", Pence));

        Assert.Empty(Findings(others: [release]));
    }

    [Fact]
    public void Entry_OfACommandWithoutAnswerThatSaysSomethingElse_IsFound()
    {
        journal.Write(release, Writing.Sent("birch", Pence + 1));

        Assert.Equal($"Entry 0 of ashby (TransferSent, 1235 pence) carries out {release}, which asked for something else.", Assert.Single(Findings(others: [release])));
    }

    [Fact]
    public void Entry_OfACommandThatWasGivenToAnother_IsFound()
    {
        var others = new JournalCopy("birch");
        others.Write(release, Writing.Sent("cedar", Pence));

        Assert.Single(new Commanded([], [release], []).Findings([others]));
    }

    [Fact]
    public void Command_UnderAnothersId_ExplainsNothing()
    {
        journal.Write(release, Writing.Sent("birch", Pence));

        Assert.Single(Findings(others: [release with { BearsAnothersId = true }]));
    }

    [Fact]
    public void Money_ThatNobodyCommanded_IsFound()
    {
        journal.Write(new Fact { MoneyIssued = new MoneyIssued { AmountPence = 5 } }, Writing.Sent("birch", 6));
        journal.Write(Paid);

        Assert.Equal(
            [
                "Entry 0 of ashby (MoneyIssued, 5 pence) is nothing that a body does by itself, and nobody commanded it.",
                "Entry 1 of ashby (TransferSent, 6 pence) is nothing that a body does by itself, and nobody commanded it.",
                "Entry 2 of ashby (PaymentMade, 1234 pence) is nothing that a body does by itself, and nobody commanded it.",
            ],
            Findings());
    }

    [Fact]
    public void Body_MayDoByItselfWhatAnswersOthersAndWhatItHasSaidBefore()
    {
        journal.Write(new Fact { Genesis = new Genesis() });
        journal.Write(Writing.Received(journal.DeliveryOf(3), Pence));
        journal.Write(Writing.Refused(journal.DeliveryOf(4)));
        journal.Write(Writing.Settled(journal.At(5)));
        journal.Write(Writing.Reversed(journal.At(6), Pence));
        journal.Write(new Fact { AwardCommitted = new AwardCommitted { Delivery = journal.DeliveryOf(7) } });
        journal.Write(new Fact { DeliverySettled = new DeliverySettled { Delivery = new Addressed() } });
        journal.Write(Writing.Sent("birch", Pence, because: new PassedOn()));
        journal.Write(new Fact { StandingInstructionStopped = new StandingInstructionStopped() });

        Assert.Empty(Findings());
    }

    [Fact]
    public void Command_OfBeforeTheLoad_IsKnownAndStandsOnce()
    {
        journal.Write(release, Writing.Sent("birch", 1), Writing.Sent("birch", 1));
        Assert.Empty(Findings(before: [release.CommandId]));

        journal.Write(release, Writing.Sent("birch", 2));

        Assert.Equal($"The command {release.CommandId}, of before the load, stands 2 times: in ashby, ashby.", Assert.Single(Findings(before: [release.CommandId])));
    }

    private List<string> Findings(Deed[]? accepted = null, Deed[]? others = null, string[]? before = null) =>
        [.. new Commanded(accepted ?? [], others ?? [], before ?? []).Findings([journal])];

    private static Deed Release()
    {
        var request = new ReleaseFundsRequest { Body = "ashby", CommandId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), AmountPence = Pence };
        return new Deed("ashby", "approver", request, _ => throw new InvalidOperationException("It is not sent."), fact => fact.TransferSent?.AmountPence == Pence, _ => { });
    }
}
