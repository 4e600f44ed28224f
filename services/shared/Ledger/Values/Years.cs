namespace FundingFlows.Ledger;

/// <summary>
/// Financial years, first and last included. A financial year runs from 1 April to 31 March and is written by its first
/// calendar year: 2026 is 2026-27.
/// </summary>
public readonly record struct Years(int First, int Last)
{
    public const int Earliest = 2000;
    public const int Latest = 2199;

    public static bool IsYear(int year) => year is >= Earliest and <= Latest;

    public static Years From(YearWindow window) => new(window.FirstYear, window.LastYear);

    public YearWindow ToWindow() => new() { FirstYear = First, LastYear = Last };

    /// <summary>The financial year of a day: 31 March 2027 is in 2026, 1 April 2027 in 2027.</summary>
    public static int Of(DateOnly day) => day.Month >= 4 ? day.Year : day.Year - 1;

    public bool IsValid => IsYear(First) && IsYear(Last) && First <= Last;

    public bool Contain(int year) => First <= year && year <= Last;

    public bool Contain(Years other) => First <= other.First && other.Last <= Last;

    /// <summary>One year in words: <c>2026-27</c>.</summary>
    public static string InWords(int year) => $"{year}-{((year % 100) + 1) % 100:00}";

    public override string ToString() => First == Last ? InWords(First) : $"{InWords(First)} to {InWords(Last)}";
}
