using System.Runtime.InteropServices;

namespace FundingFlows.Ledger;

/// <summary>
/// The numbers of one lot, in 80 bytes. The lots that it names are packed into words; see <see cref="PackedLots"/>. What came in is
/// the amount, at one account; what became of it stands at up to two accounts here, and the rest is cash.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct LotRow : INumbered
{
    private const byte None = byte.MaxValue;
    private byte cameBy, firstAccount, secondAccount;
    private long firstPence, secondPence;

    public LotRow(ulong number, int label, long amountPence)
    {
        (Number, Label, AmountPence, RemainingPence) = (number, label, amountPence, amountPence);
        cameBy = firstAccount = secondAccount = None;
    }

    /// <summary>Its entry and ordinal, packed.</summary>
    public ulong Number { get; }

    public ulong Parent { get; init; }

    public ulong Root { get; init; }

    public ulong FunderLot { get; init; }

    public long AmountPence { get; }

    public long RemainingPence { get; set; }

    public int Label { get; }

    /// <summary>The next lot under the same award, by its place. 0: there is none, for the first lot of all is nobody's next.</summary>
    public int NextUnderAward { get; set; }

    /// <summary>Whether anything of it was ever held; then the book says what is.</summary>
    public bool IsEverHeld { get; set; }

    /// <summary>Whether its balances do not fit here; then the book has them.</summary>
    public bool IsElsewhere { get; set; }

    /// <summary>The balance of an account, in pence.</summary>
    public readonly long this[Account account] =>
        account == Account.Cash ? Cash() : (cameBy == (int)account ? AmountPence : 0) + (firstAccount == (int)account ? firstPence : 0) + (secondAccount == (int)account ? secondPence : 0);

    /// <summary>Moves money between accounts; false, and nothing has moved, when the balances would not fit.</summary>
    public bool TryPost(Posting posting)
    {
        // What is cash is not written: it is what came in less what is elsewhere, as long as each posting takes as much as it gives.
        if (posting.To < Account.Cash)
            return false;
        var before = this;
        if (TryAdd(posting.From, posting.From < Account.Cash ? posting.AmountPence : -posting.AmountPence) && TryAdd(posting.To, posting.AmountPence))
            return true;
        this = before;
        return false;
    }

    private bool TryAdd(Account account, long pence)
    {
        if (account == Account.Cash)
            return true;
        if (account < Account.Cash && cameBy == None && pence == AmountPence)
        {
            cameBy = (byte)account;
            return true;
        }
        return TryAdd(ref firstAccount, ref firstPence, account, pence, mayBegin: secondAccount != (int)account) || TryAdd(ref secondAccount, ref secondPence, account, pence, mayBegin: true);
    }

    private static bool TryAdd(ref byte at, ref long there, Account account, long pence, bool mayBegin)
    {
        if (at != (int)account && !(mayBegin && there == 0))
            return false;
        at = (byte)account;
        there += pence;
        return true;
    }

    private readonly long Cash() => (cameBy == None ? 0 : AmountPence) - Gone(firstAccount, firstPence) - Gone(secondAccount, secondPence);

    private static long Gone(byte account, long pence) => account < (int)Account.Cash ? -pence : pence;
}
