using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a delivery is not decided now.</summary>
public sealed class ReceiveDeliveryRefusalTests
{
    internal static readonly RefusalTable<ReceiveDelivery, ReceiveDeliveryRefusal> Table = new RefusalTable<ReceiveDelivery, ReceiveDeliveryRefusal>(stage =>
        {
            stage.Government.Sends(stage.CouncilAward, Stage.Capital, 1);
            stage.Government.Sends(stage.CouncilAward, Stage.Capital, 2);
            return new(stage.Council, new ReceiveDelivery(Next(stage, 0)));
        })
        .Row(ReceiveDeliveryRefusal.SequenceGap, "the one after the next", (stage, _) => new ReceiveDelivery(Next(stage, 1)))
        .Row(ReceiveDeliveryRefusal.SequenceGap, "a sequence of nothing", (Stage stage, ReceiveDelivery command) =>
            new ReceiveDelivery(command.Delivery with { Sequence = 0 }))
        .Row(ReceiveDeliveryRefusal.SequenceGap, "a sequence below nothing", (Stage stage, ReceiveDelivery command) =>
            new ReceiveDelivery(command.Delivery with { Sequence = long.MinValue }))
        .Row(ReceiveDeliveryRefusal.SequenceGap, "the first of a later epoch, out of turn", (Stage stage, ReceiveDelivery command) =>
            new ReceiveDelivery(command.Delivery with { Epoch = 2 }))
        .Row(ReceiveDeliveryRefusal.RulesTooOld, "a purpose of newer rules", (_, command) => Saying(command, entry => entry.Fact.TransferSent.Purpose = (TransferPurpose)99))
        .Row(ReceiveDeliveryRefusal.RulesTooOld, "a fact of newer rules", (_, command) => Saying(command, entry => entry.Fact = Fact.Parser.ParseFrom(Unknown)))
        .Row(ReceiveDeliveryRefusal.RulesTooOld, "a restriction of newer rules", (_, command) => Saying(command, entry => entry.Fact.TransferSent.Pieces[0].Line.MergeFrom(Unknown)))
        .Row(ReceiveDeliveryRefusal.JournalSealed, "a journal that is sealed", (Stage stage, ReceiveDelivery command) =>
        {
            stage.Council.Append(new Fact { JournalSealed = new JournalSealed() });
            return command;
        })
        .Row(ReceiveDeliveryRefusal.SuccessionNotSeen, "a predecessor whose registrar was not seen", (Stage stage, ReceiveDelivery _) =>
            new ReceiveDelivery(Answers.Forged(stage.Stranger, stage.Council, new Fact
            {
                HandOverBegun = new HandOverBegun { To = new Addressed(), Order = new EntryId("GOV", 1, 9).ToRef(), Terms = Abolished.Terms("E06000009", (stage.Council.Id, 10_000)) },
            })))
        .Row(ReceiveDeliveryRefusal.AwardNotContinued, "money under an award that does not go on yet", (Stage stage, ReceiveDelivery _) => new ReceiveDelivery(Abolished.EarlyMoney(stage)))
        .Row(ReceiveDeliveryRefusal.NotHandedOver, "a repayment to a successor that has not taken over", (Stage stage, ReceiveDelivery _) => new ReceiveDelivery(Abolished.EarlyRepayment(stage)))
        .Row(ReceiveDeliveryRefusal.NotAcceptedAgain, "money under an award whose acceptance was lost", (Stage stage, ReceiveDelivery _) =>
        {
            var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
            stage.Federation.Settle();
            stage.Council.Do(BeginEpochRefusalTests.Beginning(stage.Council, 2));
            return new ReceiveDelivery(Answers.Forged(
                stage.Government, stage.Council, new Fact { TransferSent = new TransferSent { To = new Addressed(), Purpose = TransferPurpose.Allocation, Award = award.ToRef() } }));
        })
        .Both("a fact of newer rules", "a journal that is sealed");

    /// <summary>Field 4000 of any message, which no contract has: a length and a byte.</summary>
    private static readonly byte[] Unknown = [0x82, 0xFA, 0x01, 0x01, 0x00];

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReceiveDelivery_OutOfTurn_IsRefused(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReceiveDelivery_InTurn_IsAnswered() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static ReceiveDelivery Saying(ReceiveDelivery command, Action<Entry> change)
    {
        var entry = command.Delivery.Entries[0].Entry.Clone();
        change(entry);
        return new ReceiveDelivery(command.Delivery with { Entries = [command.Delivery.Entries[0] with { Entry = entry }] });
    }

    private static Delivery Next(Stage stage, int skip) => stage.Government.DeliveryTo(
        stage.Council.Id, stage.Government.Books.Deliveries.Unanswered(stage.Council.Id).Keys.Skip(skip).First());
}
