namespace FundingFlows.Ledger.Tests;

/// <summary>Answers that do not answer what was sent are not believed, whatever is wrong with them, and change nothing.</summary>
public sealed class ContradictionTests
{
    private static readonly Dictionary<string, Func<Stage, Entry[], Entry[]>> ToATransfer = new()
    {
        ["nothing at all"] = Alter(entry => entry.Fact = null),
        ["a fact that answers nothing"] = Alter(entry => entry.Fact = new Fact { FundOpened = new FundOpened() }),
        ["no delivery named"] = Received(fact => fact.Delivery = null),
        ["no entry named"] = Received(fact => fact.Delivery.Entry = null),
        ["an entry that no journal can hold"] = Received(fact => fact.Delivery.Entry.Index = ulong.MaxValue),
        ["another entry"] = Received(fact => fact.Delivery.Entry.Index--),
        ["the entry of another body"] = Received(fact => fact.Delivery.Entry.Body = "forum-1"),
        ["another sequence"] = Received(fact => fact.Delivery.Sequence++),
        ["no hashes"] = Received(fact => fact.Delivery.LeafHashes.Clear()),
        ["another hash"] = Received(fact => fact.Delivery.LeafHashes[0] = Write.Key("other")),
        ["a hash too many"] = Received(fact => fact.Delivery.LeafHashes.Add(Write.Key("other"))),
        ["an answer that no journal can hold"] = Alter(entry => entry.Index = ulong.MaxValue),
        ["no lots"] = Received(fact => fact.Lots.Clear()),
        ["a lot too many"] = Received(fact => fact.Lots.Add(fact.Lots[0])),
        ["a penny less"] = Received(fact => fact.Lots[0].AmountPence--),
        ["a lot without a parent"] = Received(fact => fact.Lots[0].Parent = null),
        ["a lot of another parent"] = Received(fact => fact.Lots[0].Parent.Ordinal++),
        ["a lot of a parent that cannot be"] = Received(fact => fact.Lots[0].Parent.Ordinal = uint.MaxValue),
        ["a lot without a line"] = Received(fact => fact.Lots[0].Line = null),
        ["a lot without years"] = Received(fact => fact.Lots[0].Line.Years = null),
        ["a lot for more than was sent"] = Received(fact => fact.Lots[0].Line.Kind = Kind.Either),
        ["half of an answer"] = Alter(entry => (entry.Part, entry.Parts) = (1, 2)),
        ["the answer to what carries no money"] = Alter(entry => entry.Fact = new Fact
        {
            DeliveryRefused = new DeliveryRefused { Delivery = entry.Fact.TransferReceived.Delivery, Reason = DeliveryRefusal.Malformed },
        }),
        ["the answer to an offer"] = Alter(entry => entry.Fact = new Fact { AwardCommitted = new AwardCommitted { Delivery = entry.Fact.TransferReceived.Delivery } }),
        ["half of a refusal"] = Alter(entry =>
        {
            (entry.Part, entry.Parts) = (1, 2);
            entry.Fact = new Fact { TransferRefused = new TransferRefused { Delivery = entry.Fact.TransferReceived.Delivery, Reason = DeliveryRefusal.Malformed } };
        }),
        ["a part that answers another delivery"] = (_, entries) => InParts(entries[0], 2, part => part.Delivery.Sequence++),
        ["more parts than can be quoted"] = (_, entries) => InParts(entries[0], 2_000, _ => { }),
        ["two refusals"] = (_, entries) =>
        {
            entries[0].Fact = new Fact { TransferRefused = new TransferRefused { Delivery = entries[0].Fact.TransferReceived.Delivery, Reason = DeliveryRefusal.Malformed } };
            return [entries[0], entries[0]];
        },
    };

    private static readonly Dictionary<string, Action<Fact>> ToAReport = new()
    {
        ["a refusal without a reason"] = fact => fact.DeliveryRefused = new DeliveryRefused { Delivery = fact.ReportReceived.Delivery },
        ["a refusal of money"] = fact => fact.TransferRefused = new TransferRefused { Delivery = fact.ReportReceived.Delivery, Reason = DeliveryRefusal.Malformed },
        ["money received"] = fact => fact.TransferReceived = new TransferReceived { Delivery = fact.ReportReceived.Delivery },
        ["a proposal received"] = fact => fact.AgreementProposalReceived = new AgreementProposalReceived { Delivery = fact.ReportReceived.Delivery },
        ["an agreement concluded"] = fact => fact.AgreementConcluded = new AgreementConcluded { Delivery = fact.ReportReceived.Delivery },
        ["an offer received"] = fact => fact.AwardOfferReceived = new AwardOfferReceived { Delivery = fact.ReportReceived.Delivery },
        ["an award committed"] = fact => fact.AwardCommitted = new AwardCommitted { Delivery = fact.ReportReceived.Delivery },
        ["a decline received"] = fact => fact.AwardDeclineReceived = new AwardDeclineReceived { Delivery = fact.ReportReceived.Delivery },
    };

    public static TheoryData<string> TransferRows => [.. ToATransfer.Keys];

    public static TheoryData<string> ReportRows => [.. ToAReport.Keys];

    [Theory]
    [MemberData(nameof(TransferRows))]
    public void Answer_ToATransferThatIsNotOne_IsNotBelieved(string row)
    {
        var stage = new Stage();
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);

        MustContradict(stage, stage.Government, stage.Council, entries => ToATransfer[row](stage, entries));
    }

    [Theory]
    [MemberData(nameof(ReportRows))]
    public void Answer_ToAReportThatIsNotOne_IsNotBelieved(string row)
    {
        var stage = new Stage();
        stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));

        MustContradict(stage, stage.Council, stage.Government, entries =>
        {
            ToAReport[row](entries[0].Fact);
            return entries;
        });
    }

    [Fact]
    public void Answer_ToAReportTwice_IsNotBelieved()
    {
        var stage = new Stage();
        stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));

        MustContradict(stage, stage.Council, stage.Government, entries => [entries[0], entries[0]]);
    }

    [Fact]
    public void Answer_ToAReportThatRefusesIt_IsBelieved()
    {
        var stage = new Stage();
        stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));
        var (answer, hashes) = Answered(stage, stage.Council, stage.Government);
        var entry = answer.Entries[0].Entry;
        entry.Fact.DeliveryRefused = new DeliveryRefused { Delivery = entry.Fact.ReportReceived.Delivery, Reason = DeliveryRefusal.NoAgreement };

        var decision = stage.Council.Run(new RecordAnswer(answer with { Entries = [Answers.Carried(entry)] }, hashes));

        Assert.Equal(DeliveryRefusal.NoAgreement, Assert.Single(decision.Facts).DeliverySettled.Refusal);
    }

    /// <summary>An answer whose first part says all, and the others nothing.</summary>
    private static Entry[] InParts(Entry whole, uint parts, Action<TransferReceived> alters) =>
    [
        .. Enumerable.Range(0, (int)parts).Select(i =>
        {
            var entry = whole.Clone();
            (entry.Index, entry.Part, entry.Parts) = (whole.Index + (ulong)i, (uint)i + 1, parts);
            if (i > 0)
            {
                entry.Fact.TransferReceived.Lots.Clear();
                alters(entry.Fact.TransferReceived);
            }
            return entry;
        }),
    ];

    private static void MustContradict(Stage stage, TestBody sender, TestBody receiver, Func<Entry[], Entry[]> alter)
    {
        var (answer, hashes) = Answered(stage, sender, receiver);
        var books = Dump.Of(sender.Books);
        var altered = alter([.. answer.Entries.Select(entry => entry.Entry)]);

        Refused.MustBe(
            RecordAnswerRefusal.AnswerContradicts, sender.Run(new RecordAnswer(answer with { Entries = [.. altered.Select(Answers.Carried)] }, hashes)));

        Assert.Equal(books, Dump.Of(sender.Books));
        // The true answer is still taken.
        Assert.NotEmpty(stage.Federation.Answer(sender, receiver.Id, answer.Sequence).Facts);
    }

    private static (Delivery Answer, List<byte[]> Hashes) Answered(Stage stage, TestBody sender, TestBody receiver)
    {
        var sequence = Assert.Single(sender.Books.Deliveries.Unanswered(receiver.Id)).Key;
        stage.Federation.Deliver(sender, receiver.Id, sequence);
        return (receiver.AnswerTo(sender, sequence), [.. sender.DeliveryTo(receiver.Id, sequence).Entries.Select(entry => entry.LeafHash)]);
    }

    private static Func<Stage, Entry[], Entry[]> Alter(Action<Entry> alters) => (_, entries) =>
    {
        alters(entries[0]);
        return entries;
    };

    private static Func<Stage, Entry[], Entry[]> Received(Action<TransferReceived> alters) => Alter(entry => alters(entry.Fact.TransferReceived));
}
