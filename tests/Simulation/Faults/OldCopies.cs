namespace FundingFlows.Simulation;

/// <summary>
/// A disk is replaced by an older copy of itself, as somebody does who puts back a backup. It must be noticed, and no body may go on as if what it lost
/// had never been. Only when the auditor has everything that would be lost, because what nobody else has cannot be missed by anybody; and the auditor may
/// be away, or its answers lost, while the bodies ask, but for less long than they ask on for it.
/// </summary>
internal sealed class OldCopies(Town town, Place place, Random random)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>With the time between two looks it is less than a body asks on for an auditor, so that at least one more question comes through.</summary>
    private const int LongestAwayMilliseconds = 4_000;

    private bool isSparing;

    /// <param name="at">When the copy is made. It is put back some time later.</param>
    public void Begin(TimeSpan at)
    {
        town.ToCome++;
        town.Scheduler.After(at, () =>
        {
            var copy = place.Disk.Copy();
            town.History.Add($"A copy of the disk of {place.Name} is made.");
            town.Scheduler.After(at, () => Look(copy));
        });
    }

    private void Look(VirtualDisk copy)
    {
        if (place.Life is not { IsListening: true } || town.Places[Map.Audit].Life is not { IsListening: true } || !place.Bodies.All(town.IsKept))
        {
            town.Scheduler.After(BetweenLooks, () => Look(copy));
            return;
        }
        town.Returning = place;
        town.GoBack(place, copy);
        town.Scheduler.After(BetweenLooks, LookAgain);
    }

    /// <summary>From some time after the bodies began to ask until all that was lost is back, the way to the auditor is free.</summary>
    private void LookAgain()
    {
        if (!isSparing && place.Life is { IsListening: true })
        {
            isSparing = true;
            town.Scheduler.After(TimeSpan.FromMilliseconds(random.Next(LongestAwayMilliseconds)), () => town.Network.Spared = place);
        }
        if (!isSparing || place.Bodies.Any(body => town.Open(body)?.Sequencer is not { ReadsOnlyBecause: null } sequencer || sequencer.CommittedSize < town.Oracle.Bodies[body].Entries.Count - 1))
        {
            town.Scheduler.After(BetweenLooks, LookAgain);
            return;
        }
        town.Network.Spared = town.Returning = null;
        town.ToCome--;
    }
}
