namespace FundingFlows.Ledger.Tests;

/// <summary>A council is abolished and its books go to two others, while money is on the way to it and from it.</summary>
public sealed class SuccessionTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    [Fact]
    public void Money_OfABodyThatIsAbolished_GoesToItsSuccessorsToThePenny()
    {
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000));
        stage.Council.Issues(levy, 101);
        var held = stage.Council.Balance(Account.Cash);
        Order();
        var coming = stage.Government.Sends(stage.CouncilAward, Stage.Capital, 333);
        stage.Forum.Do(new RepayUnderspend(stage.ForumAward, null, 7));

        Federation.Ends(stage.Council);

        var inventory = Federation.InventoryOf(stage.Council);
        Assert.Empty(inventory.Findings());
        Assert.True(inventory.IsComplete);
        Assert.Equal((held, 340L, held + 340L), (inventory.HeldPence, inventory.ArrivedPence, inventory.ReceivedPence));
        Assert.Equal(held + 340, Federation[First].Balance(Account.Cash) + Federation[Second].Balance(Account.Cash));
        Assert.Equal(0, stage.Council.Balance(Account.Cash) + stage.Council.Balance(Account.InTransit));
        Assert.Equal(TransferStage.Settled, stage.Government.Books.Transfers.Find(coming)!.State);
        Federation.MustHold();
        MustReplay();
    }

    [Fact]
    public void Project_HandedOver_KeepsItsChangesAndWhatWasReached()
    {
        var project = stage.Council.Do(new RegisterProject(Write.Project()));
        stage.Council.Do(new ReachMilestone(project, 1, Write.Day, Write.Digest("A photograph.")));
        stage.Council.DoAs(Preparing.Second, new DecideProjectChange(stage.Council.Do(new RequestProjectChange(project, Write.Project("The new library"), null)), true, null));
        Order();
        Federation.Ends(stage.Council);

        var taken = Federation[First].Books.Projects.Find(project) ?? Federation[Second].Books.Projects.Find(project)!;
        var was = stage.Council.Books.Projects.Find(project)!;
        Assert.Equal((was.Description, "The new library"), (taken.Description, taken.Description.Title));
        Assert.Equal(was.Reached, taken.Reached);
        MustReplay();
    }

    [Fact]
    public void Lots_HandedOver_KeepTheirParentsAndAreSharedOneByOne()
    {
        Order(first: 7_500);
        Federation.Ends(stage.Council);

        foreach (var lot in Federation.InventoryOf(stage.Council).Lots)
        {
            var parts = new[] { First, Second }.Select(body => Federation[body].Books.Lots.All.Where(one => one.Parent == lot.Lot).Sum(one => one.AmountPence)).ToList();
            Assert.Equal(lot.HeldPence, parts.Sum());
            Assert.Equal(lot.HeldPence * 3 / 4, parts[0]);
        }
        var own = stage.Council.Books.Lots.All[0];
        Assert.All(Federation[First].Books.Lots.All.Where(lot => lot.Parent == own.Id), lot => Assert.Equal((own.Line, own.Origin, own.FunderLot), (lot.Line, lot.Origin, lot.FunderLot)));
    }

    [Fact]
    public void Commands_ToTheOldBody_AreRefusedByNamingItsSuccessors()
    {
        Order();
        Federation.Settle();

        var refused = stage.Council.Decide(Write.Fund("late", [Write.Share(Kind.Either, 10_000)]));
        Refused.MustBe(BodyRefusal.Succeeded, refused);
        Assert.Contains("1 April 2027: ask E06000021 and E06000022", refused.Refusal!.Sentence, StringComparison.Ordinal);
        Assert.Equal("E06000021 E06000022", refused.Refusal.Details["successors"]);

        Federation.Ends(stage.Council);
        Refused.MustBe(BodyRefusal.Succeeded, stage.Council.Decide(new HandOver([])));
    }

    [Fact]
    public void Award_ToTheOldBody_GoesOnWithEachSuccessorByItsShare()
    {
        Order();
        Federation.Ends(stage.Council);

        var parts = stage.Government.Books.Awards.All.Where(award => award.Recipient is First or Second).ToList();
        var before = stage.Government.Books.Awards.Find(stage.CouncilAward)!;
        Assert.Equal([First, Second], parts.Select(award => award.Recipient));
        for (var i = 0; i < before.Promises.Count; i++)
        {
            Assert.Equal(before.Promises[i].LeftPence, parts.Sum(award => award.Promises[i].LeftPence));
            Assert.Equal(before.Promises[i].ReleasedPence, parts.Sum(award => award.Promises[i].ReleasedPence));
        }
        Refused.MustBe(ReleaseFundsRefusal.AgreementEnded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 1)));

        Federation.Releases(stage.Government, parts[0].Id, Stage.Capital, 1_000);
        Federation.Repays(Federation[First], parts[0].Id, Federation[First].Books.Lots.Under(parts[0].Id).Sum(lot => lot.RemainingPence));
        Federation.Repays(Federation[Second], parts[1].Id, 10);
        Assert.Equal(0, Federation[First].Balance(Account.Cash));
        Federation.MustHold();
        MustReplay();
    }

    [Fact]
    public void Repayments_OfBothSuccessors_AreNoMoreThanWasGiven()
    {
        Order();
        Federation.Ends(stage.Council);
        var parts = stage.Government.Books.Awards.All.Where(award => award.Recipient is First or Second).ToList();
        foreach (var part in parts)
            Federation.Repays(Federation[part.Recipient], part.Id, Federation[part.Recipient].Balance(Account.Cash));

        Assert.Equal(30_000 - 6_000, stage.Government.Balance(Account.Returned));
        Assert.All(stage.Government.Books.Lots.All.Where(lot => lot.Parent is null), lot =>
            Assert.True(stage.Government.Books.Transfers.Given(stage.CouncilAward, lot.Id)?.LeftPence is null or >= 0));
        Federation.MustHold();
    }

    [Theory]
    [InlineData(First)]
    [InlineData(Second)]
    public void Award_OfTheOldBody_GoesWholeToTheOneThatIsNamed(string taker)
    {
        Order();
        Federation.Ends(stage.Council, (stage.Forum.Id, taker));

        Assert.Equal(taker, stage.Forum.Books.Awards.Find(stage.ForumAward)!.Funder);
        var taken = Federation[taker].Books.Awards.Find(stage.ForumAward)!;
        Assert.Equal((taker, stage.Forum.Id, 9_000L), (taken.Funder, taken.Recipient, taken.Promises[0].LeftPence));

        Federation.Releases(Federation[taker], stage.ForumAward, 0, 100);
        var returned = Federation.Repays(stage.Forum, stage.ForumAward, 6_050);
        Assert.Equal(TransferStage.Settled, stage.Forum.Books.Transfers.Find(returned)!.State);
        var back = Federation[taker].Books.Lots.All.Where(lot => lot.Parent?.Entry.Body == stage.Forum.Id).ToList();
        var part = Federation[taker].Books.Awards.ContinuationOf(stage.CouncilAward);
        Assert.All(back, lot => Assert.Equal(part, lot.Award));
        Federation.Repays(Federation[taker], part!.Value, back.Sum(lot => lot.AmountPence));
        Federation.MustHold();
        MustReplay();
    }

    [Fact]
    public void Repayment_ToASuccessor_IsNoMoreThanTheOldBodyGave()
    {
        Order();
        Federation.Ends(stage.Council);
        stage.Forum.Append(new Fact { MoneyIssued = new MoneyIssued { Fund = stage.Fund, Lots = { Copy(stage.Forum.Books.Lots.All[0]) } } });

        var transfer = stage.Forum.Do(new RepayUnderspend(stage.ForumAward, null, 6_001));
        Federation.Settle();

        Assert.Equal(TransferStage.Reversed, stage.Forum.Books.Transfers.Find(transfer)!.State);
    }

    [Fact]
    public void Successor_ThatNobodyOrdered_IsNotBelieved()
    {
        Order();
        Federation.Settle();
        var forged = Abolished.Terms(stage.Council.Id, ("E06000009", 10_000));
        var told = stage.Council.Append(new Fact { SuccessionTold = new SuccessionTold { To = Next(stage.Government.Id), Order = stage.Council.Books.Vesting!.Succession.Order.ToRef(), Terms = forged } });

        var answer = Federation.Deliver(stage.Council, stage.Government.Id, stage.Council.Sent.Single(sent => sent.Value.First == told).Key.Sequence);

        Assert.Equal(DeliveryRefusal.Malformed, Assert.Single(answer.Facts).DeliveryRefused.Reason);
    }

    [Fact]
    public void Order_ThatIsNotTheRegistrars_IsRefused()
    {
        Order();
        var delivery = Answers.Forged(stage.Stranger, stage.Council, new Fact
        {
            SuccessionOrdered = new SuccessionOrdered { To = new Addressed(), Terms = Abolished.Terms(stage.Council.Id, ("E06000009", 10_000)) },
        });

        Assert.Equal(DeliveryRefusal.Malformed, Assert.Single(stage.Council.Decide(new ReceiveDelivery(delivery)).Facts).DeliveryRefused.Reason);
    }

    private Addressed Next(string receiver) => new() { Body = receiver, Sequence = (ulong)stage.Council.Books.Deliveries.NextSequence(receiver) };

    private void Order(int first = 6_000) => stage.Government.Do(stage.Ordering(first));

    private void MustReplay() => Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));

    private static NewLot Copy(Lot lot) => new()
    {
        AmountPence = 1_000,
        Line = lot.Line.ToLine(),
        TermsVersion = lot.TermsVersion,
        Origin = lot.Origin.ToOrigin(),
        Award = lot.Award?.ToRef(),
        FunderLot = lot.FunderLot?.ToRef(),
    };
}
