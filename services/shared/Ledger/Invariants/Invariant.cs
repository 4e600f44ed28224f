namespace FundingFlows.Ledger;

/// <summary>What is always true of money, at any body and over all of them.</summary>
public enum Invariant
{
    /// <summary>At each body and line all that came in is there or went out, and lots and payments add up to the accounts.</summary>
    LinesBalance = 1,

    /// <summary>Each transfer sent is received in full, piece by piece, or refused and reversed, or in transit.</summary>
    TransfersMatch,

    /// <summary>By source and by fund: all that was issued is held, spent, surrendered or on its way.</summary>
    FederationBalances,

    /// <summary>No lot's remaining is below zero or above its amount.</summary>
    LotsInBounds,

    /// <summary>
    /// Money is issued as the terms of its fund say. Every lot's permitted uses are contained in its parent's and its award's;
    /// nothing is spent outside its ring-fence; and terms are everywhere as the fund was opened with them.
    /// </summary>
    Containment,
}

/// <summary>What checking an invariant found.</summary>
/// <param name="Examined">How many things were looked at.</param>
/// <param name="Findings">A sentence for each breach. Empty: it holds.</param>
public sealed record InvariantResult(Invariant Invariant, long Examined, IReadOnlyList<string> Findings)
{
    public bool Holds => Findings.Count == 0;
}

/// <summary>
/// The books of several bodies, seen together. Each may be seen up to another moment: what one body records of an entry that
/// is not yet seen at the other is not a breach.
/// </summary>
public sealed class Federation(IEnumerable<Books> books)
{
    private readonly Dictionary<string, Books> byBody = books.ToDictionary(one => one.Body);

    public IReadOnlyCollection<Books> All => byBody.Values;

    /// <summary>The books of a body. Null: none are seen.</summary>
    public Books? Of(string body) => byBody.GetValueOrDefault(body);

    public Lot? Find(LotId lot) => Of(lot.Entry.Body)?.Lots.Find(lot);

    /// <summary>Whether an entry is among those that were seen.</summary>
    public bool HasSeen(EntryId entry) => Of(entry.Body) is { } seen && entry.Index < seen.Size && seen.Epochs.At(entry.Index) == entry.Epoch;

    /// <summary>Whether an entry was lost to its body when a new epoch of its journal began without it.</summary>
    public bool IsVoid(EntryId entry) => Of(entry.Body) is { } seen && seen.Epochs.IsVoid(entry);

    /// <summary>Checks all five invariants.</summary>
    public IReadOnlyList<InvariantResult> Check() =>
    [
        LinesBalance.Check(this),
        TransfersMatch.Check(this),
        FederationBalances.Check(this),
        LotsInBounds.Check(this),
        Containment.Check(this),
    ];
}

/// <summary>Counts what is examined and collects what is wrong.</summary>
internal sealed class Findings
{
    private readonly List<string> sentences = [];

    private long examined;

    public void Examine(bool holds, Func<string> otherwise)
    {
        examined++;
        if (!holds)
            sentences.Add(otherwise());
    }

    public InvariantResult For(Invariant invariant) => new(invariant, examined, sentences);
}
