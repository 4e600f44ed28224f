namespace FundingFlows.Ledger;

/// <summary>What a body released of one of its lots under one award, and what of that has come back.</summary>
public sealed class GivenMoney
{
    // Of one line nearly always, and never of many.
    private (FundLine Line, long Pence)[] left = [];

    /// <summary>Released and not reversed, less what came back, in pence: no more than that can still come back.</summary>
    public long LeftPence => left.Sum(given => given.Pence);

    /// <summary>The same, of what was released as that kind and with those earmarks.</summary>
    public long LeftPenceOf(Kind kind, EarmarkSet earmarks) => left.Where(given => given.Line.Kind == kind && given.Line.Earmarks == earmarks).Sum(given => given.Pence);

    /// <summary>The same by line.</summary>
    internal IReadOnlyList<(FundLine Line, long Pence)> Left => left;

    /// <summary>Whether any of it was released for at least the uses of that line.</summary>
    public bool Covers(FundLine line) => left.Any(given => given.Line.Contains(line));

    internal void Release(FundLine line, long pence)
    {
        var at = left.Length - 1;
        while (at >= 0 && left[at].Line != line)
            at--;
        if (at < 0)
            left = [.. left, (line, pence)];
        else if (left[at].Pence + pence == 0 && pence < 0)
            left = [.. left[..at], .. left[(at + 1)..]];
        else
            left[at].Pence += pence;
    }

    /// <summary>What comes back is counted first where it was released for just those uses, then where for more, then anywhere.</summary>
    internal void TakeBack(FundLine line, long pence)
    {
        foreach (var at in Enumerable.Range(0, left.Length).OrderByDescending(at => left[at].Line == line).ThenByDescending(at => left[at].Line.Contains(line)).ThenBy(at => left[at].Line).ToList())
        {
            var part = Math.Min(pence, left[at].Pence);
            left[at].Pence -= part;
            pence -= part;
        }
    }
}
