using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Audit;

/// <summary>
/// Payments to bodies under an identifier that they are registered with. Who pays may not know of the registration; who sees all journals does.
/// </summary>
public sealed class PayeeChecks
{
    private readonly record struct Registered(string Body, Timestamp At);

    private readonly Dictionary<string, Registered> bodies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        bodies.Clear();
    }

    public void Look(Entry entry)
    {
        // Who is nobody's to register, at the root, names its own.
        if (entry.Fact.BodyRegistered is { } registered)
            Note(registered.Body, registered.Organisations, entry.RecordedAt);
        else if (entry.Fact.Genesis is { } genesis && genesis.RegisteringBody == genesis.Body)
            Note(genesis.Body, genesis.Organisations, entry.RecordedAt);
    }

    /// <summary>How many payments were checked, and which went to a body. One made before the identifier was known of anybody was right.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        var payments = view.Federation.All.SelectMany(books => books.Payments.All).DistinctBy(payment => payment.Id).ToList();
        return (payments.Count, [.. payments.Select(Finding).OfType<string>()]);
    }

    private void Note(string body, IEnumerable<string> organisations, Timestamp at)
    {
        foreach (var identifier in organisations.Append(body))
            if (!bodies.TryGetValue(identifier, out var known) || at.CompareTo(known.At) < 0)
                bodies[identifier] = new Registered(body, at);
    }

    private string? Finding(Payment payment) => Find(payment.Made.Payee.Organisation) is { } payee && payment.RecordedAt.CompareTo(payee.At) >= 0
        ? $"Payment {payment.Id} went to {payment.Made.Payee.Organisation}, which is {payee.Body}: money between bodies is a transfer."
        : null;

    /// <summary>By an identifier, or by one in which all that follows the register is the body's id.</summary>
    private Registered? Find(string organisation) =>
        bodies.TryGetValue(organisation, out var body) || (organisation.Split('-', 3) is [_, _, var number] && bodies.TryGetValue(number, out body)) ? body : null;
}
