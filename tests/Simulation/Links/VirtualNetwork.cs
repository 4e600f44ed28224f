namespace FundingFlows.Simulation;

/// <summary>Carries messages between instances, and counts them. It may lose, repeat, delay and so reorder them, as the weather is.</summary>
internal sealed class VirtualNetwork(Town town)
{
    /// <summary>After so long without a word a connection is given up.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly HashSet<(string From, string To)> cut = [];
    private Place? hidden;
    private bool isHiddenFromAll;

    /// <summary>When the last of the messages on each way arrives.</summary>
    private readonly Dictionary<(Place From, Place To), long> lastArrivals = [];

    /// <summary>An instance that must hear from the auditor now: between these two nothing is lost or late. Null: there is none.</summary>
    public Place? Spared { get; set; }

    /// <summary>Messages that were sent.</summary>
    public long Messages { get; private set; }

    /// <summary>Told when a link is cut.</summary>
    public event Action? Cutting;

    /// <summary>Cuts the way from one instance to another, or joins it again. The way back is another.</summary>
    public void Cut(string from, string to, bool isCut)
    {
        if (!isCut)
            cut.Remove((from, to));
        else if (cut.Add((from, to)))
            Cutting?.Invoke();
    }

    public void JoinAll() => cut.Clear();

    public bool IsCut(Place from, Place to) => cut.Contains((from.Name, to.Name)) || (from != to && (from == Away || to == Away)) || (isHiddenFromAll && IsUnfollowed(from, to));

    /// <summary>Whether nobody follows the other between these two, nor shows it checkpoints.</summary>
    public bool IsUnfollowed(Place from, Place to) => hidden is not null && from != to && (from == hidden || to == hidden) && !from.IsAudit && !to.IsAudit;

    /// <summary>An instance that nobody reaches, and that reaches nobody, whatever else is joined. Null: there is none.</summary>
    public Place? Away
    {
        get;
        set
        {
            field = value;
            Cutting?.Invoke();
        }
    }

    /// <summary>From now on nobody but the auditor follows an instance; or nobody but the auditor reaches it at all. Null: everybody can again.</summary>
    public void Hide(Place? place, bool isFromAll)
    {
        (hidden, isHiddenFromAll) = (place, isFromAll);
        Cutting?.Invoke();
    }

    /// <summary>Sends a message. False: it is lost.</summary>
    /// <param name="notBefore">When the message before it on the same connection arrives.</param>
    public bool Send(Place from, Place to, Action arrive, ref long notBefore)
    {
        Messages++;
        var isSpared = Spared is { } spared && (from == spared || to == spared) && (from.IsAudit || to.IsAudit);
        if (!isSpared && WhyLost(from, to) is { } strike)
        {
            town.Struck.Count(strike);
            return false;
        }
        var after = isSpared ? TimeSpan.FromMilliseconds(1) : town.Weather.TimeOfAMessage(from, to);
        notBefore = Math.Max(notBefore, town.Scheduler.Now + after.Ticks);
        if (notBefore < lastArrivals.GetValueOrDefault((from, to)))
            town.Struck.Count(Strike.MessagesOvertaken);
        else
            lastArrivals[(from, to)] = notBefore;
        town.Scheduler.After(TimeSpan.FromTicks(notBefore - town.Scheduler.Now), arrive);
        return true;
    }

    private Strike? WhyLost(Place from, Place to) => IsCut(from, to) ? Strike.MessagesStoppedByCuts : town.Weather.IsLost() ? Strike.MessagesLost : null;

    /// <summary>The same on no connection: another message may overtake it.</summary>
    public bool Send(Place from, Place to, Action arrive)
    {
        var notBefore = 0L;
        return Send(from, to, arrive, ref notBefore);
    }
}
