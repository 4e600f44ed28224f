namespace FundingFlows.Fire;

/// <summary>
/// What one body sent, the other has received, once and in full, or refused: then it came back. To the penny, from the journals of both.
/// </summary>
internal sealed class Arrivals(IReadOnlyList<JournalCopy> journals)
{
    /// <summary>What one side says of a transfer, in one or several entries.</summary>
    /// <param name="Times">How often it says so.</param>
    /// <param name="Pence">In all.</param>
    private sealed record Said(int Times, long Pence);

    private sealed record Outcome(Said Received, Said Refused, Said Settled, Said Reversed);

    private static readonly Said Nothing = new(0, 0);

    /// <summary>How many transfers were refused by their receivers and came back.</summary>
    public int Reversed => journals.Sum(journal => journal.Entries.Count(one => one.Entry is { Fact.TransferReversed: not null, Part: <= 1 }));

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Findings()
    {
        var received = Of(fact => fact.TransferReceived, fact => fact.Delivery.Entry, fact => fact.Lots.Sum(lot => lot.AmountPence));
        var refused = Of(fact => fact.TransferRefused, fact => fact.Delivery.Entry, _ => 0);
        var settled = Of(fact => fact.TransferSettled, fact => fact.Transfer, _ => 0);
        var reversed = Of(fact => fact.TransferReversed, fact => fact.Transfer, fact => fact.Lots.Sum(lot => lot.AmountPence));
        var others = new[] { received, refused, settled, reversed }.SelectMany(said => said.Keys).ToHashSet();
        foreach (var journal in journals)
            for (var index = 0; index < journal.Entries.Count; index++)
            {
                if (journal.Entries[index].Entry is not { Fact.TransferSent: { } sent, Part: <= 1 })
                    continue;
                var (there, here) = ((sent.To.Body, journal.Body, (ulong)index), (journal.Body, journal.Body, (ulong)index));
                others.ExceptWith([there, here]);
                if (SentIn(journal, index) is var pence && pence != sent.AmountPence)
                    yield return $"{journal.Body} says in entry {index} that it sends {sent.AmountPence} pence, and sends {pence}.";
                var said = new Outcome(
                    received.GetValueOrDefault(there, Nothing), refused.GetValueOrDefault(there, Nothing), settled.GetValueOrDefault(here, Nothing), reversed.GetValueOrDefault(here, Nothing));
                if (Fault(sent.AmountPence, said) is { } fault)
                    yield return $"{sent.AmountPence} pence that {journal.Body} sent to {sent.To.Body} in entry {index} {fault}";
            }
        foreach (var (where, body, index) in others)
            yield return $"{where} answers entry {index} of {body} as a transfer that it has to do with, and it is none.";
    }

    private static string? Fault(long pence, Outcome said) => said switch
    {
        { Received.Times: 0, Refused.Times: 0 } => "were neither received nor refused.",
        { Received.Times: var received, Refused.Times: var refused } when received + refused > 1 => $"were received {received} times and refused {refused} times.",
        { Received: { Times: 1, Pence: var came } } when came != pence => $"were received as {came}.",
        { Received.Times: 1 } when said is not { Settled.Times: 1, Reversed.Times: 0 } => "arrived, and their sender does not say so, once.",
        { Refused.Times: 1 } when said is not { Settled.Times: 0, Reversed.Times: 1 } => "were refused, and did not come back, once.",
        { Refused.Times: 1, Reversed.Pence: var back } when back != pence => $"were refused, and came back as {back}.",
        _ => null,
    };

    /// <summary>What is drawn from lots, in all parts of a transfer.</summary>
    private static long SentIn(JournalCopy journal, int first) => journal.Entries.Skip(first).Take(Math.Max(1, (int)journal.Entries[first].Entry.Parts))
        .Sum(one => one.Entry.Fact.TransferSent?.Pieces.Sum(piece => piece.AmountPence) ?? 0);

    /// <summary>What is said of transfers: by whom, and of which entry of which body.</summary>
    private Dictionary<(string Where, string Body, ulong Index), Said> Of<T>(Func<Fact, T?> read, Func<T, EntryRef> transfer, Func<T, long> pence)
        where T : class => journals
        .SelectMany(journal => journal.Entries.Where(one => read(one.Entry.Fact) is not null).Select(one => (journal.Body, one.Entry.Part, Said: read(one.Entry.Fact)!)))
        .GroupBy(one => (one.Body, transfer(one.Said).Body, transfer(one.Said).Index))
        .ToDictionary(said => said.Key, said => new Said(said.Count(one => one.Part <= 1), said.Sum(one => pence(one.Said))));
}
