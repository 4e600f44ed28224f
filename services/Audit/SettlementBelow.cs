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
        var spent = new Dictionary<(int Year, Tier Tier), long>();
        var (seen, next) = (new HashSet<string> { body }, new Queue<string>([body]));
        while (next.TryDequeue(out var funder))
        {
            var books = view.BooksOf(funder);
            if (books is null)
                continue;
            if (funder != body)
                foreach (var year in Settlement.Of(books, fund).Where(year => year.SpentPence != 0))
                    spent[(year.Year, books.Tier)] = spent.GetValueOrDefault((year.Year, books.Tier)) + year.SpentPence;
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
        return new GetSettlementBelowResponse { Rows = { promised.Keys.Union(spent.Keys).Order().Select(key => Row(key, promised.GetValueOrDefault(key), spent.GetValueOrDefault(key))) } };
    }

    private static SettledTier Row((int Year, Tier Tier) key, (PromisedYear Sum, HashSet<string>? Bodies) promised, long spentPence) => new()
    {
        FinancialYear = key.Year,
        Tier = key.Tier,
        Bodies = promised.Bodies?.Count ?? 0,
        PromisedPence = promised.Sum.PromisedPence,
        ReleasedPence = promised.Sum.MovedPence,
        LapsedPence = promised.Sum.LapsedPence,
        ToReleasePence = promised.Sum.ToMovePence,
        SpentPence = spentPence,
    };
}
