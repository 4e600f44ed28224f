namespace FundingFlows.Ledger;

/// <summary>What a payee is paid, and what of it a fund is charged: value added tax that the body gets back is never charged to a fund.</summary>
/// <param name="NetPence">Without value added tax.</param>
/// <param name="VatPence">The tax.</param>
/// <param name="VatRecoverable">Whether the body gets the tax back.</param>
public readonly record struct Charge(long NetPence, long VatPence, bool VatRecoverable)
{
    /// <summary>An amount without value added tax.</summary>
    public static Charge Of(long pence) => new(pence, 0, false);

    public static Charge From(PaymentMade payment) => new(payment.NetPence, payment.VatPence, payment.VatRecoverable);

    /// <summary>Whether all of it is in bounds and something is charged. The sums below may be asked for only then.</summary>
    public bool IsAmount =>
        NetPence is >= 0 and <= Pence.Most && VatPence is >= 0 and <= Pence.Most && GrossPence <= Pence.Most && AmountPence > 0;

    /// <summary>What the payee is paid.</summary>
    public long GrossPence => NetPence + VatPence;

    /// <summary>What the fund is charged.</summary>
    public long AmountPence => VatRecoverable ? NetPence : GrossPence;
}
