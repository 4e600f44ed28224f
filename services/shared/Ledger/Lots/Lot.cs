namespace FundingFlows.Ledger;

/// <summary>
/// A parcel of money held by one body. It comes from exactly one lot, or from a source; it is never blended with another.
/// What is known of it stands in its book: this only says which it is, and two of the same lot are equal.
/// </summary>
public sealed class Lot : IEquatable<Lot>
{
    private readonly LotBook book;

    internal Lot(LotBook book, int place) => (this.book, Place) = (book, place);

    /// <summary>Its place in the book.</summary>
    internal int Place { get; }

    public LotId Id => book.IdOf(Place);

    /// <summary>The one lot that it came from. Null where it was issued.</summary>
    public LotId? Parent => book.Unpack(Label.Parent, Row.Parent);

    public long AmountPence => Row.AmountPence;

    /// <summary>What has not been drawn, in pence: the free and the held.</summary>
    public long RemainingPence => Row.RemainingPence;

    /// <summary>What of it is held for something, in pence; see <see cref="Hold"/>.</summary>
    public long HeldPence => IsEverHeld ? book.HeldFor(Place).Sum() : 0;

    /// <summary>What of it is held for things of a kind, in pence.</summary>
    public long HeldFor(HoldKind kind) => IsEverHeld ? book.HeldFor(Place)[(int)kind] : 0;

    /// <summary>Whether anything of it was ever held.</summary>
    public bool IsEverHeld => Row.IsEverHeld;

    /// <summary>What of it went back to its source, in pence.</summary>
    public long SurrenderedPence => book.BalanceOf(Place, Account.Surrendered);

    /// <summary>What can be drawn, in pence.</summary>
    public long FreePence => RemainingPence - HeldPence;

    public FundLine Line => Label.Line;

    /// <summary>The version of the fund's terms that it was issued under.</summary>
    public uint TermsVersion => Label.TermsVersion;

    /// <summary>All terms that bind it: those that it stood under before it was relabelled, oldest first, and last those that it is under.</summary>
    public IReadOnlyList<TermsId> Terms => Label.Terms;

    public RootOf Origin => new(Label.Source, Label.OriginFund, book.Unpack(Label.Root, Row.Root)!.Value);

    /// <summary>What became of its money here, as it is now.</summary>
    public Balances Balances => book.BalancesOf(Place);

    /// <summary>The award that this body holds it under. Null where it was issued.</summary>
    public EntryId? Award => Label.Award;

    /// <summary>The funder's lot that was sent when the money came to this body. Null where it was issued.</summary>
    public LotId? FunderLot => book.Unpack(Label.FunderLot, Row.FunderLot);

    /// <summary>
    /// The newest year of its window that whoever sent it had closed for good: it is what was carried forward of that year. Null: none.
    /// </summary>
    public int? ClosedThrough => Label.ClosedThrough;

    private LotLabel Label => book.LabelOf(Place);

    private ref readonly LotRow Row => ref book.RowOf(Place);

    /// <summary>A lot that is in no body's book.</summary>
    internal static Lot Alone(LotId id, NewLot made) => new LotBook().Add(id.Entry, id.Ordinal, made);

    internal void Hold(HoldKind kind, long pence) => book.Hold(Place, kind, pence);

    internal void Post(Posting posting) => book.Post(Place, posting);

    /// <summary>This lot, or part of it, coming back to this body as a lot of its own, under the same label.</summary>
    /// <param name="mustReturn">Whether it may only go back to where it came from.</param>
    internal NewLot ChildHere(long amountPence, bool mustReturn = false)
    {
        var made = new NewLot
        {
            Parent = Id.ToRef(),
            AmountPence = amountPence,
            Line = Line.ToLine(),
            TermsVersion = TermsVersion,
            Origin = Origin.ToOrigin(),
            Award = Award?.ToRef(),
            FunderLot = FunderLot?.ToRef(),
            History = { HistoryRefs },
            MustReturn = mustReturn,
        };
        if (ClosedThrough is { } closed)
            made.ClosedThrough = closed;
        return made;
    }

    /// <summary>Part of this lot in another fund of the same body.</summary>
    /// <param name="returnHold">What it is held for when it may only go back to where it came from. It stays so. Null: it is free.</param>
    internal NewLot Relabelled(Label to, long amountPence, EntryId? returnHold = null)
    {
        var made = ChildHere(amountPence, mustReturn: returnHold is not null);
        made.Hold = returnHold?.ToRef();
        made.Line = to.Line.ToLine();
        made.TermsVersion = to.Terms[^1].Version;
        made.History.Clear();
        made.History.Add(to.Terms.SkipLast(1).Select(terms => terms.ToRef()));
        return made;
    }

    /// <summary>Its earlier terms, as facts write them.</summary>
    internal IEnumerable<TermsRef> HistoryRefs => Terms.Count == 1 ? [] : Terms.SkipLast(1).Select(terms => terms.ToRef());

    public bool Equals(Lot? other) => other is not null && ReferenceEquals(book, other.book) && Place == other.Place;

    public override bool Equals(object? obj) => Equals(obj as Lot);

    public override int GetHashCode() => HashCode.Combine(book, Place);

    public override string ToString() => $"{Id}";
}
