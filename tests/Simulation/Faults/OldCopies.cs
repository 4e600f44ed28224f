namespace FundingFlows.Simulation;

/// <summary>
/// A disk is replaced by an older copy of itself, as somebody does who puts back a backup. It must be noticed, and no body may go on as if what it lost
/// had never been. Only while the auditor has everything that would be lost, and answers: what nobody else has cannot be missed by anybody, and of whom only
/// the registering body answers, with an older checkpoint, the auditor finds out afterwards that there are two histories.
/// </summary>
internal static class OldCopies
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <param name="at">When the copy is made. It is put back some time later.</param>
    public static void Begin(Town town, Place place, TimeSpan at)
    {
        town.ToCome++;
        town.Scheduler.After(at, () =>
        {
            var copy = place.Disk.Copy();
            town.History.Add($"A copy of the disk of {place.Name} is made.");
            town.Scheduler.After(at, () => Look(town, place, copy));
        });
    }

    private static void Look(Town town, Place place, VirtualDisk copy)
    {
        if (place.Life is not { IsListening: true } || town.Places[Map.Audit].Life is not { IsListening: true } || !place.Bodies.All(body => IsKept(town, body)))
        {
            town.Scheduler.After(BetweenLooks, () => Look(town, place, copy));
            return;
        }
        town.Network.Spared = place;
        town.GoBack(place, copy);
        town.Scheduler.After(BetweenLooks, () => LookAgain(town, place));
    }

    /// <summary>Until all that was lost is back, the auditor is there to be asked.</summary>
    private static void LookAgain(Town town, Place place)
    {
        if (place.Bodies.Any(body => town.Open(body)?.Sequencer is not { ReadsOnlyBecause: null } sequencer || sequencer.CommittedSize < town.Oracle.Bodies[body].Entries.Count - 1))
        {
            town.Scheduler.After(BetweenLooks, () => LookAgain(town, place));
            return;
        }
        town.Network.Spared = null;
        town.ToCome--;
    }

    /// <summary>Whether the auditor has, and can prove, all that a body has durable.</summary>
    private static bool IsKept(Town town, string body)
    {
        var (audit, origin, size) = (town.Places[Map.Audit].Disk, Names.Origin(Map.Federation, body, 1), town.Oracle.Bodies[body].Entries.Count);
        return town.Places[Map.Audit].Life!.Get<FollowedJournals>().ReadAll(journals => journals.Any(journal => journal.Body == body && journal.IsRestored))
            && audit.Of(new JournalKey(body, 1)).Entries.Count == size && audit.Notes.Verified(origin) is { } note && Checkpoint.SizeOf(note, origin) == size;
    }
}
