using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>
/// When a body may record another history than before without anything being wrong: its disk was replaced while the auditor was away, it has asked as long as
/// it has to, nobody has told it of what it lost, and it says that it goes on by the word of others.
/// </summary>
internal sealed class Forking(Town town)
{
    /// <summary>What was decided before somebody told is durable by then.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ForAuditor = new AskingOptions().ForAuditor;
    private readonly Dictionary<(Life Life, string Body), List<(long At, long Index)>> told = [];

    /// <summary>What forbids it, in a sentence. Null: nothing.</summary>
    public string? WhyNot(Life life, string body, long index)
    {
        var now = town.Scheduler.Now;
        if (life.Place != town.WithoutAuditor)
            return "The auditor was there all the time.";
        if (now - life.Began < ForAuditor.Ticks)
            return $"It asked for no more than {TimeSpan.FromTicks(now - life.Began).TotalSeconds} s.";
        if (told.GetValueOrDefault((life, body))?.Where(one => one.Index >= index && one.At < now - OnItsWay.Ticks).Select(one => one.Index).ToList() is { Count: > 0 } knew)
            return $"It had been told of entry {knew[0]}.";
        return life.Get<AskingRound>().Unconfirmed.ContainsKey(body) || life.Bodies.Find(body)?.Sequencer.ReadsOnlyBecause is not null ? null : "It does not say that no auditor has answered it.";
    }

    /// <summary>Somebody has told a body of the newest entries that it was delivered, or was answered with.</summary>
    public void Heard(Life life, TellDeliveredRequest request, SignedMessage signed)
    {
        // Who has taken a key may not be believed: it may be recorded in what the body lost, or by nobody yet.
        if (KeysOf(request.Body) > 1)
            return;
        var newest = CourierMessage.Parser.ParseFrom(signed.Message).NewestDelivered;
        Hear(life, request.Sender, (long?)newest.Entry?.Index);
        Hear(life, request.Sender, (long?)newest.Answer?.Index);
    }

    /// <summary>Somebody has told an instance how many entries of journals they have seen.</summary>
    public void Heard(Life life, IEnumerable<SeenBody> seen)
    {
        // Nor a checkpoint, where the body may have lost the key that signed it.
        foreach (var one in seen.Where(one => KeysOf(one.Body) == 1))
            foreach (var journal in one.Journals)
                Hear(life, one.Body, Checkpoint.Read(journal.Checkpoint)!.Size - 1);
    }

    private int KeysOf(string body) => town.Oracle.Bodies[body].Books.Keys.Count;

    private void Hear(Life life, string body, long? index)
    {
        if (index is not { } newest || life.Place != town.WithoutAuditor)
            return;
        if (!told.TryGetValue((life, body), out var all))
            told.Add((life, body), all = []);
        all.Add((town.Scheduler.Now, newest));
    }
}
