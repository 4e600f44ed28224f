namespace FundingFlows.Ledger.Tests;

/// <summary>What a predecessor says that it had, and cannot have had: nothing of it is taken over.</summary>
public sealed class MalformedThingsTests
{
    private static readonly Dictionary<string, (Predicate<InHand> Sort, Action<InHand> Alter)> Table = new()
    {
        ["a project that ended on no day"] = (thing => thing.Project is not null, thing => thing.Project.Closed = new ProjectClosed { ClosedOn = new() }),
        ["a reservation of nothing"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.AmountPence = 0),
        ["a reservation of more than there is"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.AmountPence = long.MaxValue),
        ["a reservation of which more is left than was made"] = (thing => thing.Reservation is not null, thing => thing.Reservation.HeldPence = thing.Reservation.Made.AmountPence + 1),
        ["a reservation of which less than nothing was released"] = (thing => thing.Reservation is not null, thing => thing.Reservation.ReleasedPence = -1),
        ["a reservation without a day"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.ExpiresOn = null),
        ["a reservation for no project"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.Use.Project = null),
        ["a reservation for a project that nobody has"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.Use.Project = new EntryId("X", 1, 1).ToRef()),
        ["a reservation without a use"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made.Use = null),
        ["a reservation without a name"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Reservation = null),
        ["a reservation that is not said"] = (thing => thing.Reservation is not null, thing => thing.Reservation.Made = null),
        ["a liability of which more was found not to be owed than was"] = (thing => thing.Liability is not null, thing => thing.Liability.ReducedPence = long.MaxValue),
        ["a liability received on no day"] = (thing => thing.Liability is not null, thing => thing.Liability.Incurred.ReceivedOn = null),
        ["a preparation of another amount than is held"] = (thing => thing.Preparation is not null, thing => thing.Preparation.HeldPence--),
        ["a preparation out of what nobody has"] = (thing => thing.Preparation is not null, thing => thing.Preparation.Prepared.Payment.OutOf = new EntryId("X", 1, 1).ToRef()),
        ["a preparation of no payment"] = (thing => thing.Preparation is not null, thing => thing.Preparation.Prepared.Payment = null),
        ["a payment to nobody"] = (thing => thing.Payment is not null, thing => thing.Payment.Made.Payee = null),
        ["a payment of more than its pieces"] = (thing => thing.Payment is not null, thing => thing.Payment.Made.AmountPence++),
        ["a payment of no pieces"] = (thing => thing.Payment is not null, thing => thing.Payment.Pieces.Clear()),
        ["a payment out of another body's lot"] = (thing => thing.Payment is not null, thing => thing.Payment.Pieces[0].Lot.Body = "X"),
        ["a payment of money that may be used for more"] = (thing => thing.Payment is not null, thing => thing.Payment.Pieces[0].Line.Years.LastYear = 2090),
        ["a payment with less than no interest"] = (thing => thing.Payment is not null, thing => thing.Payment.InterestPence = -1),
        ["a claim of less than nothing"] = (thing => thing.Clawback is not null, thing => thing.Clawback.AmountPence = -1),
        ["a claim under an award that nobody made"] = (thing => thing.Clawback is not null, thing => thing.Clawback.Award = new EntryId("X", 1, 1).ToRef()),
        ["a claim of which more own money came than came"] = (thing => thing.Clawback is not null, thing => thing.Clawback.OwnPence = thing.Clawback.MetPence + 1),
        ["a report of nobody that is funded"] = (thing => thing.Report is not null, thing => thing.Report.Report.Report.Body = "X"),
        ["a report without figures"] = (thing => thing.Report is not null, thing => thing.Report.Report.Totals = null),
        ["a custody of nobody"] = (thing => thing.Custody is not null, thing => thing.Custody.Principal = ""),
        ["a registration of a body of a higher tier"] = (thing => thing.Registration is not null, thing => thing.Registration.Registration.Tier = Tier.CentralGovernment),
        ["a registration with a key of another length"] = (thing => thing.Registration is not null, thing => thing.Registration.Registration.PublicKey = Google.Protobuf.ByteString.Empty),
        ["nothing"] = (thing => thing.Project is not null, thing => thing.ClearThing()),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Thing_ThatCannotBe_IsNotTakenOver(string row)
    {
        var stage = new Stage();
        stage.Council.Do(stage.Council.Reservation(stage.Fund, 700));
        stage.Council.Do(stage.Council.Liability(stage.Fund, 900));
        stage.Council.Prepares();
        stage.Council.Do(stage.Council.Payment(stage.Fund, 800));
        stage.Council.Do(Abolished.Registering(stage.Forum));
        stage.Council.Do(new ClaimClawback(stage.ForumAward, Kind.Revenue, EarmarkSet.Of([Write.Led]), Write.Digest("Not as agreed."), 500));
        stage.Forum.Do(new SubmitReport(stage.Fund, stage.Council.Id));
        stage.Keeps();
        stage.Federation.Settle();
        stage.Government.Do(stage.Ordering(9_000));
        var here = stage.Federation["E06000021"];

        for (var portion = 0; portion < 100; portion++)
        {
            stage.Federation.Settle();
            var facts = stage.Council.Decide(new HandOver([])).Facts;
            if (facts.FirstOrDefault(fact => fact.HandedOver is { } handed && Table[row].Sort(handed.Thing)) is not { } found)
            {
                stage.Council.Append([.. facts]);
                continue;
            }
            stage.Council.Append([.. facts.TakeWhile(fact => fact != found)]);
            stage.Federation.Settle();
            var altered = found.Clone();
            altered.HandedOver.To = new Addressed();
            Table[row].Alter(altered.HandedOver.Thing);
            Assert.Equal(DeliveryRefusal.Malformed, Assert.Single(here.Decide(new ReceiveDelivery(Answers.Forged(stage.Council, here, altered))).Facts).DeliveryRefused.Reason);
            found.HandedOver.To = new Addressed();
            Assert.NotNull(Assert.Single(here.Decide(new ReceiveDelivery(Answers.Forged(stage.Council, here, found))).Facts).TakenOver);
            return;
        }
        Assert.Fail("The council handed over nothing of that sort.");
    }
}
