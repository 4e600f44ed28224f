namespace FundingFlows.Simulation;

/// <summary>What somebody may want at random, made from what is durable: mostly what can be done, and now and then what may never be.</summary>
internal sealed class Wishes(Town town, Random random)
{
    private int references;

    /// <summary>Who shall do what. Null: nothing that could be wished for is there.</summary>
    public (string Body, ICommand Command)? Next()
    {
        var which = random.Next(100);
        return which switch
        {
            < 34 => Release(),
            < 44 => Of(books => Received(books), (_, award) => new RepayUnderspend(award.Id, null, Little())),
            < 58 => Pay(),
            < 63 => Of(books => books.Payments.All, (_, payment) => new RefundPayment(payment.Id, null, Little())),
            < 68 => Of(books => books.Projects.All, (books, project) => new Reserve(
                new PlannedSpending(AnyFund(), project.Id, 2026, Kind.Revenue, "libraries", Founding.Place, null), Founding.Day.AddDays(100), Founding.Digest("A plan."), Little())),
            < 71 => Of(books => books.Reservations.All, (_, one) => new ReleaseReservation(one.Id, Little())),
            < 75 => Of(books => Given(books).Where(award => award.Terms.Fund != Founding.Vast), (_, award) => new ClaimClawback(award.Id, Kind.Either, award.Promises[0].Earmarks, Founding.Digest("It is needed elsewhere."), Little())),
            < 77 => Of(books => books.Clawbacks.All.Where(claim => claim.RecordedBy is null), (_, claim) => new WithdrawClawback(claim.Id, Little())),
            < 80 => Of(books => books.Clawbacks.All.Where(claim => claim.RecordedBy is not null), (_, claim) => new SettleClawback(claim.Id, Little())),
            < 84 => (Map.Root, new IssueMoney(AnyFund(), Founding.Vote, Little())),
            < 88 => Of(books => books.Agreements.All.Where(agreement => agreement.Funder == books.Body), (_, agreement) => new OfferAward(agreement.Recipient, AnyFund(), [Founding.Promise(Little() * 10)])),
            < 92 => Of(books => Received(books).Where(award => award.State == AwardStage.Offered), (_, award) => new AnswerAward(award.Id, random.Next(4) > 0)),
            < 95 => Of(books => Given(books).Where(award => award.Terms.Fund == Founding.Vast && books.Body == "C1"), (_, award) => new ReleaseFunds(award.Id, 2026, Kind.Either, award.Promises[0].Earmarks, Founding.TooMuch)),
            < 96 => Of(books => books.Agreements.All, (_, agreement) => new SuspendAgreement(agreement.Id, Founding.Digest("A doubt."))),
            < 98 => Of(books => books.Agreements.All.Where(one => one.SuspendedBy.Contains(books.Body)), (_, agreement) => new ResumeAgreement(agreement.Id, Founding.Digest("No doubt."))),
            _ => Impossible(),
        };
    }

    private (string, ICommand)? Release() => Of(
        books => Given(books).Where(award => award.Terms.Fund != Founding.Vast && award.State == AwardStage.Accepted),
        (_, award) => award.Promises[random.Next(award.Promises.Count)] is var promise ? new ReleaseFunds(award.Id, promise.Year, promise.Kind, promise.Earmarks, Little()) : null!);

    private (string, ICommand)? Pay() => Of(
        books => books.Projects.All,
        (_, project) => new MakePayment(
            AnyFund(), project.Id, 2026, Founding.Day, random.Next(2) == 0 ? Kind.Revenue : Kind.Capital, "libraries", Founding.Place, new Payee { Organisation = "GB-CHC-1234567" },
            Charge.Of(Little()), $"INV-{++references}", Founding.Digest("An invoice."), Narrative: Founding.Digest("A new roof.")));

    /// <summary>What no rule permits.</summary>
    private (string, ICommand)? Impossible() => random.Next(5) switch
    {
        0 => (AnyBody(), new ReleaseFunds(new EntryId(AnyBody(), 1, random.Next(60)), 2026, Kind.Either, EarmarkSet.Of([]), Little())),
        1 => Of(books => Given(books), (_, award) => new ReleaseFunds(award.Id, 2026, Kind.Either, award.Promises[0].Earmarks, random.Next(3) - 1)),
        2 => Of(books => Given(books), (_, award) => new ReleaseFunds(award.Id, 2026, Kind.Either, award.Promises[0].Earmarks, Pence.Most)),
        3 => (AnyBody(), new IssueMoney(AnyFund(), Founding.Vote, Little())),
        _ => (AnyBody(), new ProposeAgreement(AnyBody())),
    };

    private static IEnumerable<FundingAward> Given(Books books) => books.Awards.All.Where(award => award.Funder == books.Body);

    private static IEnumerable<FundingAward> Received(Books books) => books.Awards.All.Where(award => award.Recipient == books.Body && award.Terms.Fund != Founding.Vast);

    private long Little() => random.Next(3) == 0 ? random.Next(1, 200_000) : random.Next(1, 3_000);

    private string AnyBody() => Map.Bodies[random.Next(Map.Bodies.Count)].Id;

    private string AnyFund() => Founding.Funds[random.Next(Founding.Funds.Count)];

    /// <summary>Something about one of the things that a body has, or else the next body.</summary>
    private (string, ICommand)? Of<T>(Func<Books, IEnumerable<T>> things, Func<Books, T, ICommand> make)
    {
        var first = random.Next(Map.Bodies.Count);
        for (var i = 0; i < Map.Bodies.Count; i++)
        {
            var books = town.Oracle.Bodies[Map.Bodies[(first + i) % Map.Bodies.Count].Id].Books;
            if (things(books).ToList() is { Count: > 0 } all)
                return (books.Body, make(books, all[random.Next(all.Count)]));
        }
        return null;
    }
}
