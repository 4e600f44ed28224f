namespace FundingFlows.Ledger;

/// <summary>
/// What many lots say alike, kept once for all of them: a lot beside it is but numbers. Of the lots that a lot names the label has
/// the journals.
/// </summary>
internal sealed class LotLabel
{
    public LotLabel(NewLot made)
    {
        Line = FundLine.From(made.Line);
        TermsVersion = made.TermsVersion;
        Terms = [.. made.History.Select(TermsId.From), new TermsId(Line.Fund, TermsVersion)];
        Source = SourceId.From(made.Origin.Source);
        OriginFund = made.Origin.Fund;
        Root = JournalName.Of(made.Origin.Lot);
        Parent = made.Parent is null ? null : JournalName.Of(made.Parent);
        FunderLot = made.FunderLot is null ? null : JournalName.Of(made.FunderLot);
        Award = made.Award is null ? null : EntryId.From(made.Award);
        ClosedThrough = made.HasClosedThrough ? made.ClosedThrough : null;
    }

    public FundLine Line { get; }

    public uint TermsVersion { get; }

    /// <summary>Oldest first, and last those of the line's fund.</summary>
    public IReadOnlyList<TermsId> Terms { get; }

    public SourceId Source { get; }

    public string OriginFund { get; }

    public JournalName Root { get; }

    public JournalName? Parent { get; }

    public JournalName? FunderLot { get; }

    public EntryId? Award { get; }

    public int? ClosedThrough { get; }
}

/// <summary>When labels are the same, and whether one is that of a lot that a fact describes: told without making one.</summary>
internal sealed class LabelComparer : IEqualityComparer<LotLabel>, IAlternateEqualityComparer<NewLot, LotLabel>
{
    public static readonly LabelComparer Instance = new();

    private LabelComparer()
    {
    }

    public LotLabel Create(NewLot alternate) => new(alternate);

    // Labels are made only of lots that have none yet, so that no two are alike.
    public bool Equals(LotLabel? x, LotLabel? y) => ReferenceEquals(x, y);

    public int GetHashCode(LotLabel label) =>
        HashCode.Combine(label.Line.Fund, label.Line.Kind, label.Line.Years, label.TermsVersion, label.Award?.Index, label.Root.Body, label.ClosedThrough);

    // Earmarks are left out: a fact may name them in any order and again.
    public int GetHashCode(NewLot alternate) => HashCode.Combine(
        alternate.Line.Fund, alternate.Line.Kind, Years.From(alternate.Line.Years), alternate.TermsVersion,
        alternate.Award is null ? (long?)null : EntryId.From(alternate.Award).Index, alternate.Origin.Lot.Body, alternate.HasClosedThrough ? alternate.ClosedThrough : (int?)null);

    public bool Equals(NewLot alternate, LotLabel other) =>
        alternate.TermsVersion == other.TermsVersion && IsOf(alternate.Line, other.Line)
        && alternate.Origin.Fund == other.OriginFund && other.Root.IsOf(alternate.Origin.Lot)
        && SourceId.From(alternate.Origin.Source) == other.Source
        && IsOf(alternate.Parent, other.Parent) && IsOf(alternate.FunderLot, other.FunderLot)
        && (alternate.Award is null ? other.Award is null : other.Award == EntryId.From(alternate.Award))
        && (alternate.HasClosedThrough ? alternate.ClosedThrough : null) == other.ClosedThrough
        && AreBefore(alternate, other.Terms);

    private static bool IsOf(LotRef? lot, JournalName? journal) => journal is { } name ? name.IsOf(lot) : lot is null;

    private static bool IsOf(Line made, FundLine line) =>
        made.Fund == line.Fund && made.Kind == line.Kind && Years.From(made.Years) == line.Years && AreOf(made.Earmarks, line.Earmarks);

    private static bool AreOf(Google.Protobuf.Collections.RepeatedField<string> names, EarmarkSet earmarks) =>
        earmarks.IsWritten(names) || (names.Count >= earmarks.Count && EarmarkSet.Of(names) == earmarks);

    private static bool AreBefore(NewLot made, IReadOnlyList<TermsId> terms)
    {
        if (made.History.Count != terms.Count - 1)
            return false;
        for (var i = 0; i < made.History.Count; i++)
            if (TermsId.From(made.History[i]) != terms[i])
                return false;
        return true;
    }
}
