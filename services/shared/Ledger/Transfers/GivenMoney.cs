namespace FundingFlows.Ledger;

/// <summary>What a body released of one of its lots under one award, and what of that has come back.</summary>
public sealed class GivenMoney
{
    private readonly Dictionary<FundLine, long> left = [];

    /// <summary>Released and not reversed, less what came back, in pence: no more than that can still come back.</summary>
    public long LeftPence => left.Values.Sum();

    /// <summary>The same, of what was released as that kind and with those earmarks.</summary>
    public long LeftPenceOf(Kind kind, EarmarkSet earmarks) => left.Where(line => line.Key.Kind == kind && line.Key.Earmarks == earmarks).Sum(line => line.Value);

    /// <summary>The same by line.</summary>
    internal IReadOnlyDictionary<FundLine, long> Left => left;

    /// <summary>Whether any of it was released for at least the uses of that line.</summary>
    public bool Covers(FundLine line) => left.Keys.Any(given => given.Contains(line));

    internal void Release(FundLine line, long pence)
    {
        left[line] = left.GetValueOrDefault(line) + pence;
        if (left[line] == 0 && pence < 0)
            left.Remove(line);
    }

    /// <summary>What comes back is counted first where it was released for just those uses, then where for more, then anywhere.</summary>
    internal void TakeBack(FundLine line, long pence)
    {
        foreach (var given in left.Keys.OrderByDescending(given => given == line).ThenByDescending(given => given.Contains(line)).ThenBy(given => given).ToList())
        {
            var part = Math.Min(pence, left[given]);
            left[given] -= part;
            pence -= part;
        }
    }
}
