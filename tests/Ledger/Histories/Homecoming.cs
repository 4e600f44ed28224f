namespace FundingFlows.Ledger.Tests;

/// <summary>
/// After a history, whoever holds money lets go of all that it holds it for, and sends it to where it came from, until nothing more can
/// be done: no money may be left that cannot go home.
/// </summary>
internal static class Homecoming
{
    private const int MostRounds = 40;

    public static void AllGoesHome(this HistoryTown town)
    {
        var moved = 1;
        for (var round = 0; moved > 0; round++)
        {
            Assert.InRange(round, 0, MostRounds);
            moved = town.Bodies.Sum(body => Doable(body).Count(command => body.Run(command).Refusal is null));
            town.Federation.Settle();
        }
        town.Federation.MustHold();
        Assert.All(town.Bodies, body => Assert.Equal((body.Id, 0L, 0L), (body.Id, body.Balance(Account.Cash), body.Balance(Account.InTransit))));
        long Sum(Account account) => town.Bodies.Sum(body => body.Balance(account));
        Assert.Equal(Sum(Account.Issued), Sum(Account.Surrendered) + Sum(Account.Spent));
    }

    /// <summary>All that a body can do to send money home. Each step is made from the books as they are when its turn comes.</summary>
    private static IEnumerable<ICommand> Doable(TestBody body)
    {
        var books = body.Books;
        foreach (var told in books.Instructions.All.Where(one => one.Agent == body.Id && one.Stage == InstructionStage.Open).ToList())
            yield return Instructed.Refusing(told.Id, Enum.GetValues<RefusalGround>().Skip(1).Except(books.Instructions.OverturnedFor(told)).First());
        foreach (var waiting in books.Preparations.All.Where(one => one.Waits).ToList())
            yield return new RejectPayment(waiting.Id, Write.Reason);
        foreach (var hold in books.Holds.All.Where(hold => hold.AmountPence > 0).ToList())
            if (hold.Kind == HoldKind.Reservation)
                yield return new ReleaseReservation(hold.Id, hold.AmountPence);
            else if (hold.Kind == HoldKind.Liability)
                yield return new ReduceLiability(hold.Id, Write.Reason, hold.AmountPence);
        foreach (var claim in books.Clawbacks.All.Where(claim => claim.RecordedBy is null && claim.OwedPence > 0).ToList())
            yield return new WithdrawClawback(claim.Id, claim.OwedPence);
        foreach (var lot in books.Lots.All.Where(lot => lot.RemainingPence > 0 && lot.Award is not null).ToList())
            if (books.Awards.Find(lot.Award!.Value)!.Terms.Fund is var fund && lot.Line.Fund != fund)
                yield return new MergePots(lot.Line.Fund, fund, lot.Award, MergePots.MostLotsOfAStep);
        foreach (var award in books.Awards.All.Where(award => award.Recipient == body.Id).ToList())
            if (MayGo(books.Lots.Under(award.Id).Where(lot => lot.Line.Fund == award.Terms.Fund)) is var pence and > 0)
                yield return new RepayUnderspend(award.Id, null, pence);
        foreach (var own in books.Lots.All.Where(lot => lot.Award is null).GroupBy(lot => (lot.Line.Fund, lot.Origin.Source)).ToList())
            if (MayGo(own) is var pence and > 0)
                yield return new SurrenderMoney(own.Key.Fund, own.Key.Source, pence);
    }

    private static long MayGo(IEnumerable<Lot> lots) => lots.Sum(lot => lot.FreePence + lot.HeldFor(HoldKind.Return));
}
