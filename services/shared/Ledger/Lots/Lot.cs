namespace FundingFlows.Ledger;

/// <summary>Where money entered the federation.</summary>
public readonly record struct SourceId(SourceKind Kind, string Reference)
{
    public bool IsWellFormed => Kind != SourceKind.Unspecified && Enum.IsDefined(Kind) && Names.IsSourceReference(Reference);

    public static SourceId From(Source source) => new(source.Kind, source.Reference);

    public Source ToSource() => new() { Kind = Kind, Reference = Reference };
}

/// <summary>The root of a lot: its source, its fund at issue, and the lot that was issued. Carried along, never asked for.</summary>
public sealed record RootOf(SourceId Source, string Fund, LotId Lot)
{
    public static RootOf From(Origin origin) => new(SourceId.From(origin.Source), origin.Fund, LotId.From(origin.Lot));

    public Origin ToOrigin() => new() { Source = Source.ToSource(), Fund = Fund, Lot = Lot.ToRef() };
}

/// <summary>
/// A parcel of money held by one body. It comes from exactly one lot, or from a source; it is never blended with another.
/// </summary>
public sealed class Lot
{
    private long[]? held;

    internal Lot(LotId id, NewLot made)
    {
        Id = id;
        Parent = made.Parent is null ? null : LotId.From(made.Parent);
        AmountPence = RemainingPence = made.AmountPence;
        Line = FundLine.From(made.Line);
        TermsVersion = made.TermsVersion;
        Origin = RootOf.From(made.Origin);
        Award = made.Award is null ? null : EntryId.From(made.Award);
        FunderLot = made.FunderLot is null ? null : LotId.From(made.FunderLot);
        ClosedThrough = made.HasClosedThrough ? made.ClosedThrough : null;
        Terms = [.. made.History.Select(TermsId.From), new TermsId(Line.Fund, TermsVersion)];
    }

    public LotId Id { get; }

    /// <summary>The one lot that it came from. Null where it was issued.</summary>
    public LotId? Parent { get; }

    public long AmountPence { get; }

    /// <summary>What has not been drawn, in pence: the free and the held.</summary>
    public long RemainingPence { get; internal set; }

    /// <summary>What of it is held for something, in pence; see <see cref="Hold"/>.</summary>
    public long HeldPence { get; private set; }

    /// <summary>What of it is held for things of a kind, in pence.</summary>
    public long HeldFor(HoldKind kind) => held?[(int)kind] ?? 0;

    /// <summary>Whether anything of it was ever held.</summary>
    public bool IsEverHeld => held is not null;

    /// <summary>What of it went back to its source, in pence.</summary>
    public long SurrenderedPence => Balances[Account.Surrendered];

    /// <summary>What can be drawn, in pence.</summary>
    public long FreePence => RemainingPence - HeldPence;

    public FundLine Line { get; }

    /// <summary>The version of the fund's terms that it was issued under.</summary>
    public uint TermsVersion { get; }

    /// <summary>All terms that bind it: those that it stood under before it was relabelled, oldest first, and last those that it is under.</summary>
    public IReadOnlyList<TermsId> Terms { get; }

    public RootOf Origin { get; }

    /// <summary>What became of its money here.</summary>
    public Balances Balances { get; } = new();

    /// <summary>The award that this body holds it under. Null where it was issued.</summary>
    public EntryId? Award { get; }

    /// <summary>The funder's lot that was sent when the money came to this body. Null where it was issued.</summary>
    public LotId? FunderLot { get; }

    /// <summary>
    /// The newest year of its window that whoever sent it had closed for good: it is what was carried forward of that year. Null: none.
    /// </summary>
    public int? ClosedThrough { get; }

    internal void Hold(HoldKind kind, long pence)
    {
        held ??= new long[(int)HoldKind.Return + 1];
        held[(int)kind] += pence;
        HeldPence += pence;
    }

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
    internal IEnumerable<TermsRef> HistoryRefs => Terms.SkipLast(1).Select(terms => terms.ToRef());
}
