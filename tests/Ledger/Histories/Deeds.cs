namespace FundingFlows.Ledger.Tests;

/// <summary>What anybody in the town may want to do. A deed makes the command of a wish, or none where nothing is there to do it with.</summary>
internal static class Deeds
{
    /// <summary>How many of the first deeds are what most histories are made of.</summary>
    public const int Moving = 7;

    public static IReadOnlyList<(string Name, Func<HistoryTown, Wish, Attempt<ICommand>?> Make)> All { get; } =
    [
        ("issue", (town, wish) => By(town.Bodies[0], new IssueMoney(HistoryTown.Fund(wish.Which), Write.Vote($"estimate-{wish.Year}"), wish.Pence * 100))),
        ("offer", Offer),
        ("accept", (town, wish) => OfMany(town, wish, body => body.Books.Awards.All.Where(award => award.Recipient == body.Id && award.State == AwardStage.Offered), (_, award) => new AnswerAward(award.Id, true))),
        ("release", Release),
        ("repay", (town, wish) => OfMany(town, wish, body => body.Books.Awards.All.Where(award => award.Recipient == body.Id), (_, award) => new RepayUnderspend(award.Id, null, wish.Pence))),
        ("pay", (town, wish) => By(town.Body(wish.Who), body => body.Payment(HistoryTown.Fund(wish.Which), wish.Pence, KindOf(wish)).In(2026 + wish.Year))),
        ("refund", (town, wish) => OfMany(town, wish, body => body.Books.Payments.All, (_, payment) => new RefundPayment(payment.Id, null, wish.Pence))),
        ("reserve", (town, wish) => By(town.Body(wish.Who), body => new Reserve(
            new PlannedSpending(HistoryTown.Fund(wish.Which), body.Books.Projects.All[0].Id, 2026 + wish.Year, KindOf(wish), "libraries", Write.Place, null), Write.Day.AddYears(wish.Year).AddDays(10), Write.Digest("A plan."), wish.Pence))),
        ("release reservation", (town, wish) => OfMany(town, wish, body => body.Books.Reservations.All, (_, one) => new ReleaseReservation(one.Id, 1 + (wish.Pence % 100)))),
        ("expire reservation", (town, wish) => OfMany(town, wish, body => body.Books.Reservations.All, (_, one) => new ExpireReservation(one.Id, Write.Day.AddYears(wish.Year).AddDays(11)))),
        ("close provisionally", (town, wish) => By(town.Body(wish.Who), new CloseYearProvisionally(2026 + wish.Year))),
        ("close", (town, wish) => wish.Pence % 2 == 0 ? By(town.Body(wish.Who), new CloseYear(2026 + wish.Year))
            : OfAll(town, wish, body => body.Books.Years.All.Where(year => year.ClosedBy is null), (_, year) => new CloseYear(year.Year))),
        ("surrender", (town, wish) => By(town.Bodies[0], new SurrenderMoney(HistoryTown.Fund(wish.Which), Write.Vote($"estimate-{wish.Year}"), wish.Pence))),
        ("suspend", (town, wish) => OfMany(town, wish, body => body.Books.Agreements.All, (_, agreement) => new SuspendAgreement(agreement.Id, Write.Reason))),
        ("resume", (town, wish) => OfMany(town, wish, body => body.Books.Agreements.All.Where(one => one.SuspendedBy.Contains(body.Id)), (_, agreement) => new ResumeAgreement(agreement.Id, Write.Reason))),
        ("merge", (town, wish) => By(town.Body(wish.Who), new MergePots(HistoryTown.Fund(wish.Which), HistoryTown.Fund(2 + wish.Year), null, 1 + (wish.Which % 3)))),
        ("relabel back", (town, wish) => OfMany(town, wish, Relabelled, (_, lot) => new MergePots(lot.Line.Fund, lot.Terms[wish.Which % (lot.Terms.Count - 1)].Fund, null, 1 + (wish.Which % 3)))),
        ("claim", (town, wish) => OfMany(
            town, wish, body => body.Books.Awards.All.Where(award => award.Funder == body.Id),
            (_, award) => Claim(award, award.Promises[wish.Which % award.Promises.Count], wish.Pence))),
        ("withdraw", (town, wish) => OfMany(town, wish, body => body.Books.Clawbacks.All.Where(claim => claim.RecordedBy is null), (_, claim) => new WithdrawClawback(claim.Id, 1 + (wish.Pence % 500)))),
        ("settle", (town, wish) => OfMany(town, wish, body => body.Books.Clawbacks.All.Where(claim => claim.RecordedBy is not null), (_, claim) => new SettleClawback(claim.Id, 1 + (wish.Pence % 2_000)))),
        ("lend", (town, wish) => By(town.Body(wish.Who), body => body.Payment(HistoryTown.Fund(wish.Which), wish.Pence, KindOf(wish)).In(2026 + wish.Year) with { RepayableBy = Write.YearEnd.AddYears(3) })),
        ("repay a loan", (town, wish) => OfMany(
            town, wish, body => body.Books.Payments.All.Where(payment => payment.Made.RepayableBy is not null),
            (_, loan) => new RecordLoanRepayment(loan.Id, Write.Day.AddYears(wish.Year + (wish.Which % 3)), 1 + (wish.Pence % 500)))),
        ("owe", (town, wish) => By(town.Body(wish.Who), body => new RecordLiability(Planned(body, wish), Write.Day.AddYears(wish.Year), null, Write.Digest("A delivery note."), wish.Pence))),
        ("pay what is owed", (town, wish) => OfMany(
            town, wish, body => body.Books.Liabilities.All,
            (body, owed) => (body.Payment(owed.For.Fund, 1 + (wish.Pence % 500), owed.For.Kind) with { OutOf = owed.Id, Year = owed.For.Year }) with { PaidOn = Write.Day.AddYears(wish.Year) })),
        ("owe less", (town, wish) => OfMany(town, wish, body => body.Books.Liabilities.All, (_, owed) => new ReduceLiability(owed.Id, Write.Reason, 1 + (wish.Pence % 500)))),
        ("approve", (town, wish) => OfMany(town, wish, body => body.Books.Preparations.All.Where(one => one.Waits), (_, one) => new ApprovePayment(one.Id))),
        ("reject", (town, wish) => OfMany(town, wish, body => body.Books.Preparations.All.Where(one => one.Waits), (_, one) => new RejectPayment(one.Id, Write.Reason))),
        ("report", (town, wish) => OfMany(town, wish, body => body.Books.Awards.All.Where(award => award.Recipient == body.Id), (_, award) => new SubmitReport(award.Terms.Fund, award.Funder))),
        ("execute", (town, wish) => OfAll(town, wish, body => Told(body, InstructionStage.Open), (_, one) => new ExecuteInstruction(one.Id, Write.Day.AddYears(one.Payment.FinancialYear - 2026), Instructed.Bank))),
        ("refuse to pay", (town, wish) => OfAll(town, wish, body => Told(body, InstructionStage.Open), (_, one) => Instructed.Refusing(one.Id, (RefusalGround)(1 + (wish.Which % 5))))),
        ("appeal", (town, wish) => OfAll(town, wish, body => body.Books.Instructions.All.Where(one => one.Refusal is not null && one.Principal == body.Id), (_, one) => new MakeAppeal(one.Id, Write.Reason))),
        ("decide an appeal", (town, wish) => OfAll(town, wish, body => Told(body, InstructionStage.Refused).Where(one => one.Appeal is not null), (_, one) => new DecideAppeal(one.Id, wish.Pence % 2 == 0, Write.Reason))),
        ("set a standing instruction", SetStanding),
        ("go on with a standing instruction, or end it", (town, wish) => OfAll(town, wish, Standing, (_, one) => GoOn(one))),
        ("instruct again", (town, wish) => OfAll(town, wish, body => body.Books.Instructions.All.Where(one => one.Appeal is { Stage: AppealStage.Allowed } && one.Principal == body.Id), (_, one) => Again(one))),
    ];

    private static IEnumerable<StandingInstruction> Standing(TestBody body) => body.Books.Standing.All.Where(one => one.State != StandingStage.Ended);

    private static ICommand GoOn(StandingInstruction instruction) => instruction.State switch
    {
        StandingStage.Waits => new ApproveStandingInstruction(instruction.Id),
        StandingStage.Stopped => new ResumeStandingInstruction(instruction.Id),
        _ => new EndStandingInstruction(instruction.Id),
    };

    /// <summary>Of what comes to a body, shares go on under the first of its own awards that promise the like.</summary>
    private static Attempt<ICommand>? SetStanding(HistoryTown town, Wish wish) => OfMany(
        town, wish, body => body.Books.Awards.All.Where(award => award.Recipient == body.Id && award.State == AwardStage.Accepted),
        (body, award) =>
        {
            var line = new StandingLine(award.Id, award.Promises[0].Kind, award.Promises[0].Earmarks);
            var given = body.Books.Awards.All.Where(one => one.Funder == body.Id && one.Terms.Fund == award.Terms.Fund).Take(1 + (wish.Which % 3)).ToList();
            return new SetStandingInstruction(line, [.. given.Select(one => new StandingPart(one.Id, (int)(1 + (wish.Pence * 33 % (1_000_000 / given.Count)))))]);
        });

    private static IEnumerable<Instruction> Told(TestBody body, InstructionStage stage) => body.Books.Instructions.All.Where(one => one.Agent == body.Id && one.Stage == stage);

    private static MakePayment Again(Instruction refused)
    {
        var payment = refused.Payment;
        return new MakePayment(
            payment.Fund, EntryId.From(payment.Project), payment.FinancialYear, Dates.From(payment.PaidOn), payment.Kind, payment.Category, payment.Place, payment.Payee,
            Charge.From(payment), payment.Reference, payment.Evidence, Narrative: payment.Narrative, AfterAppeal: refused.Id);
    }

    private static IEnumerable<Lot> Relabelled(TestBody body) => body.Books.Lots.All.Where(lot => lot.Terms.Count > 1 && lot.RemainingPence > 0);

    private static ClaimClawback Claim(FundingAward award, AwardPromise promise, long pence) => new(award.Id, promise.Kind, promise.Earmarks, Write.Reason, pence);

    private static PlannedSpending Planned(TestBody body, Wish wish) => new(
        HistoryTown.Fund(wish.Which), body.Books.Projects.All[0].Id, 2026 + wish.Year, KindOf(wish), "libraries", Write.Place, Write.Organisation());

    private static Kind KindOf(Wish wish) => wish.Pence % 2 == 0 ? Kind.Capital : Kind.Revenue;

    private static string[] Kept(Wish wish) => wish.Which % 3 == 0 ? [Write.Led] : [];

    private static Attempt<ICommand>? Offer(HistoryTown town, Wish wish) => OfMany(
        town, wish, body => body.Books.Agreements.All.Where(agreement => agreement.Funder == body.Id),
        (_, agreement) => new OfferAward(
            agreement.Recipient, HistoryTown.Fund(wish.Which), [Write.Promise(2026 + wish.Year, Kind.Either, wish.Pence * 20, Kept(wish)), Write.Promise(2026 + wish.Year, Kind.Capital, wish.Pence * 10, Kept(wish))]));

    private static Attempt<ICommand>? Release(HistoryTown town, Wish wish) => OfMany(
        town, wish, body => body.Books.Awards.All.Where(award => award.Funder == body.Id),
        (body, award) => body.Release(award.Id, wish.Which % award.Promises.Count, wish.Pence));

    private static Attempt<ICommand>? By(TestBody body, ICommand command) => new(body, command);

    private static Attempt<ICommand>? By(TestBody body, Func<TestBody, ICommand> make) => new(body, make(body));

    /// <summary>Something about one of the things that anybody has: of what is too rare to be met at one body. None: nobody has any.</summary>
    private static Attempt<ICommand>? OfAll<T>(HistoryTown town, Wish wish, Func<TestBody, IEnumerable<T>> things, Func<TestBody, T, ICommand> make)
    {
        var all = town.Bodies.SelectMany(body => things(body).Select(thing => (Body: body, Thing: thing))).ToList();
        return all.Count == 0 ? null : new(all[wish.Which % all.Count].Body, make(all[wish.Which % all.Count].Body, all[wish.Which % all.Count].Thing));
    }

    /// <summary>Something about one of the things that a body has, or else the next body. None: nobody has any.</summary>
    private static Attempt<ICommand>? OfMany<T>(HistoryTown town, Wish wish, Func<TestBody, IEnumerable<T>> things, Func<TestBody, T, ICommand> make)
    {
        foreach (var body in Enumerable.Range(wish.Who, town.Bodies.Count).Select(town.Body))
            if (things(body).ToList() is { Count: > 0 } all)
                return new(body, make(body, all[wish.Which % all.Count]));
        return null;
    }
}
