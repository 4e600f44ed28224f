namespace FundingFlows.Ledger;

/// <summary>
/// The accounts that each fund line has. Money comes in by the first four; at any time all that came in is in the others.
/// </summary>
public enum Account
{
    /// <summary>Entered the federation here, from a source.</summary>
    Issued,

    /// <summary>Came from a funder.</summary>
    Received,

    /// <summary>Came back from a body that this one funds.</summary>
    Returned,

    /// <summary>Came from another fund here, by merging.</summary>
    RelabelledIn,

    /// <summary>Here, to be used.</summary>
    Cash,

    /// <summary>Sent, and not yet known to have arrived.</summary>
    InTransit,

    /// <summary>Passed down, and known to have arrived.</summary>
    Granted,

    /// <summary>Paid out of the federation, net of refunds.</summary>
    Spent,

    /// <summary>Sent back up, and known to have arrived.</summary>
    Repaid,

    /// <summary>Given back to its source.</summary>
    Surrendered,

    /// <summary>Went to another fund here, by merging.</summary>
    RelabelledOut,
}

/// <summary>
/// One movement of a lot's money, on its line, from an account to another. It names both, so it cannot be unbalanced.
/// </summary>
public readonly record struct Posting(Lot Lot, Account From, Account To, long AmountPence);

/// <summary>The balances of one fund line, or of one lot.</summary>
public sealed class Balances
{
    private const int Count = (int)Account.RelabelledOut + 1;
    private readonly long[] pence = new long[Count];

    public long this[Account account] => pence[(int)account];

    /// <summary>All that came in.</summary>
    public long In => pence.Take((int)Account.Cash).Sum();

    /// <summary>All that is here or went out.</summary>
    public long Out => pence.Skip((int)Account.Cash).Sum();

    internal void Post(Posting posting)
    {
        pence[(int)posting.From] += posting.From < Account.Cash ? posting.AmountPence : -posting.AmountPence;
        pence[(int)posting.To] += posting.AmountPence;
    }

    internal void Set(Account account, long amountPence) => pence[(int)account] = amountPence;

    internal void Add(Balances other)
    {
        for (var i = 0; i < pence.Length; i++)
            pence[i] += other.pence[i];
    }
}

/// <summary>The accounts of a body: balances for each fund line.</summary>
public sealed class Accounts
{
    private readonly SortedDictionary<FundLine, Balances> lines = [];

    /// <summary>Every line that money was ever posted to, in the order of lines.</summary>
    public IEnumerable<KeyValuePair<FundLine, Balances>> Lines => lines;

    public Balances Total { get; } = new();

    /// <summary>The balances of a line; all zero when nothing was ever posted to it.</summary>
    public Balances Of(FundLine line) => lines.GetValueOrDefault(line) ?? new Balances();

    /// <summary>The balances of all lines of a fund, added up.</summary>
    public Balances OfFund(string fund)
    {
        var sum = new Balances();
        foreach (var (_, balances) in lines.Where(line => line.Key.Fund == fund))
            sum.Add(balances);
        return sum;
    }

    internal void Post(Posting posting)
    {
        if (!lines.TryGetValue(posting.Lot.Line, out var balances))
            lines.Add(posting.Lot.Line, balances = new Balances());
        balances.Post(posting);
        posting.Lot.Post(posting);
        Total.Post(posting);
    }
}
