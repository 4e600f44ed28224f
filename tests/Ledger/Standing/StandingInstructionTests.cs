using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Money that is passed on without a person, by all rules that hold for a release, until the first refusal.</summary>
public sealed class StandingInstructionTests
{
    private readonly Stage stage = new();

    private Books Council => stage.Council.Books;

    [Fact]
    public void Money_ThatComes_GoesOnAtOnceAsAChildOfWhatCame()
    {
        var instruction = stage.Council.Do(stage.Passes(250_000));
        var receipt = Council.Next;
        stage.Comes(1_001);

        var sent = Council.Transfers.Sent[^1];
        Assert.Equal((receipt with { Index = receipt.Index + 1 }, 250, TransferPurpose.Allocation, instruction), (sent.Id, sent.AmountPence, sent.Purpose, sent.PassedOnBy));
        var came = Assert.Single(Council.Lots.All, lot => lot.Id.Entry == receipt);
        Assert.Equal(came.Id, Assert.Single(sent.Pieces).Lot);
        Assert.Equal(751, came.RemainingPence);
        Assert.Equal(6_250, stage.Forum.Balance(Account.Received));
        Assert.Equal(250, Council.Standing.Find(instruction)!.PassedOnPence);
        var fact = Assert.Single(stage.Council.Facts(sent.Id)).TransferSent;
        Assert.Equal(new PassedOn { Instruction = instruction.ToRef(), Receipt = receipt.ToRef() }, fact.PassedOn);
        stage.Federation.MustHold();
        ReplayEqualsLive();
    }

    [Fact]
    public void Shares_OfAnyAmount_AreWholePenceAndNeverMoreThanTheirParts() => Gen.Select(
        Gen.Int[1, 15_000].Array[1, StandingInstruction.MostShares], Gen.Long[1, 1_000_000_000_000_000]).Sample((parts, pence) =>
    {
        var shares = parts.Select((part, i) => new StandingPart(new EntryId("E06000001", 1, i), part)).ToList();
        var split = new StandingInstruction(new EntryId("E06000001", 1, 1), default, shares, "", waits: false).Split(pence);

        Assert.All(split.Zip(parts), pair => Assert.InRange(pair.First - ((Int128)pence * pair.Second / StandingInstruction.Whole), 0, 1));
        Assert.InRange(split.Sum(), 0, pence);
        if (parts.Sum() == StandingInstruction.Whole)
            Assert.Equal(pence, split.Sum());
    });

    [Fact]
    public void Pennies_ThatAreTooFewForAll_GoToTheLargestRemaindersAndNothingIsSentOfNothing()
    {
        var other = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 500, Write.Led));
        stage.Council.Do(stage.Passes() with { Shares = [new StandingPart(stage.ForumAward, 300_000), new StandingPart(other, 600_000)] });
        var before = Council.Transfers.Sent.Count;
        stage.Comes(1);

        var sent = Assert.Single(Council.Transfers.Sent.Skip(before));
        Assert.Equal((other, 1), (sent.Award, sent.AmountPence));
        ReplayEqualsLive();
    }

    /// <summary>Else it would be looked at again with each command.</summary>
    [Theory]
    [InlineData(600_000, 300_000, 1)]
    [InlineData(300_000, 600_000, 1)]
    [InlineData(300_000, 300_000, 0)]
    public void Shares_OfNothing_LeaveNothingToDo(int first, int second, int sent)
    {
        var other = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 500, Write.Led));
        stage.Council.Do(stage.Passes() with { Shares = [new StandingPart(stage.ForumAward, first), new StandingPart(other, second)] });
        var before = Council.Transfers.Sent.Count;
        stage.Comes(1);

        Assert.Equal(sent, Council.Transfers.Sent.Count - before);
        Assert.False(Council.Standing.HasWork);
        Assert.Null(PassingOn.Due(Council));
        ReplayEqualsLive();
    }

    [Fact]
    public void Instruction_AtTheFirstRefusal_StopsWithItsReasonAndLeavesTheRest()
    {
        var other = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 100, Write.Led));
        var last = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 500, Write.Led));
        var id = stage.Council.Do(stage.Passes() with { Shares = [new StandingPart(stage.ForumAward, 100_000), new StandingPart(other, 200_000), new StandingPart(last, 1)] });
        var before = Council.Transfers.Sent.Count;
        stage.Comes(1_000);
        stage.Comes(1_000);

        Assert.Equal(100, Assert.Single(Council.Transfers.Sent.Skip(before)).AmountPence);
        var instruction = Council.Standing.Find(id)!;
        Assert.Equal(StandingStage.Stopped, instruction.State);
        Assert.Equal((other, 1, 200, "RELEASE_FUNDS_PROMISE_EXCEEDED"), (instruction.Stop!.To, instruction.Stop.Share, instruction.Stop.AmountPence, instruction.Stop.Reason));
        Assert.Equal($"£2 was not passed on under {other}: the award leaves less than that.", instruction.Stop.Sentence);
        Refused.MustBePlain(instruction.Stop.Sentence);
        stage.Federation.MustHold();
        ReplayEqualsLive();
    }

    [Fact]
    public void Instruction_Resumed_PassesOnWhatComesFromThenOn()
    {
        var id = stage.HasStopped();
        stage.Council.Do(new ResumeStandingInstruction(id));
        Assert.Equal(0, Council.Standing.Find(id)!.PassedOnPence);
        stage.Comes(1_000);

        Assert.Equal(1_000, Council.Standing.Find(id)!.PassedOnPence);
        ReplayEqualsLive();
    }

    [Fact]
    public void Instruction_EndedOrWaiting_PassesNothingOn()
    {
        var id = stage.Council.Do(stage.Passes());
        stage.Council.Do(new EndStandingInstruction(id));
        var waiting = stage.Waits();
        var before = Council.Transfers.Sent.Count;
        stage.Comes(1_000);
        stage.Federation.Releases(stage.Government, Council.Standing.Find(waiting)!.Line.Award, 0, 1_000);
        Assert.Equal(before, Council.Transfers.Sent.Count);

        stage.Council.DoAs(Preparing.Second, new ApproveStandingInstruction(waiting));
        stage.Federation.Releases(stage.Government, Council.Standing.Find(waiting)!.Line.Award, 0, 1_000);
        Assert.Equal(500, Assert.Single(Council.Transfers.Sent.Skip(before)).AmountPence);
        Assert.True(stage.Council.Decide(stage.Passes()).Facts.Count > 0);
        ReplayEqualsLive();
    }

    [Fact]
    public void Instruction_OfAnAwardThatIsOver_HasLapsedAndPassesNothingOn()
    {
        var id = stage.Council.Do(stage.Passes());
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.KeptForForums, 1_000);
        stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        var before = Council.Transfers.Sent.Count;
        stage.Federation.Settle();

        Assert.Equal(TransferStage.Settled, stage.Government.Books.Transfers.Find(transfer)!.State);
        Assert.Equal(before, Council.Transfers.Sent.Count);
        Assert.True(Council.Standing.Find(id)!.HasLapsed(Council));
    }

    public static TheoryData<string, string> Stops => new()
    {
        { "a suspended agreement", "RELEASE_FUNDS_AGREEMENT_SUSPENDED" },
        { "an agreement that has ended", "RELEASE_FUNDS_AGREEMENT_ENDED" },
        { "a body that ends", "BODY_CLOSING" },
        { "a year without a promise", "RELEASE_FUNDS_NO_SUCH_PROMISE" },
        { "a receiver that refuses", StandingStop.ReceiverRefused },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public void Instruction_ThatARuleForbids_StopsForThat(string what, string reason)
    {
        var id = stage.Council.Do(stage.Passes());
        Happen(what, id);
        stage.Federation.CarriesOn();

        var instruction = Council.Standing.Find(what == "a year without a promise" ? Council.Standing.All[^1].Id : id)!;
        Assert.Equal((StandingStage.Stopped, reason), (instruction.State, instruction.Stop?.Reason));
        Assert.Equal(0, instruction.PassedOnPence);
        Refused.MustBePlain(instruction.Stop!.Sentence);
        stage.Federation.MustHold();
        ReplayEqualsLive();
    }

    private void Happen(string what, EntryId id)
    {
        switch (what)
        {
            case "a suspended agreement": stage.Forum.Do(new SuspendAgreement(stage.ForumAgreement, Write.Reason)); stage.Federation.Settle(); stage.Comes(1_000); break;
            case "an agreement that has ended": stage.Forum.Do(new EndAgreement(stage.ForumAgreement, Write.Reason)); stage.Federation.Settle(); stage.Comes(1_000); break;
            case "a body that ends":
                stage.Government.Sends(stage.CouncilAward, Stage.KeptForForums, 1_000);
                stage.Council.Append(new Fact { ClosingAsked = new ClosingAsked { To = new Addressed { Body = stage.Government.Id, Sequence = (ulong)Council.Deliveries.NextSequence(stage.Government.Id) }, LastDay = Write.YearEnd.ToDate() } });
                stage.Federation.Deliver(stage.Government, stage.Council.Id, stage.Council.Books.Deliveries.ExpectedSequence(stage.Government.Id, 1));
                break;
            case "a year without a promise":
                stage.Council.Do(new EndStandingInstruction(id));
                var given = stage.Federation.Awards(stage.Council, stage.Forum, stage.Fund, Write.Promise(2026, Kind.Revenue, 100));
                stage.Council.Do(new SetStandingInstruction(new StandingLine(stage.CouncilAward, Kind.Revenue, Write.Kept()), [new StandingPart(given, 1_000_000)]));
                stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.NextYear, 50);
                break;
            default:
                stage.Government.Sends(stage.CouncilAward, Stage.KeptForForums, 1_000);
                stage.Federation.Deliver(stage.Government, stage.Council.Id, stage.Council.Books.Deliveries.ExpectedSequence(stage.Government.Id, 1));
                stage.Federation.Refuses(stage.Forum, stage.Council, Council.Transfers.Sent[^1].Id);
                break;
        }
    }

    [Fact]
    public void Journal_CutOffBehindAReceipt_PassesThatOnBeforeAnythingElse()
    {
        stage.Council.Do(stage.Passes());
        var receipt = Council.Next;
        stage.Comes(1_000);

        var again = stage.Federation.CutsOff(stage.Council, (int)receipt.Index + 1);
        // Other money comes, which would have covered up the first.
        stage.Government.Sends(stage.CouncilAward, Stage.KeptForForums, 200);
        stage.Federation.Deliver(stage.Government, again.Id, again.Books.Deliveries.ExpectedSequence(stage.Government.Id, 1));

        Assert.Equal([500, 100], again.Books.Transfers.Sent.Select(sent => sent.AmountPence).TakeLast(2));
        Assert.Equal(600, Assert.Single(again.Books.Standing.All).PassedOnPence);
        Assert.Equal(Dump.Of(Replay.Of(again)), Dump.Of(again.Books));
    }

    [Fact]
    public void Money_ThatComesAgainAfterANewEpoch_IsNotPassedOnTwice()
    {
        stage.Council.Do(stage.Passes());
        var receipt = Council.Next;
        stage.Comes(1_000);
        Assert.Equal(500, Assert.Single(Council.Standing.All).PassedOnPence);

        var again = stage.Federation.Loses(stage.Council, (int)receipt.Index);
        var sent = again.Books.Transfers.Sent.Count;
        stage.Federation.ShowAgain(again);

        Assert.Equal(1_000, again.Books.Lots.All.Where(lot => again.Books.Transfers.Received[^1].Lots.Contains(lot.Id)).Sum(lot => lot.AmountPence));
        Assert.Equal(sent, again.Books.Transfers.Sent.Count);
        var instruction = Assert.Single(again.Books.Standing.All);
        Assert.Equal((StandingStage.Stopped, receipt with { Epoch = 2 }, StandingStop.NewEpoch), (instruction.State, instruction.Stop!.Entry, instruction.Stop.Reason));
        Refused.MustBePlain(instruction.Stop.Sentence);
        Assert.Equal(Dump.Of(Replay.Of(again)), Dump.Of(again.Books));
    }

    [Fact]
    public void Money_OfManyPieces_GoesOnInSeveralPartsOfOneTransfer()
    {
        var (award, pence) = Pieces.Scatter(stage, Parts.MostPieces + 40);
        var given = stage.Federation.Awards(stage.Council, stage.Forum, stage.Government.Books.Awards.Find(award)!.Terms.Fund, Write.Promise(2026, Kind.Revenue, pence));
        stage.Council.Do(new SetStandingInstruction(new StandingLine(award, Kind.Revenue, Write.Kept()), [new StandingPart(given, 1_000_000)]));
        stage.Federation.Releases(stage.Government, award, 0, pence);

        var sent = Council.Transfers.Sent[^1];
        Assert.Equal((pence, pence), (sent.AmountPence, sent.Pieces.Count));
        Assert.True(stage.Council.Facts(sent.Id).Count > 1);
        Assert.Equal(pence, stage.Forum.Books.Transfers.FindReceived(sent.Id)!.Lots.Count);
        stage.Federation.MustHold();
        ReplayEqualsLive();
    }

    private void ReplayEqualsLive() => Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(Replay.Of(body)), Dump.Of(body.Books)));
}
