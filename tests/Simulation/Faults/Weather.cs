namespace FundingFlows.Simulation;

/// <summary>What becomes of an append.</summary>
internal enum AppendFate
{
    Stored,
    FailedBefore,
    FailedAfter,
    NotDurable,
    Full,
}

/// <summary>Who knows of the newest entries of a body.</summary>
internal enum Elsewhere
{
    Nobody,

    /// <summary>Those whom it has delivered to or answered, and nobody who follows it.</summary>
    Peers,

    Everybody,
}

/// <summary>How bad things are in one run. Each seed chooses which faults there are at all, so that rare ones are also met alone.</summary>
internal sealed class Weather
{
    private readonly Random random;
    private readonly double lost, repeated, failing, slowNetwork;

    public Weather(Random random)
    {
        this.random = random;
        lost = Sometimes(0.6) * 0.05;
        repeated = Sometimes(0.5) * 0.1;
        failing = Sometimes(0.4) * 0.02;
        slowNetwork = Sometimes(0.5) * 0.05;
        HasBroker = random.Next(3) == 0;
        Crashes = random.Next(4) == 0 ? 0 : random.Next(1, 5);
        Cuts = random.Next(4) == 0 ? 0 : random.Next(1, 5);
        Skews = random.Next(2) == 0;
        HasSlowOnes = random.Next(3) == 0;
        OldCopies = random.Next(4) == 0;
        WithoutStreams = HasBroker && random.Next(2) == 0;
        AuditorAway = OldCopies || random.Next(5) > 0 ? null : (Elsewhere)random.Next(3);
    }

    /// <summary>What struck so far.</summary>
    public Struck Struck { get; } = new();

    /// <summary>Nothing ever fails.</summary>
    public static Weather Fair(int seed) => new(new Random(seed)) { IsCalm = true, HasBroker = false };

    /// <summary>Nothing fails any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Whether there is a broker beside every instance, so that journals are followed by what it tells.</summary>
    public bool HasBroker { get; init; }

    /// <summary>Whether those who hear news follow by that alone.</summary>
    public bool WithoutStreams { get; }

    /// <summary>How many times an instance crashes.</summary>
    public int Crashes { get; }

    /// <summary>How many times links are cut.</summary>
    public int Cuts { get; }

    /// <summary>Whether clocks are wrong.</summary>
    public bool Skews { get; }

    /// <summary>Whether some instances are slow.</summary>
    public bool HasSlowOnes { get; }

    /// <summary>Whether a disk is replaced by an older copy of itself.</summary>
    public bool OldCopies { get; set; }

    /// <summary>Who beside the auditor knows of what is lost, where a disk is replaced by an older copy of itself while the auditor is away for minutes. Null: none is.</summary>
    public Elsewhere? AuditorAway { get; set; }

    public bool IsLost() => Happens(lost);

    public bool IsRepeated() => Happens(repeated, Strike.MessagesRepeated);

    public TimeSpan TimeOfAMessage(Place from, Place to)
    {
        var usual = TimeSpan.FromMicroseconds(200 + random.Next(2_000));
        return Math.Max(from.Slowness, to.Slowness) * (Happens(slowNetwork, Strike.MessagesDelayed) ? TimeSpan.FromMilliseconds(random.Next(8_000)) : usual);
    }

    public AppendFate OfAnAppend(Life life) => life.IsListening && !life.Town.IsSafe(life.Place) && Happens(failing) ? (AppendFate)random.Next(1, 5) : AppendFate.Stored;

    /// <summary>Whether a machine fails while a note is written. Only where machines fail at all.</summary>
    public bool FailsAtANote(Life life) => Crashes > 0 && life.IsListening && !life.Town.IsSafe(life.Place) && Happens(0.005);

    public TimeSpan TimeOfAnAppend(Life life) => life.Place.Slowness * TimeSpan.FromMicroseconds(300 + random.Next(4_000));

    /// <summary>How long after the beginning of an append that takes so long a machine fails in the middle of it.</summary>
    public TimeSpan Into(TimeSpan append) => append * random.NextDouble();

    public TimeSpan UntilThereIsRoom() => TimeSpan.FromMilliseconds(random.Next(5_000));

    /// <summary>Whether an append that was on its way when its instance crashed is on the disk after all.</summary>
    public bool Survives() => random.Next(3) == 0;

    public TimeSpan TimeOfARestart() => TimeSpan.FromMilliseconds(50 + random.Next(IsCalm ? 100 : 15_000));

    public bool IsBrokerAway() => Happens(0.1, Strike.BrokerAway);

    public int CopiesOfNews() => IsCalm ? 1 : random.Next(4) switch { 0 => Strikes(Strike.NewsLost, 0), 1 => Strikes(Strike.NewsRepeated, 2), _ => 1 };

    public TimeSpan TimeOfNews()
    {
        var (usual, late) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(IsCalm ? 0 : random.Next(3_000)));
        if (late <= usual)
            return usual;
        Struck.Count(Strike.NewsDelayed);
        return late;
    }

    private bool Happens(double chance) => !IsCalm && chance > 0 && random.NextDouble() < chance;

    private bool Happens(double chance, Strike strike)
    {
        var happens = Happens(chance);
        if (happens)
            Struck.Count(strike);
        return happens;
    }

    private int Strikes(Strike strike, int copies)
    {
        Struck.Count(strike);
        return copies;
    }

    private double Sometimes(double chance) => random.NextDouble() < chance ? random.NextDouble() : 0;
}
