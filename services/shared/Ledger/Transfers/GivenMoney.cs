namespace FundingFlows.Ledger;

/// <summary>What a body released of one of its lots under one award, and what of that has come back.</summary>
public sealed class GivenMoney
{
    private readonly Dictionary<FundLine, long> released = [];
    private long cameBack;

    /// <summary>Released and not reversed, less what came back, in pence: no more than that can still come back.</summary>
    public long LeftPence => released.Values.Sum() - cameBack;

    /// <summary>What was released and not reversed, by line, in pence.</summary>
    internal IReadOnlyDictionary<FundLine, long> Released => released;

    internal long CameBackPence => cameBack;

    /// <summary>Whether any of it was released for at least the uses of that line.</summary>
    public bool Covers(FundLine line) => released.Any(given => given.Value > 0 && given.Key.Contains(line));

    internal void Release(FundLine line, long pence) => released[line] = released.GetValueOrDefault(line) + pence;

    internal void TakeBack(long pence) => cameBack += pence;
}
