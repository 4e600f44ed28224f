namespace FundingFlows.Simulation;

/// <summary>A whole federation in one thread: its instances, the network between them, and what is known of all of them.</summary>
internal sealed class Town
{
    /// <param name="disks">What the instances have on their disks at the beginning. Null: nothing.</param>
    public Town(Workshop workshop, Random random, Weather weather, Bug bugs, long now, IReadOnlyDictionary<string, VirtualDisk>? disks, bool keepsHistory)
    {
        (Weather, Bugs, Keys, Documents) = (weather, bugs, workshop.Keys, workshop.Documents);
        Scheduler = new VirtualScheduler(random, shuffles: random.Next(2) == 0, now);
        Time = new SkewedTime(Scheduler, () => TimeSpan.Zero, () => true);
        History = new History(Scheduler, keepsHistory);
        Network = new VirtualNetwork(this);
        foreach (var instance in Map.Instances)
            Places.Add(instance, new Place(this, instance) { Disk = disks?[instance].Copy() ?? new VirtualDisk() });
        Oracle = new Oracle(this);
    }

    public Keys Keys { get; }

    /// <summary>Of words that nobody writes here: one for all instances.</summary>
    public DocumentStore Documents { get; }

    public Weather Weather { get; }

    /// <summary>What befell it so far.</summary>
    public Struck Struck => Weather.Struck;

    public Bug Bugs { get; }

    public VirtualScheduler Scheduler { get; }

    /// <summary>The right time, for people.</summary>
    public SkewedTime Time { get; }

    public History History { get; }

    public VirtualNetwork Network { get; }

    public Oracle Oracle { get; }

    public Dictionary<string, Place> Places { get; } = [];

    /// <summary>What is still to befall somebody before anything can be quiet.</summary>
    public int ToCome { get; set; }

    public Place PlaceOf(string body) => Places[Map.Bodies.First(one => one.Id == body).Instance];

    /// <summary>A body as its instance serves it. Null: it does not now.</summary>
    public HostedBody? Open(string body) => PlaceOf(body).Life is { IsListening: true } life ? life.Bodies.Find(body) : null;

    public void Start(Place place)
    {
        History.Add($"{place.Name} starts.");
        Scheduler.Enter(place.Start);
    }

    /// <summary>The instance whose disk was replaced, until all that it lost is back. Null: there is none.</summary>
    public Place? Returning { get; set; }

    /// <summary>The instance whose disk was replaced while the auditor was away. Null: there is none.</summary>
    public Place? WithoutAuditor { get; set; }

    /// <summary>Whether the auditor has, and can prove, all that a body has durable.</summary>
    public bool IsKept(string body)
    {
        var (audit, origin, size) = (Places[Map.Audit].Disk, Names.Origin(Map.Federation, body, 1), Oracle.Bodies[body].Entries.Count);
        return Places[Map.Audit].Life!.Get<FollowedJournals>().ReadAll(journals => journals.Any(journal => journal.Body == body && journal.IsRestored))
            && audit.Of(new JournalKey(body, 1)).Entries.Count == size && audit.Notes.Verified(origin) is { } note && Checkpoint.SizeOf(note, origin) == size;
    }

    /// <summary>Whether nothing may befall an instance now: who has lost something must be able to ask for it, before it is lost to everybody.</summary>
    public bool IsSafe(Place place) => Returning is { } returning && (place == returning || place.IsAudit);

    /// <summary>A machine fails.</summary>
    public void Fail(Place place)
    {
        if (!IsSafe(place))
            Crash(place, "the machine fails.");
    }

    /// <summary>Ends an instance at once.</summary>
    public void Crash(Place place, string why)
    {
        if (place.Life is null)
            return;
        History.Add($"{place.Name} crashes: {why}");
        Struck.Count(Strike.Crashes);
        place.Crash(Weather.Survives);
        RestartLater(place);
    }

    /// <summary>Ends an instance at once, and replaces its disk by an older copy of it.</summary>
    public void GoBack(Place place, VirtualDisk copy)
    {
        History.Add($"{place.Name} crashes, and its disk is replaced by an older copy: {string.Join(", ", place.Bodies.Select(body => $"{body} has {copy.Of(new JournalKey(body, 1)).Entries.Count} entries of {place.Disk.Of(new JournalKey(body, 1)).Entries.Count}"))}.");
        Struck.Count(Strike.DisksPutBack);
        place.Crash(() => false);
        place.Disk = copy;
        RestartLater(place);
    }

    private void RestartLater(Place place) => Scheduler.After(Weather.TimeOfARestart(), () => Restart(place));

    /// <summary>Starts an instance that is down.</summary>
    public void Restart(Place place)
    {
        if (place.Life is not null)
            return;
        History.Add($"{place.Name} starts again.");
        place.Start();
    }

    /// <summary>Why it is not quiet yet. Empty: everything was delivered, and everybody knows.</summary>
    public IEnumerable<Breach> Unrest()
    {
        if (ToCome > 0)
            yield return new Breach(Check.BecomesQuiet, "Something is still to happen.");
        foreach (var (body, observed) in Oracle.Bodies)
        {
            if ((observed.IsForked ? WhyNotCaught(body) : WhyNotServed(body, observed)) is { } why)
                yield return new Breach(observed.IsForked ? Check.ForksAreCaught : Check.BecomesQuiet, why);
            if (Oracle.IsCutOff(body))
                continue;
            if (observed.Books.Deliveries.Awaiting.FirstOrDefault(receiver => !Oracle.Waits(body, receiver)) is { } receiver)
                yield return new Breach(Check.EverythingArrives, $"Something is on its way from {body} to {receiver}.");
            foreach (var award in observed.Books.Awards.All.Where(award => award.Recipient == body && award.State == AwardStage.Accepted && !Oracle.IsCutOff(award.Funder)))
                if (Oracle.Bodies[award.Funder].Books.Awards.Find(award.Id) is { State: AwardStage.Accepted } given && !award.Promises.Select(Words).SequenceEqual(given.Promises.Select(Words)))
                    yield return new Breach(Check.EverythingArrives, $"{body} has other promises under {award.Id} than {award.Funder}.");
            if (observed.Books.Accounts.Total[Account.InTransit] != observed.Books.Transfers.Sent.Where(sent => sent.State == TransferStage.InTransit && Oracle.Waits(body, sent.Receiver)).Sum(sent => sent.AmountPence))
                yield return new Breach(Check.EverythingArrives, $"Money of {body} is in transit.");
        }
        foreach (var place in Places.Values)
            if (place.Life is not { IsListening: true } life)
                yield return new Breach(Check.BecomesQuiet, $"{place.Name} is down.");
            else if (life.Get<FollowedJournals>().ReadAll(journals => journals.Select(Behind).FirstOrDefault(why => why is not null)) is { } behind)
                yield return new Breach(Check.FollowersFollow, $"At {place.Name}: {behind}");
    }

    private static (int, Kind, EarmarkSet, long, long) Words(AwardPromise promise) => (promise.Year, promise.Kind, promise.Earmarks, promise.AmountPence, promise.ReleasedPence);

    private string? WhyNotServed(string body, Observed observed)
    {
        if (Open(body) is not { } open)
            return $"{body} does not serve: {PlaceOf(body).Life?.Get<BodyHost>().WhyBroken(body) ?? "its instance is down"}.";
        return (open.Sequencer.ClosedBecause ?? open.Sequencer.ReadsOnlyBecause)
            ?? (open.Sequencer.CommittedSize != observed.Entries.Count || !open.Sequencer.Head().Root.AsSpan().SequenceEqual(observed.Tree.Root(observed.Tree.Size))
                ? $"{body} has {open.Sequencer.CommittedSize} entries in memory, and {observed.Entries.Count} are durable." : null);
    }

    /// <summary>Whoever has told two histories must say so itself once the auditor has answered it: no other entry, and no signature, is to be had of it then.</summary>
    private string? WhyNotCaught(string body) =>
        Open(body) is not { } open ? $"{body} does not serve."
        : open.Sequencer.ReadsOnlyBecause is not { } why || !why.Contains("another history", StringComparison.Ordinal) || open.Sequencer.MaySign
            ? $"{body} has told two histories, and nobody notices: {open.Sequencer.ReadsOnlyBecause ?? "it goes on"}." : null;

    private string? Behind(FollowedJournal journal)
    {
        var observed = Oracle.Bodies[journal.Body];
        if (Oracle.IsCutOff(journal.Body))
            return null;
        if ((journal.Replica?.Quarantined ?? journal.Damaged) is { } why)
            return why;
        return journal.Replica is not { } replica || replica.Books.Size != observed.Entries.Count || !replica.Root(replica.Next).AsSpan().SequenceEqual(observed.Tree.Root(observed.Tree.Size))
            ? $"{journal.Body} is followed to {journal.Replica?.Books.Size} of {observed.Entries.Count} entries." : null;
    }

    /// <summary>Compares what the auditor has made of the journals with what they say: lots, payments, and all its own checks.</summary>
    public void CheckAudit() => new AuditedForest(Oracle, Places[Map.Audit].Life!).Check();
}
