namespace FundingFlows.Audit;

/// <summary>
/// The rules of the end of a year, at every entry: what is spent, set aside or promised for a year that is closed, what is carried forward
/// above its ceiling or before that is known, and what is used though it may only go back to where it came from.
/// </summary>
public sealed class YearEndChecks
{
    private readonly List<string> wrong = [];
    private readonly HashSet<LotId> kept = [];
    private readonly Dictionary<string, Queue<Fact>> closing = [];
    private long examined;

    /// <summary>Looks at an entry before it is applied, when the books are those that it was decided by.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        var (books, at) = (replica.Books, replica.IdOf(entry));
        if (UsedMoney.Of(books, entry.Fact) is { } used)
        {
            if (entry.Part <= 1)
                Require(!used.IsTooLate, $"{at} counts in {Years.InWords(used.Year)}, which {books.Body} had closed.");
            foreach (var piece in used.Pieces)
                Look(books, at, used, piece);
        }
        else if (entry.Fact.AwardOffered is { } offered)
            foreach (var promise in offered.Promises)
                Require(!books.Years.IsClosed(promise.FinancialYear), $"{at} promises money for {Years.InWords(promise.FinancialYear)}, which {books.Body} had closed.");
        else if (entry.Fact.AwardAmended is { } amended)
            Require(Amending.MayComeIntoForce(books, amended), $"{at} amends {EntryId.From(amended.Award)} by less than was released, for a year that {books.Body} had closed, or though it is over.");
        else if (entry.Fact.KindCase is Fact.KindOneofCase.YearClosed or Fact.KindOneofCase.YearClosedProvisionally)
            Require(IsDecidedSo(books, entry), $"{at} closes a year otherwise than its books and the terms say.");
        else if (entry.Fact.PotsMerged is { } merged)
            foreach (var lot in merged.Lots)
                MayBegin(books, at, LotId.TryFrom(lot.Parent, out var parent) ? parent : default, lot.Line.Years.FirstYear);
        foreach (var (piece, staysKept) in ReturningMoney.MovedBy(entry.Fact))
            Require(staysKept || !ReturningMoney.IsHeldBy(books, piece.Hold), $"{at} sets money of {LotId.From(piece.Lot)} free, which may only go back to where it came from.");
        foreach (var lot in ReturningMoney.SetFreeBy(books, entry.Fact))
            Require(false, $"{at} sets money of {lot} free, which may only go back to where it came from.");
    }

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        kept.Clear();
        closing.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry after it was applied: at the lots that it made.</summary>
    public void LookAgain(JournalReplica replica, Entry entry)
    {
        var at = replica.IdOf(entry);
        foreach (var lot in (entry.Fact.TransferReceived?.Lots ?? entry.Fact.TransferReversed?.Lots ?? []).Select((_, i) => replica.Books.Lots.Find(new LotId(at, i))!))
            if (lot.HeldFor(HoldKind.Return) == lot.AmountPence)
                kept.Add(lot.Id);
            else if (entry.Fact.TransferReceived is not null)
                Require(!ReturningMoney.CameTooLate(replica.Books, lot), $"Lot {lot.Id} is free, though {replica.Body} had closed a year of it before it came, and its sender had not.");
    }

    /// <summary>How many uses of money were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        var freed = view.Federation.All.SelectMany(books => books.Transfers.Received)
            .SelectMany(received => received.Lots.Zip(view.BooksOf(received.Id.Body)?.Transfers.Find(received.Id)?.Pieces ?? []))
            .Concat(view.Federation.All.SelectMany(books => books.Transfers.Sent).SelectMany(sent => sent.CameBack.Zip(sent.Pieces)))
            .Where(pair => pair.Second.MustReturn && !kept.Contains(pair.First))
            .Select(pair => $"Lot {pair.First} is free, and was sent as money that may only go back to where it came from.");
        return (examined, [.. wrong, .. freed]);
    }

    private void Look(Books books, EntryId at, UsedMoney used, Piece piece)
    {
        if (!LotId.TryFrom(piece.Lot, out var id) || books.Lots.Find(id) is not { } lot)
            return;
        var hold = used.OutOf ?? (EntryId.TryFrom(piece.Hold, out var named) ? named : null);
        var there = hold is { } held ? books.Holds.Find(held) is { Kind: not HoldKind.Return } own ? own.Of(lot) : 0 : lot.FreePence;
        Require(
            piece.AmountPence <= there || lot.HeldFor(HoldKind.Return) == 0, $"{at} uses {Pence.InPounds(piece.AmountPence)} of lot {id}, which may only go back to where it came from.");
        if (hold is null)
            MayBegin(books, at, id, used.Year);
    }

    /// <summary>Money is used in a later year of its window only once it is known how much of the years before is carried forward.</summary>
    private void MayBegin(Books books, EntryId at, LotId id, int year)
    {
        if (books.Lots.Find(id) is { } lot && ReturningMoney.TermsOf(books, lot) is { } terms)
            Require(books.Years.MayCarryInto(lot, terms, year), $"{at} uses lot {id} in {Years.InWords(year)}, before {Years.InWords(year - 1)} was closed for good there.");
    }

    /// <summary>Whether a year is closed as these books close it: to the penny, and piece by piece.</summary>
    private bool IsDecidedSo(Books books, Entry entry)
    {
        if (entry.Part <= 1)
        {
            if (books.Lots.FundsHeld.SelectMany(books.Lots.Remaining).Any(lot => ReturningMoney.TermsOf(books, lot) is null))
                return true;
            ICommand close = entry.Fact.YearClosed is { } closed ? new CloseYear(closed.FinancialYear) : new CloseYearProvisionally(entry.Fact.YearClosedProvisionally.FinancialYear);
            closing[books.Body] = new Queue<Fact>(close.Decide(books, new Surroundings(books.Next, () => [], _ => true, _ => false)).Facts);
        }
        return closing.GetValueOrDefault(books.Body) is { } expected && expected.TryDequeue(out var next) && next.Equals(entry.Fact)
            && (entry.Part < entry.Parts || expected.Count == 0);
    }

    private void Require(bool holds, string finding)
    {
        examined++;
        if (!holds)
            wrong.Add(finding);
    }
}
