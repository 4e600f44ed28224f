namespace FundingFlows.Ledger;

/// <summary>
/// What a pound may be used for: its fund, its kind, the years in which it may be spent, and what it is kept for.
/// Written on every lot; accounts are kept by it.
/// </summary>
public sealed record FundLine(string Fund, Kind Kind, Years Years, EarmarkSet Earmarks) : IComparable<FundLine>
{
    public static FundLine From(Line line) =>
        new(line.Fund, line.Kind, Years.From(line.Years), EarmarkSet.Of(line.Earmarks));

    /// <summary>The same, and where it is one that is known already, that one itself: so what says it again and again takes no memory of its own.</summary>
    internal static FundLine From(Line line, FundLine known) =>
        line.Fund == known.Fund && line.Kind == known.Kind && line.Years is { } years && years.FirstYear == known.Years.First && years.LastYear == known.Years.Last
        && known.Earmarks.IsWritten(line.Earmarks)
            ? known
            : From(line);

    public Line ToLine() => new()
    {
        Fund = Fund,
        Kind = Kind,
        Years = Years.ToWindow(),
        Earmarks = { Earmarks.Names },
    };

    /// <summary>
    /// Whether every use that <paramref name="other"/> permits is permitted here too: the same fund, a kind that covers the
    /// other's, a window around the other's, and no earmark that the other does not carry.
    /// </summary>
    public bool Contains(FundLine other) =>
        Fund == other.Fund && Covers(Kind, other.Kind) && Years.Contain(other.Years) && other.Earmarks.Contains(Earmarks);

    /// <summary>Whether money of one kind may be used as another: as itself, or as anything when it is for either.</summary>
    public static bool Covers(Kind kind, Kind use) => kind == use || kind == Kind.Either;

    public int CompareTo(FundLine? other) =>
        ReferenceEquals(this, other) ? 0
        : other is null ? 1
        : string.CompareOrdinal(Fund, other.Fund) is var funds and not 0 ? funds
        : Kind.CompareTo(other.Kind) is var kinds and not 0 ? kinds
        : Years.First.CompareTo(other.Years.First) is var firsts and not 0 ? firsts
        : Years.Last.CompareTo(other.Years.Last) is var lasts and not 0 ? lasts
        : string.CompareOrdinal(Earmarks.ToString(), other.Earmarks.ToString());

    public override string ToString() => $"{Fund} {Kind} {Years} {Earmarks}".TrimEnd();
}
