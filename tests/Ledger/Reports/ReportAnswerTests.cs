using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>How a funder answers a report.</summary>
public sealed class ReportAnswerTests
{
    internal static readonly AnswerTable<ReportSubmitted> Table = new AnswerTable<ReportSubmitted>(
            stage => Letter.Of(stage.Forum, stage.Council, new SubmitReport(stage.Fund, stage.Council.Id)), fact => fact.ReportSubmitted)
        .Row(DeliveryRefusal.Malformed, "no totals", (ReportSubmitted fact) => fact.Totals = null)
        .Row(DeliveryRefusal.Malformed, "a total that would make every sum overflow", (ReportSubmitted fact) => fact.Totals.HeldPence = long.MaxValue)
        .Row(DeliveryRefusal.Malformed, "a total below zero", (ReportSubmitted fact) => fact.Totals.SpentPence = -1)
        .Row(DeliveryRefusal.Malformed, "lots that do not add up to the totals", (ReportSubmitted fact) => fact.Lots[0].Totals.HeldPence--)
        .Row(DeliveryRefusal.Malformed, "a lot of which less than nothing is held", (ReportSubmitted fact) =>
            (fact.Lots[0].Totals.HeldPence, fact.Totals.HeldPence) = (-1, -1))
        .Row(DeliveryRefusal.Malformed, "a lot without totals", (ReportSubmitted fact) => fact.Lots[0].Totals = null)
        .Row(DeliveryRefusal.Malformed, "a lot twice", (ReportSubmitted fact) =>
        {
            fact.Lots[0].Totals.HeldPence = fact.Totals.HeldPence / 2;
            fact.Lots.Add(fact.Lots[0]);
        })
        .Row(DeliveryRefusal.Malformed, "a lot of nowhere", (ReportSubmitted fact) => fact.Lots[0].Lot.Epoch = 0)
        .Row(DeliveryRefusal.Malformed, "a fund that is no fund", (ReportSubmitted fact) => fact.Fund = "places")
        .Row(DeliveryRefusal.Malformed, "a root of 31 bytes", (ReportSubmitted fact) => fact.JournalRoot = ByteString.CopyFrom(new byte[31]))
        .Row(DeliveryRefusal.Malformed, "figures of another day", (ReportSubmitted fact) => fact.JournalSize--)
        .Row(DeliveryRefusal.Malformed, "an agent that no body is called", (ReportSubmitted fact) => fact.Agent = "The County")
        .Row(DeliveryRefusal.Malformed, "a principal that no body is called", (ReportSubmitted fact) => fact.PaidAsAgent.Add(new PaidAsAgent { Principal = "The village" }))
        .Row(DeliveryRefusal.Malformed, "less than nothing paid as agent", (ReportSubmitted fact) => fact.PaidAsAgent.Add(new PaidAsAgent { Principal = "forum-1", PaidPence = -1 }))
        .Row(DeliveryRefusal.Malformed, "up to a day that there is not", (ReportSubmitted fact) => fact.UpTo = new Google.Type.Date { Year = 2026, Month = 2, Day = 30 })
        .Row(DeliveryRefusal.Malformed, "half of an operation", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.Malformed, "no totals from a body without an agreement", (stage, letter) =>
        {
            letter.Facts[0].ReportSubmitted.Totals = null;
            return From(stage.Stranger, letter);
        })
        .Row(DeliveryRefusal.NotAddressedHere, "addressed to another body", (ReportSubmitted fact) => fact.To.Body = "GOV")
        .Row(DeliveryRefusal.NotAddressedHere, "another body and no totals", (ReportSubmitted fact) => (fact.To.Body, fact.Totals) = ("GOV", null))
        .Row(DeliveryRefusal.NeverSent, "a lot of which the sender had nothing", (stage, letter) =>
        {
            letter.Facts[0].ReportSubmitted.Lots[0].Lot = stage.Council.Books.Lots.All[0].Id.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "a lot of another body", (stage, letter) =>
        {
            letter.Facts[0].ReportSubmitted.Lots[0].Lot = stage.Government.Books.Lots.All[0].Id.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NoAgreement, "a body that is not funded", (stage, letter) => From(stage.Stranger, letter))
        .Row(DeliveryRefusal.NoAgreement, "the body's own funder", (stage, letter) => From(stage.Government, letter));

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Report_ThatCannotBeTaken_IsRefusedForGood(string row) => Table.MustRefuse(row);

    [Fact]
    public void Report_ThatCanBeTaken_IsAcknowledged() => Table.MustAcceptTheLawful();

    private static Delivery From(TestBody sender, Letter letter)
    {
        var report = letter.Facts[0].ReportSubmitted;
        report.To.Sequence = (ulong)letter.To.Books.Deliveries.ExpectedSequence(sender.Id, 1);
        report.JournalSize = (ulong)sender.Books.Size;
        return (letter with { From = sender }).Seal();
    }
}
