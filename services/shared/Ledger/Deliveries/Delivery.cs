using System.Diagnostics.CodeAnalysis;

namespace FundingFlows.Ledger;

/// <summary>An entry as it came from another body, with the RFC 6962 leaf hash of its exact bytes.</summary>
public readonly record struct DeliveredEntry(Entry Entry, byte[] LeafHash);

/// <summary>
/// What one body hands to another: consecutive entries of the sender's journal, one or all parts of one operation.
/// The signature has been checked before; what the words say has not.
/// </summary>
public sealed record Delivery(string Sender, uint Epoch, long Sequence, IReadOnlyList<DeliveredEntry> Entries)
{
    public Fact First => Entries[0].Entry.Fact;

    public EntryId FirstId => new(Sender, Epoch, unchecked((long)Entries[0].Entry.Index));

    public DeliveryRef ToRef() => new()
    {
        Entry = FirstId.ToRef(),
        Sequence = (ulong)Sequence,
        LeafHashes = { Entries.Select(entry => Google.Protobuf.ByteString.CopyFrom(entry.LeafHash)) },
    };

    /// <summary>The one fact, when it is of that kind. It may have been recorded together with others that went elsewhere.</summary>
    public bool TryFact<T>(Func<Fact, T?> select, [NotNullWhen(true)] out T? fact)
        where T : class
    {
        fact = Entries.Count == 1 && Entries[0].Entry.Fact is { } only ? select(only) : null;
        return fact is not null;
    }

    /// <summary>The facts, when all of them are of one kind and the entries are whole: consecutive, and all parts of one operation.</summary>
    public bool TryFacts<T>(Func<Fact, T?> select, [NotNullWhen(true)] out IReadOnlyList<T>? facts)
        where T : class
    {
        facts = null;
        var found = new List<T>();
        for (var i = 0; i < Entries.Count; i++)
        {
            var entry = Entries[i].Entry;
            var parts = Entries.Count == 1 ? entry is { Part: 0, Parts: 0 } or { Part: 1, Parts: 1 } : entry.Part == i + 1 && entry.Parts == Entries.Count;
            if (!parts || entry.Index != unchecked(Entries[0].Entry.Index + (ulong)i) || entry.Fact is null || select(entry.Fact) is not { } fact)
                return false;
            found.Add(fact);
        }
        facts = found;
        return true;
    }
}
