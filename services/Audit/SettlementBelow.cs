namespace FundingFlows.Audit;

/// <summary>What is promised, released and spent of a fund at all bodies that a body funds with it, directly or through others: by year and tier.</summary>
internal static class SettlementBelow
{
    /// <summary>Null: the body does not know the fund.</summary>
    public static GetSettlementBelowResponse? Of(AuditView view, string body, string fund)
    {
        if (view.BooksOf(body)?.Funds.Newest(fund) is null)
            return null;
        var promised = new Dictionary<(int Year, Tier Tier), (PromisedYear Sum, HashSet<string> Bodies)>();
        var own = new Dictionary<(int Year, Tier Tier), OwnMoney>();
        var (seen, next) = (new HashSet<string> { body }, new Queue<string>([body]));
        while (next.TryDequeue(out var funder))
        {
            var books = view.BooksOf(funder);
            if (books is null)
                continue;
            if (funder != body)
                foreach (var year in Settlement.Of(books, fund))
                    own[(year.Year, books.Tier)] = own.GetValueOrDefault((year.Year, books.Tier)) + OwnMoney.Of(year, isClosed: books.Ending.IsSealed);
            foreach (var award in books.Awards.All.Where(award => award.Funder == funder && award.Terms.Fund == fund && award.State == AwardStage.Accepted))
            {
                foreach (var promise in award.Promises)
                {
                    var key = (promise.Year, view.TierOf(award.Recipient));
                    var (sum, bodies) = promised.TryGetValue(key, out var before) ? before : (default, []);
                    if (promise.AmountPence > 0)
                        bodies.Add(award.Recipient);
                    promised[key] = (sum + PromisedYear.Of(award, promise), bodies);
                }
                if (seen.Add(award.Recipient))
                    next.Enqueue(award.Recipient);
            }
        }
        return new GetSettlementBelowResponse { Rows = { promised.Keys.Union(own.Where(one => one.Value != default).Select(one => one.Key)).Order().Select(key => Row(key, promised.GetValueOrDefault(key), own.GetValueOrDefault(key))) } };
    }

    private static SettledTier Row((int Year, Tier Tier) key, (PromisedYear Sum, HashSet<string>? Bodies) promised, OwnMoney own) => new()
    {
        FinancialYear = key.Year,
        Tier = key.Tier,
        Bodies = promised.Bodies?.Count ?? 0,
        PromisedPence = promised.Sum.PromisedPence,
        ReleasedPence = promised.Sum.MovedPence,
        LapsedPence = promised.Sum.LapsedPence,
        ToReleasePence = promised.Sum.ToMovePence,
        SpentPence = own.SpentPence,
        LeftPence = own.LeftPence,
        ForecastPence = own.ForecastPence,
        ForecastingBodies = own.Forecasting,
    };

    /// <summary>What bodies of a tier did and expect to do with the fund themselves in a year.</summary>
    private readonly record struct OwnMoney(long SpentPence, long LeftPence, long ForecastPence, int Forecasting)
    {
        /// <param name="isClosed">Nobody is there any more to do what was expected.</param>
        public static OwnMoney Of(SettledYear year, bool isClosed) => new(
            year.SpentPence, year.LeftPence, isClosed ? 0 : year.ForecastPence ?? 0, year.ForecastPence is null || isClosed ? 0 : 1);

        public static OwnMoney operator +(OwnMoney one, OwnMoney other) => new(
            one.SpentPence + other.SpentPence, one.LeftPence + other.LeftPence, one.ForecastPence + other.ForecastPence, one.Forecasting + other.Forecasting);
    }
}
