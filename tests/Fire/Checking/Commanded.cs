using System.Globalization;
using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>
/// Every entry carries out a command that somebody gave, and says what was asked for, or is what a body does by itself. So whatever money was
/// issued, sent and paid is explained.
/// </summary>
/// <param name="accepted">Commands that were accepted: what they did is compared elsewhere (<see cref="ExactlyOnce"/>).</param>
/// <param name="others">Commands that were refused or not answered: an attempt of theirs may have been accepted all the same.</param>
/// <param name="before">The ids of the commands that were given before the load.</param>
internal sealed class Commanded(IEnumerable<Deed> accepted, IEnumerable<Deed> others, IEnumerable<string> before)
{
    private readonly HashSet<ByteString> known = [.. accepted.Select(deed => deed.EntryId)];
    private readonly Dictionary<ByteString, Deed> perhaps = others.Where(deed => !deed.BearsAnothersId).ToDictionary(deed => deed.EntryId);
    private readonly HashSet<ByteString> first = [.. before.Select(Deed.ToEntryId)];

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Findings(IReadOnlyList<JournalCopy> journals) =>
        journals.SelectMany(journal => journal.Entries.Select((one, index) => Finding(journal.Body, index, one.Entry))).Concat(Twice(journals)).OfType<string>();

    private string? Finding(string body, int index, Entry entry)
    {
        var what = $"Entry {index} of {body} ({Words(entry.Fact)})";
        if (entry.CommandId.Length == 0)
            return DoesByItself(entry.Fact) ? null : $"{what} is nothing that a body does by itself, and nobody commanded it.";
        if (known.Contains(entry.CommandId) || first.Contains(entry.CommandId))
            return null;
        return !perhaps.TryGetValue(entry.CommandId, out var deed) ? $"{what} carries out the command {Deed.ToCommandId(entry.CommandId)}, which nobody gave."
            : deed.Body != body || !deed.Means(entry.Fact) ? $"{what} carries out {deed}, which asked for something else."
            : null;
    }

    /// <summary>What was commanded before the load, too, was done once.</summary>
    private IEnumerable<string?> Twice(IReadOnlyList<JournalCopy> journals) => journals
        .SelectMany(journal => journal.Entries.Where(one => first.Contains(one.Entry.CommandId) && one.Entry.Part <= 1).Select(one => (one.Entry.CommandId, journal.Body)))
        .GroupBy(one => one.CommandId).Where(places => places.Count() > 1)
        .Select(places => $"The command {Deed.ToCommandId(places.Key)}, of before the load, stands {places.Count()} times: in {string.Join(", ", places.Select(place => place.Body))}.");

    /// <summary>It begins its journal, decides a delivery, records an answer, or does what a standing instruction says.</summary>
    private static bool DoesByItself(Fact fact)
    {
        var said = SaidIn(fact);
        return fact.Genesis is not null || fact.StandingInstructionStopped is not null || fact.TransferSent?.PassedOn is not null
            || said.Descriptor.FindFieldByName("delivery")?.Accessor.GetValue(said) is not null || said.Descriptor.FindFieldByName("answer")?.Accessor.GetValue(said) is not null;
    }

    private static string Words(Fact fact)
    {
        var said = SaidIn(fact);
        return said.Descriptor.FindFieldByName("amount_pence")?.Accessor.GetValue(said) is long pence ? string.Create(CultureInfo.InvariantCulture, $"{fact.KindCase}, {pence} pence") : $"{fact.KindCase}";
    }

    private static IMessage SaidIn(Fact fact) => (IMessage)Fact.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(fact).Accessor.GetValue(fact);
}
