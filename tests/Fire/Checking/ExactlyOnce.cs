using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>
/// Every command that was accepted stands in its body's journal, once, where and as the body said; and none that was refused stands in any.
/// </summary>
internal sealed class ExactlyOnce
{
    private readonly Dictionary<string, JournalCopy> journals;
    private readonly ILookup<ByteString, (string Body, int Index)> places;

    public ExactlyOnce(IReadOnlyList<JournalCopy> journals)
    {
        this.journals = journals.ToDictionary(journal => journal.Body);
        places = journals.SelectMany(journal => journal.Entries.Select((one, index) => (one.Entry.CommandId, Place: (journal.Body, index))))
            .Where(one => one.CommandId.Length > 0).ToLookup(one => one.CommandId, one => one.Place);
    }

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Findings(IReadOnlyList<Acknowledged> acknowledged, IReadOnlyList<Refused> refused) =>
        acknowledged.Select(Finding).Concat(refused.Select(Finding)).OfType<string>();

    private string? Finding(Acknowledged command)
    {
        var (deed, recorded) = (command.Deed, command.Recorded);
        if (deed.IsHopeless)
            return $"{deed} was accepted as {recorded.Entry}, and should never be.";
        var found = places[deed.EntryId].ToList();
        if (found.Count == 0)
            return $"{deed} was accepted as {recorded.Entry}, and stands in no journal.";
        if (found.Any(place => place.Body != deed.Body))
            return $"{deed} stands in the journal of {found.First(place => place.Body != deed.Body).Body} too.";
        var first = found[0].Index;
        var entries = journals[deed.Body].Entries;
        var parts = entries.Skip(first).TakeWhile(one => one.Entry.CommandId.Equals(deed.EntryId)).ToList();
        if (parts.Count != found.Count || !IsOneCommand(parts))
            return $"{deed} stands {found.Count} times in the journal of {deed.Body}: in its entries {string.Join(", ", found.Select(place => place.Index))}.";
        if ((recorded.Reference.Body, recorded.Reference.Index, recorded.Entries) != (deed.Body, (ulong)first, (uint)parts.Count) || !recorded.LeafHash.Equals(parts[0].Leaf))
            return $"{deed} was accepted as {recorded.Entry} with the hash {Short(recorded.LeafHash)}, and stands in entry {first} with the hash {Short(parts[0].Leaf)}.";
        return parts.All(part => deed.Means(part.Entry.Fact)) ? null : $"{deed} stands as {recorded.Entry}, which says something else than was asked for.";
    }

    private string? Finding(Refused command)
    {
        if (command.Deed.BearsAnothersId)
            return null;
        var found = places[command.Deed.EntryId].ToList();
        // A refusal binds nothing: what was sent before it without an answer may come after it, once.
        return found.Count == 0 || (!command.IsSure && !command.Deed.IsHopeless && IsOneCommand([.. found.Select(place => journals[place.Body].Entries[place.Index])])) ? null
            : $"{command.Deed} was refused ({command.Said}), and stands in the journal of {found[0].Body} as entry {found[0].Index}.";
    }

    private static bool IsOneCommand(IReadOnlyList<(Entry Entry, ByteString Leaf)> parts) =>
        parts.Count == 1 ? parts[0].Entry.Parts <= 1 : parts.Select((one, place) => one.Entry.Part == place + 1 && one.Entry.Parts == parts.Count).All(fits => fits);

    private static string Short(ByteString hash) => Convert.ToHexStringLower(hash.Span[..Math.Min(6, hash.Length)]);
}
