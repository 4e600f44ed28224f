namespace FundingFlows.Ledger.Tests;

/// <summary>Amendments of the award that the stage's government has made to its council.</summary>
internal static class Amendments
{
    /// <summary>What it promises, in the order of its places.</summary>
    public static IReadOnlyList<Promise> AsItIs => Of(40_000, 20_000, 25_000, 1_000);

    /// <summary>More capital, and a year behind.</summary>
    public static IReadOnlyList<Promise> Raised => [.. Of(50_000, 20_000, 25_000, 1_000), Write.Promise(2028, Kind.Revenue, 7_000)];

    /// <summary>Less revenue, and nothing in the next year.</summary>
    public static IReadOnlyList<Promise> Lowered => [.. Of(40_000, 9_000, 25_000, 1_000).SkipLast(1)];

    public static IReadOnlyList<Promise> Of(long capital, long revenue, long kept, long nextYear) =>
    [
        Write.Promise(2026, Kind.Capital, capital), Write.Promise(2026, Kind.Revenue, revenue), Write.Promise(2026, Kind.Revenue, kept, Write.Led),
        Write.Promise(2027, Kind.Revenue, nextYear),
    ];

    /// <summary>It is offered, and the offer arrives.</summary>
    public static EntryId Amends(this Stage stage, IReadOnlyList<Promise> promises)
    {
        var amendment = stage.Government.Do(new AmendAward(stage.CouncilAward, promises));
        stage.Federation.Settle();
        return amendment;
    }

    /// <summary>It is offered and arrives, and the council's own deliveries stay where they are.</summary>
    public static EntryId AmendsUnheard(this Stage stage, IReadOnlyList<Promise> promises)
    {
        var amendment = stage.Government.Do(new AmendAward(stage.CouncilAward, promises));
        stage.Carries(stage.Government, stage.Council);
        return amendment;
    }

    /// <summary>The council accepts it; nobody hears of that yet.</summary>
    public static EntryId Accepts(this Stage stage, EntryId amendment) => stage.Council.Do(new AnswerAmendment(stage.CouncilAward, amendment, true));

    /// <summary>What the council has sent arrives; how it was answered is still on its way.</summary>
    public static void CarriesToTheFunder(this Stage stage)
    {
        foreach (var sequence in stage.Council.Books.Deliveries.Unanswered(stage.Government.Id).Keys.ToList())
            Assert.Null(stage.Federation.Deliver(stage.Council, stage.Government.Id, sequence).Refusal);
    }

    /// <summary>What one body has sent another arrives, and it hears how it was answered.</summary>
    public static void Carries(this Stage stage, TestBody from, TestBody to)
    {
        foreach (var sequence in from.Books.Deliveries.Unanswered(to.Id).Keys.ToList())
        {
            Assert.Null(stage.Federation.Deliver(from, to.Id, sequence).Refusal);
            Assert.Null(stage.Federation.Answer(from, to.Id, sequence).Refusal);
        }
    }

    /// <summary>An award of £5 to the council that a formula gave.</summary>
    public static EntryId AwardsByFormula(this Stage stage)
    {
        var fund = stage.Government.OpensFormal();
        var award = stage.Government.Do(new AwardAllocation(stage.Government.Do(Runs.Of(fund, (stage.Council.Id, 500))), []));
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(award, true));
        stage.Federation.Settle();
        return award;
    }

    public static FundingAward AwardAt(this Stage stage, TestBody body) => body.Books.Awards.Find(stage.CouncilAward)!;

    /// <summary>What the award promises at a body, place by place.</summary>
    public static IReadOnlyList<long> PromisedAt(this Stage stage, TestBody body) => [.. stage.AwardAt(body).Promises.Select(promise => promise.AmountPence)];
}
