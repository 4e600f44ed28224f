namespace FundingFlows.Simulation;

/// <summary>
/// A disk is replaced by an older copy of itself while the auditor, which has all that is lost, is away for minutes. Where somebody else knows of that too, its
/// bodies must only read until the auditor gives it back. Where nobody else does, because the instance reached nobody but the auditor before, they go on
/// after a while by the word of others, and say so: what they record then contradicts what they had told the auditor, and must be found when it is back.
/// </summary>
internal sealed class AuditorAway(Town town, Place place, Elsewhere elsewhere, Random random)
{
    private const int MostLooks = 30;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private readonly HashSet<(string Body, Strike What)> counted = [];
    private VirtualDisk copy = new();
    private int looks;

    /// <param name="at">When the copy is made. It is put back some time later.</param>
    public void Begin(TimeSpan at)
    {
        town.ToCome++;
        town.Scheduler.After(at, () =>
        {
            copy = place.Disk.Copy();
            town.History.Add($"A copy of the disk of {place.Name} is made. What comes now, beside the auditor {elsewhere} will know.");
            if (elsewhere != Elsewhere.Everybody)
                town.Network.Hide(place, isFromAll: elsewhere == Elsewhere.Nobody);
            town.Scheduler.After(at, Look);
        });
    }

    private void Look()
    {
        var isThere = place.Life is { IsListening: true } && town.Places[Map.Audit].Life is { IsListening: true } && place.Bodies.All(town.IsKept);
        if (!isThere || (looks++ < MostLooks && !place.Bodies.Any(IsLost)))
        {
            town.Scheduler.After(BetweenLooks, Look);
            return;
        }
        town.History.Add("The auditor is away.");
        town.Network.Hide(null, isFromAll: false);
        (town.Network.Away, town.WithoutAuditor) = (town.Places[Map.Audit], place);
        town.GoBack(place, copy);
        Watch(until: town.Scheduler.Now + TimeSpan.FromSeconds(random.Next(60, 180)).Ticks);
    }

    /// <summary>Whether a body loses an entry of which others have to know, or nobody.</summary>
    private bool IsLost(string body)
    {
        var size = copy.Of(new JournalKey(body, 1)).Entries.Count;
        return town.Oracle.Bodies[body].Entries.Count > size && (elsewhere == Elsewhere.Nobody || town.Oracle.NewestElsewhere(place, body) >= size);
    }

    /// <summary>Sees what becomes of the bodies while the auditor is away.</summary>
    private void Watch(long until)
    {
        foreach (var body in place.Bodies)
            if (town.Open(body)?.Sequencer.ReadsOnlyBecause is { } why)
            {
                if (why.Contains("was delivered entry", StringComparison.Ordinal) || why.Contains("was answered with entry", StringComparison.Ordinal))
                    Count(body, Strike.HeldByAPeersWord);
                else if (why.Contains("has a checkpoint of", StringComparison.Ordinal))
                    Count(body, Strike.HeldByACheckpoint);
            }
            else if (place.Life is { IsListening: true } life && life.Get<AskingRound>().Unconfirmed.ContainsKey(body))
                Count(body, Strike.WentOnWithoutAuditor);
        if (town.Scheduler.Now < until)
        {
            town.Scheduler.After(BetweenLooks, () => Watch(until));
            return;
        }
        town.History.Add("The auditor is back.");
        town.Network.Away = null;
        town.ToCome--;
    }

    private void Count(string body, Strike what)
    {
        if (counted.Add((body, what)))
            town.Struck.Count(what);
    }
}
