using Google.Protobuf;

namespace FundingFlows.Simulation;

/// <summary>What somebody may want at random, made from what is durable: mostly what can be done, and now and then what may never be.</summary>
internal sealed class Wishes(Town town, Random random)
{
    private int references;

    /// <summary>Who shall do what. Null: nothing that could be wished for is there.</summary>
    public (string Body, ICommand Command)? Next()
    {
        var which = random.Next(153);
        return which switch
        {
            >= 150 => Revise(),
            >= 145 => Overtake(),
            >= 140 => Of(books => Received(books).Where(award => award.OpenAmendment is not null), (_, award) => new AnswerAmendment(award.Id, award.OpenAmendment!.Id, random.Next(4) > 0)),
            >= 136 => Of(books => Given(books).Where(award => award.Terms.Fund != Founding.Vast && award.State == AwardStage.Accepted), (_, award) => new AmendAward(award.Id, Amended(award))),
            >= 130 => Of(books => Received(books).Where(award => award.State == AwardStage.Accepted), (_, award) => new SubmitReport(award.Terms.Fund, award.Funder, SomeDay())),
            >= 123 => Cascade(),
            >= 120 => Obstruct(),
            >= 117 => NewKey(),
            >= 115 => Due().Cast<(string, ICommand)?>().FirstOrDefault(),
            >= 112 => Of(books => books.Standing.All, (_, one) => new EndStandingInstruction(one.Id)),
            >= 108 => Of(books => books.Standing.All, (_, one) => new ResumeStandingInstruction(one.Id)),
            >= 100 => Instruct(),
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
        (_, award) => award.Promises[random.Next(award.Promises.Count)] is var promise ? new ReleaseFunds(award.Id, promise.Year, promise.Kind, promise.Earmarks, Little(), SomeDay()) : null!);

    /// <summary>Some promises are raised, some lowered, now and then below what was released; one may be left out, and one may come.</summary>
    private List<Promise> Amended(FundingAward award)
    {
        var promises = award.Promises.Select(promise => promise.AsPromise()).ToList();
        for (var i = 0; i < promises.Count; i++)
            promises[i].AmountPence = random.Next(3) switch { 0 => Math.Max(0, award.Promises[i].ReleasedPence + random.Next(-1, 3)), 1 => promises[i].AmountPence, _ => promises[i].AmountPence + Little() };
        promises.RemoveAll(promise => promise.AmountPence == 0);
        if (random.Next(3) == 0 && !promises.Exists(promise => promise.FinancialYear == 2027))
            promises.Add(new Promise { FinancialYear = 2027, Kind = Kind.Either, AmountPence = Little() });
        return promises;
    }

    /// <summary>
    /// A fund's money is divided otherwise from now on, and may be kept for another earmark; now and then its shares are not the whole, name what the terms
    /// do not define, or nothing changes.
    /// </summary>
    private (string, ICommand)? Revise()
    {
        var newest = town.Oracle.Bodies[Map.Root].Books.Funds.Newest(AnyFund())!;
        var (led, earmark) = (random.Next(100, 9_900), random.Next(3) == 0 ? "young-people" : Founding.Led);
        var defined = newest.Earmarks.Select(one => one.Name).Append(random.Next(8) == 0 ? Founding.Led : earmark).Distinct().Select(name => newest.Earmarks.FirstOrDefault(one => one.Name == name) ?? new Earmark { Name = name });
        SplitShare[] split = random.Next(8) == 0 ? [.. newest.Split]
            : [new SplitShare { Kind = Kind.Either, BasisPoints = (uint)(10_000 - led - (random.Next(8) == 0 ? 1 : 0)) }, new SplitShare { Kind = Kind.Either, BasisPoints = (uint)led, Earmarks = { earmark } }];
        return (Map.Root, new ReviseTerms(newest.Fund, newest.Title, null, Years.From(newest.Years), split, [.. defined], FundRules.Of(newest)));
    }

    /// <summary>More is released than an amendment would promise that is open: whoever accepts it now comes too late.</summary>
    private (string, ICommand)? Overtake() => Of(
        books => Given(books).Where(award => award.OpenAmendment is not null).SelectMany(award => award.Promises.Where(promise => award.OpenAmendment!.PenceOf(promise) < promise.AmountPence).Select(promise => (award, promise))),
        (_, one) => new ReleaseFunds(one.award.Id, one.promise.Year, one.promise.Kind, one.promise.Earmarks, Little(), SomeDay()));

    private (string, ICommand)? Pay() => Of(
        books => books.Projects.All,
        (_, project) => new MakePayment(
            AnyFund(), project.Id, 2026, Founding.Day, random.Next(2) == 0 ? Kind.Revenue : Kind.Capital, "libraries", Founding.Place, new Payee { Organisation = "GB-CHC-1234567" },
            Charge.Of(Little()), $"INV-{++references}", Founding.Digest("An invoice."), Narrative: Founding.Digest("A new roof.")));

    /// <summary>What somebody has to do sooner or later, or nothing becomes quiet: every new key is to be recorded by who registers the body.</summary>
    public IEnumerable<(string Body, ICommand Command)> Due() =>
        from one in Map.Bodies
        where one.Registrar != one.Id && !town.Oracle.Bodies[one.Id].IsForked && !town.Oracle.Bodies[one.Registrar].IsForked
        let recorded = town.Oracle.Bodies[one.Registrar].Books.Registrations[one.Id].Keys.Count
        from key in town.Oracle.Bodies[one.Id].Books.Keys.Skip(1 + recorded).Take(1)
        select (one.Registrar, (ICommand)new RotateKey(one.Id, key.PublicKey, key.From));

    /// <summary>The next key of a body, or the one that it has or had; in place of the one that signs, or of another.</summary>
    private (string, ICommand)? NewKey()
    {
        var body = AnyBody();
        if (body == Map.Root)
            return (body, new AdoptKey(KeyOf(body, 1), KeyOf(body, 1)));
        var keys = town.Oracle.Bodies[body].Books.Keys.Count;
        return (body, new AdoptKey(KeyOf(body, random.Next(6) == 0 ? keys : Math.Min(keys + 1, Keys.Most)), KeyOf(body, random.Next(8) == 0 ? random.Next(1, keys + 1) : keys)));
    }

    private static ByteString KeyOf(string body, int number) => ByteString.CopyFrom(Keys.PublicKeyOf(body, number));

    /// <summary>Mostly shares of one promise that can be passed on under other awards; now and then what cannot be, or more than all.</summary>
    private (string, ICommand)? Instruct() => Of(
        books => Received(books).Where(award => award.State == AwardStage.Accepted && Onward(books, award).Any()),
        (books, award) =>
        {
            var promise = award.Promises[random.Next(award.Promises.Count)];
            var onward = (random.Next(8) == 0 ? Given(books) : Onward(books, award)).ToList();
            var shares = onward.Where(_ => random.Next(3) > 0).Append(onward[random.Next(onward.Count)]).DistinctBy(one => one.Id)
                .Select(one => new StandingPart(one.Id, random.Next(1, 2 * StandingInstruction.Whole / (onward.Count + 1)))).ToList();
            return new SetStandingInstruction(new StandingLine(award.Id, promise.Kind, promise.Earmarks), shares);
        });

    /// <summary>Money against a promise of which somebody passes on what comes.</summary>
    private (string, ICommand)? Cascade() => Of(
        books => Given(books).SelectMany(award => InForceAt(award.Recipient).Where(one => one.Line.Award == award.Id)),
        (_, one) => new ReleaseFunds(one.Line.Award, 2026, one.Line.Kind, one.Line.Earmarks, Little(), SomeDay()));

    /// <summary>An agreement is suspended under which money is to be passed on, which stops at that.</summary>
    private (string, ICommand)? Obstruct() => Of(
        books => InForceAt(books.Body).SelectMany(one => one.Shares),
        (books, share) => new SuspendAgreement(books.Awards.Find(share.Award)!.Agreement, Founding.Digest("A doubt.")));

    private IEnumerable<StandingInstruction> InForceAt(string body) => town.Oracle.Bodies[body].Books.Standing.All.Where(one => one.State == StandingStage.InForce);

    private static IEnumerable<FundingAward> Onward(Books books, FundingAward award) =>
        Given(books).Where(given => given.State == AwardStage.Accepted && given.Terms.Fund == award.Terms.Fund);

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

    /// <summary>Mostly a day on which no report is overdue; now and then a later one, or none.</summary>
    private DateOnly? SomeDay() => random.Next(12) switch { 0 => null, < 3 => Founding.Day.AddDays(random.Next(365)), _ => Founding.Day.AddDays(random.Next(45)) };

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
