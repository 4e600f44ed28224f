namespace FundingFlows.Ledger;

/// <summary>Payments, made or waiting, by what makes them look like one another: payee, amount and reference.</summary>
public sealed class AlikePayments
{
    /// <summary>How many days lie at most between two payments that may be one.</summary>
    public const int WithinDays = 90;

    private readonly Dictionary<(PayeeKey Payee, long GrossPence, string Reference), List<(DateOnly Day, EntryId Id)>> known = [];

    /// <summary>The first that a payment may be a repetition of. Null: none.</summary>
    public EntryId? Find(PaymentMade payment)
    {
        var day = Dates.From(payment.PaidOn);
        foreach (var (other, id) in known.GetValueOrDefault(KeyOf(payment)) ?? [])
            if (Math.Abs(other.DayNumber - day.DayNumber) <= WithinDays)
                return id;
        return null;
    }

    internal void Add(EntryId id, PaymentMade payment)
    {
        // What was paid before a day had to be told can be compared with nothing.
        if (payment.PaidOn is null)
            return;
        if (!known.TryGetValue(KeyOf(payment), out var alike))
            known.Add(KeyOf(payment), alike = []);
        alike.Add((Dates.From(payment.PaidOn), id));
    }

    internal void Remove(EntryId id, PaymentMade payment) => known[KeyOf(payment)].RemoveAll(one => one.Id == id);

    private static (PayeeKey Payee, long GrossPence, string Reference) KeyOf(PaymentMade payment) =>
        (PayeeKey.Of(payment.Payee), Charge.From(payment).GrossPence, payment.Reference);
}
