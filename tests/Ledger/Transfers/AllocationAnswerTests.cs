namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers money that comes down to it.</summary>
public sealed class AllocationAnswerTests
{
    internal static readonly AnswerTable<TransferSent> Table = new AnswerTable<TransferSent>(
            stage => Letter.Of(stage.Government, stage.Council, stage.Government.Release(stage.CouncilAward, Stage.Revenue, 1_000)), fact => fact.TransferSent)
        .Row(DeliveryRefusal.Malformed, "no purpose", (TransferSent fact) => fact.Purpose = TransferPurpose.Unspecified)
        .Row(DeliveryRefusal.Malformed, "released on a day that there is not", (TransferSent fact) => fact.ReleasedOn = new Google.Type.Date { Year = 2026, Month = 2, Day = 30 })
        .Row(DeliveryRefusal.Malformed, "no award named", (TransferSent fact) => fact.Award = null)
        .Row(DeliveryRefusal.Malformed, "an award that no journal can hold", (TransferSent fact) => fact.Award.Index = ulong.MaxValue)
        .Row(DeliveryRefusal.Malformed, "an award that was not made", (TransferSent fact) => fact.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "an award that is only offered", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.Award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 9_000)])).ToRef();
            stage.Federation.Settle();
            letter.Facts[0].TransferSent.To.Sequence++;
            letter.Facts[0].TransferSent.Promise = 0;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "an award to another body", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.Award = stage.ForumAward.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "a promise that the award does not have", (TransferSent fact) => fact.Promise = 4)
        .Row(DeliveryRefusal.Malformed, "a promise that nothing has", (TransferSent fact) => fact.Promise = uint.MaxValue)
        .Row(DeliveryRefusal.Malformed, "a promise of another kind", (TransferSent fact) => fact.Promise = Stage.Capital)
        .Row(DeliveryRefusal.Malformed, "no money", (TransferSent fact) => fact.AmountPence = 0)
        .Row(DeliveryRefusal.Malformed, "less than no money", (TransferSent fact) => (fact.AmountPence, fact.Pieces[0].AmountPence) = (-1_000, -1_000))
        .Row(DeliveryRefusal.Malformed, "more money than there is", (TransferSent fact) => (fact.AmountPence, fact.Pieces[0].AmountPence) = (Pence.Most + 1, Pence.Most + 1))
        .Row(DeliveryRefusal.TotalTooLarge, "more than the body can hold", (stage, letter) =>
        {
            stage.Federation.FillsUp(stage.Council);
            return letter.Seal();
        })
        .Row(DeliveryRefusal.MoreThanPromised, "a penny more than was promised", (TransferSent fact) => (fact.AmountPence, fact.Pieces[0].AmountPence) = (12_001, 12_001))
        .Row(DeliveryRefusal.MoreThanPromised, "a penny more than was promised, in parts", (_, letter) =>
        {
            var second = letter.Facts[0].Clone();
            (letter.Facts[0].TransferSent.AmountPence, second.TransferSent.AmountPence) = (12_001, 12_001);
            (letter.Facts[0].TransferSent.Pieces[0].AmountPence, second.TransferSent.Pieces[0].AmountPence) = (12_000, 1);
            return (letter with { Facts = [letter.Facts[0], second] }).Seal();
        })
        .Row(DeliveryRefusal.MoreThanPromised, "more than was promised and has not come", (stage, letter) =>
        {
            stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Revenue, 11_001);
            letter.Facts[0].TransferSent.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.MoreThanPromised, "what was promised, again after it was repaid", (stage, letter) =>
        {
            stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Revenue, 12_000);
            stage.Federation.Repays(stage.Council, stage.CouncilAward, 30_000);
            letter.Facts[0].TransferSent.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.MoreThanPromised, "what is promised for another year", (TransferSent fact) =>
            (fact.Promise, fact.AmountPence, fact.Pieces[0].AmountPence) = (Stage.NextYear, 1_001, 1_001))
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.Malformed, "an entry that sent before", (_, letter) => Again(letter))
        .Row(DeliveryRefusal.Malformed, "an entry that was refused before", (_, letter) =>
        {
            letter.Facts[0].TransferSent.AmountPence++;
            letter.To.Run(new ReceiveDelivery(letter.Seal()));
            letter.Facts[0].TransferSent.AmountPence--;
            letter.Facts[0].TransferSent.To.Sequence++;
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "no money, without an agreement", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.AmountPence = 0;
            return FromAStranger(stage, letter);
        })
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (TransferSent fact) => fact.To.Body = "forum-1")
        .Row(DeliveryRefusal.NotAddressedHere, "another body and no money", (TransferSent fact) => (fact.To.Body, fact.AmountPence) = ("forum-1", 0))
        .Row(DeliveryRefusal.NoAgreement, "a body without an agreement", FromAStranger)
        .Row(DeliveryRefusal.NoAgreement, "without an agreement, under an award that was not made", (stage, letter) =>
        {
            letter.Facts[0].TransferSent.Award.Index++;
            return FromAStranger(stage, letter);
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Allocation_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Allocation_ThatCanBeTaken_IsReceived() => Table.MustAcceptTheLawful();

    private static Delivery Again(Letter letter)
    {
        letter.To.Run(new ReceiveDelivery(letter.Seal()));
        letter.Facts[0].TransferSent.To.Sequence++;
        return letter.Seal();
    }

    private static Delivery FromAStranger(Stage stage, Letter letter)
    {
        var sent = letter.Facts[0].TransferSent;
        sent.To.Sequence = 1;
        sent.Pieces[0].Lot.Body = stage.Stranger.Id;
        return (letter with { From = stage.Stranger }).Seal();
    }
}
