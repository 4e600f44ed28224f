namespace FundingFlows.Ledger.Tests;

/// <summary>A lot as anybody would write it down: the fact that made it, and sums.</summary>
internal sealed class PlainLot(LotId id, NewLot made)
{
    private readonly SortedDictionary<Account, long> balances = [];

    public LotId Id { get; } = id;

    public NewLot Made { get; } = made;

    public long RemainingPence { get; set; } = made.AmountPence;

    public long HeldPence { get; set; }

    public void Move(Account from, Account to, long pence)
    {
        balances[from] = balances.GetValueOrDefault(from) + (from < Account.Cash ? pence : -pence);
        balances[to] = balances.GetValueOrDefault(to) + pence;
    }

    public override string ToString() => string.Join(
        ' ', Id, Made.AmountPence, RemainingPence, HeldPence, FundLine.From(Made.Line), Made.TermsVersion, string.Join(',', Made.History.Select(TermsId.From).Append(new TermsId(Made.Line.Fund, Made.TermsVersion))),
        RootOf.From(Made.Origin), Made.Parent is null ? "-" : LotId.From(Made.Parent), Made.FunderLot is null ? "-" : LotId.From(Made.FunderLot), Made.Award is null ? "-" : EntryId.From(Made.Award),
        Made.HasClosedThrough ? Made.ClosedThrough : "-", string.Join(',', balances.Where(one => one.Value != 0)));

    /// <summary>The same of a lot of a book.</summary>
    public static string Of(Lot lot) => string.Join(
        ' ', lot.Id, lot.AmountPence, lot.RemainingPence, lot.HeldPence, lot.Line, lot.TermsVersion, string.Join(',', lot.Terms),
        lot.Origin, lot.Parent is { } parent ? parent : "-", lot.FunderLot is { } funder ? funder : "-", lot.Award is { } award ? award : "-",
        lot.ClosedThrough is { } closed ? closed : "-", string.Join(',', Enum.GetValues<Account>().Select(account => KeyValuePair.Create(account, lot.Balances[account])).Where(one => one.Value != 0)));
}

/// <summary>Lots as anybody would keep them: a dictionary, searched and sorted whenever something is asked.</summary>
internal sealed class PlainLots
{
    private readonly Dictionary<LotId, PlainLot> all = [];

    public IReadOnlyList<PlainLot> All => [.. all.Values];

    public PlainLot this[LotId id] => all[id];

    public PlainLot Add(LotId id, NewLot made)
    {
        all.Add(id, new PlainLot(id, made));
        return all[id];
    }

    public void MustBe(LotBook book)
    {
        Assert.Equal(all.Values.Select(lot => lot.ToString()), book.All.Select(PlainLot.Of));
        Assert.Equal(all.Values.Select(lot => lot.ToString()), all.Keys.Select(id => PlainLot.Of(book.Find(id)!)));
        foreach (var fund in all.Values.GroupBy(lot => lot.Made.Line.Fund))
        {
            Assert.Equal(Remaining(fund).Select(lot => lot.Id), book.Remaining(fund.Key).Select(lot => lot.Id));
            Assert.Equal(Remaining(fund).Sum(lot => lot.RemainingPence), book.RemainingPence(fund.Key));
            Assert.Equal(Remaining(fund).Count > 0, book.FundsHeld.Contains(fund.Key));
        }
        foreach (var award in all.Values.Where(lot => lot.Made.Award is not null).GroupBy(lot => EntryId.From(lot.Made.Award)))
            Assert.Equal(award.Select(lot => lot.Id), book.Under(award.Key).Select(lot => lot.Id));
    }

    private static List<PlainLot> Remaining(IEnumerable<PlainLot> lots) =>
    [
        .. lots.Where(lot => lot.RemainingPence > 0)
            .OrderBy(lot => lot.Made.Line.Years.LastYear).ThenBy(lot => lot.Made.Line.Kind == Kind.Either).ThenByDescending(lot => lot.Made.Line.Earmarks.Distinct().Count()).ThenBy(lot => lot.Id),
    ];
}
