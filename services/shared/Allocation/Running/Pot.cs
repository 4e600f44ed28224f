using FundingFlows.Contracts.Journal.V1;

namespace FundingFlows.Allocations;

/// <summary>Money of one year and one use that is to be shared out.</summary>
/// <param name="FinancialYear">By its first calendar year.</param>
/// <param name="Earmarks">What it is kept for, in byte order, each once.</param>
/// <param name="AmountPence">Above zero, at most <see cref="Pence.Most"/>.</param>
public sealed record PotLine(int FinancialYear, Kind Kind, IReadOnlyList<string> Earmarks, long AmountPence);

/// <summary>What a run is worked out from. The same inputs give the same result on every machine.</summary>
/// <param name="Lines">1 to 120, no two for the same year, kind and earmarks.</param>
public sealed record RunInputs(Formula Formula, IReadOnlyList<PotLine> Lines, IndicatorTable Table)
{
    public const int MostLines = 120;
}
