namespace FundingFlows.Ledger.Tests;

/// <summary>Deliveries that are lost, late, repeated, out of order, or of which the answer is lost.</summary>
public sealed class CourierTests
{
    private readonly Stage stage = new();
    private readonly List<long> sequences;

    public CourierTests()
    {
        for (var i = 1; i <= 3; i++)
            stage.Government.Sends(stage.CouncilAward, Stage.Capital, 100 * i);
        sequences = [.. stage.Government.Books.Deliveries.Unanswered(stage.Council.Id).Keys];
    }

    [Fact]
    public void Deliveries_OutOfOrder_AreTakenInOrderAlone()
    {
        var books = Dump.Of(stage.Council.Books);

        var early = Deliver(2);

        Refused.MustBe(ReceiveDeliveryRefusal.SequenceGap, early);
        Assert.Equal($"{sequences[0]}", early.Refusal!.Details["expected_sequence"]);
        Assert.True(early.Refusal.LaterMayHelp);
        Assert.Equal(books, Dump.Of(stage.Council.Books));

        Assert.All(Enumerable.Range(0, 3), i => Assert.NotEmpty(Deliver(i).Facts));
        Assert.Equal([100L, 200L, 300L], stage.Council.Books.Lots.All.TakeLast(3).Select(lot => lot.AmountPence));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Delivery_Repeated_HasOneEffectAndTheSameAnswer()
    {
        var receipt = stage.Council.Books.Next;
        Deliver(0);
        Deliver(1);
        var books = Dump.Of(stage.Council.Books);

        Assert.Equal((receipt, 1), Deliver(0).Before);
        Assert.Empty(Deliver(0).Facts);
        Assert.Equal(books, Dump.Of(stage.Council.Books));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Delivery_RepeatedWithOtherWords_IsAnsweredByWhatWasDecidedFirst()
    {
        Deliver(0);
        var forged = stage.Government.DeliveryTo(stage.Council.Id, sequences[1]) with { Sequence = sequences[0] };

        Assert.NotNull(stage.Council.Run(new ReceiveDelivery(forged)).Before);
        Assert.Equal(100, stage.Council.Books.Lots.All[^1].AmountPence);
    }

    [Fact]
    public void Answers_OutOfOrder_AreRecordedAsTheyCome()
    {
        Assert.All(Enumerable.Range(0, 3), i => Deliver(i));

        Assert.All(Enumerable.Range(0, 3).Select(i => (i + 2) % 3), i => Assert.NotEmpty(Answer(i).Facts));

        Assert.Empty(stage.Government.Books.Deliveries.Unanswered(stage.Council.Id));
        Assert.Equal(0, stage.Government.Balance(Account.InTransit));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Answer_Lost_LeavesMoneyInTransitUntilItIsAskedForAgain()
    {
        Deliver(0);
        stage.Council.Do(stage.Council.Payment(stage.Fund, 10_100, Kind.Capital));
        Assert.Equal(600, stage.Government.Balance(Account.InTransit));
        stage.Federation.MustHold();

        Deliver(0);
        Answer(0);
        Assert.Equal(500, stage.Government.Balance(Account.InTransit));
        Refused.MustBe(RecordAnswerRefusal.AlreadyAnswered, Answer(0));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Sequences_ToEachBody_CountFromOneWithoutAGap()
    {
        Assert.All(stage.Federation.Bodies, body =>
        {
            foreach (var sent in body.Sent.Keys.GroupBy(key => key.Receiver))
                Assert.Equal(Enumerable.Range(1, sent.Count()).Select(i => (long)i), sent.Select(key => key.Sequence));
        });
        Assert.Equal(sequences[2] + 1, stage.Government.Books.Deliveries.NextSequence(stage.Council.Id));
        Assert.Equal(1, stage.Government.Books.Deliveries.NextSequence(stage.Stranger.Id));
        Assert.Null(stage.Council.Books.Deliveries.Answer("GOV", 1, sequences[0]));
        Assert.Null(stage.Council.Books.Deliveries.Answer("GOV", 1, 0));
    }

    [Fact]
    public void Journal_OfANewEpoch_IsCountedFromOneAgain()
    {
        Assert.Equal(1, stage.Council.Books.Deliveries.ExpectedSequence("GOV", 2));
        var first = Answers.Of(stage.Government, 1, new Fact { AgreementProposed = new AgreementProposed { To = new Addressed { Body = stage.Council.Id, Sequence = 1 } } });

        Assert.NotEmpty(stage.Council.Run(new ReceiveDelivery(first with { Epoch = 2 })).Facts);

        Assert.Equal(2, stage.Council.Books.Deliveries.ExpectedSequence("GOV", 2));
        Assert.Equal(sequences[0], stage.Council.Books.Deliveries.ExpectedSequence("GOV", 1));
    }

    [Fact]
    public void Waiting_OfABody_NamesThoseThatHaveNotAnswered()
    {
        Assert.Equal([stage.Council.Id], stage.Government.Books.Deliveries.Awaiting);
        Assert.Equal(
            [Fact.KindOneofCase.TransferSent],
            stage.Government.Books.Deliveries.Unanswered(stage.Council.Id).Values.Select(sent => sent.Kind).Distinct());

        stage.Federation.Settle();

        Assert.Empty(stage.Government.Books.Deliveries.Awaiting);
        Assert.Empty(stage.Government.Books.Deliveries.Unanswered("nobody"));
    }

    [Fact]
    public void VeryManyDeliveries_AnsweredInAnyOrder_AreUnansweredUntilTheirOwnAnswer()
    {
        var government = stage.Government;
        for (var i = 0; i < 300; i++)
            government.Sends(stage.CouncilAward, Stage.Capital, 1);
        var all = government.Books.Deliveries.Unanswered(stage.Council.Id).Keys.ToList();
        Assert.All(all, sequence => Assert.Null(stage.Federation.Deliver(government, stage.Council.Id, sequence).Refusal));
        var left = new SortedSet<long>(all);

        foreach (var sequence in all.OrderBy(sequence => sequence * 7_919 % 303))
        {
            Assert.Null(stage.Federation.Answer(government, stage.Council.Id, sequence).Refusal);
            left.Remove(sequence);
            var unanswered = government.Books.Deliveries.Unanswered(stage.Council.Id);
            Assert.Equal(left, unanswered.Keys);
            Assert.Equal(left.Count, unanswered.Count);
            Assert.False(unanswered.ContainsKey(sequence));
        }
        stage.Federation.MustHold();
    }

    private Decision Deliver(int i) => stage.Federation.Deliver(stage.Government, stage.Council.Id, sequences[i]);

    private Decision Answer(int i) => stage.Federation.Answer(stage.Government, stage.Council.Id, sequences[i]);
}
