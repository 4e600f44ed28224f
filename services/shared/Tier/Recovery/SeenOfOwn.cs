namespace FundingFlows.Tiers;

/// <summary>
/// What others have shown, since the start, of one hosted body's own journal: the two newest checkpoints from each, signed by the body, and the
/// newest entries that each peer was delivered or has as an answer.
/// </summary>
internal sealed class SeenOfOwn
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (Checkpoint Newest, Checkpoint? Other)> signed = [];
    private readonly Dictionary<(string Peer, bool IsAnswer), (long Index, byte[] LeafHash)> delivered = [];
    private readonly HashSet<string> refused = [];

    private long? askingSince;

    /// <summary>That others have seen the body in a later epoch, which stays so, in a sentence. Null: nobody has.</summary>
    public string? Later { get; private set; }

    /// <summary>The peers that have told all that they know since it began to ask.</summary>
    public HashSet<string> Told { get; } = [];

    /// <summary>Whether it is the first time that what somebody told is refused.</summary>
    public bool IsRefusedNow(string who)
    {
        lock (gate)
            return refused.Add(who);
    }

    /// <summary>How long it had asked whether its journal is the newest when it asked at that time. The first time it begins to.</summary>
    public TimeSpan Waited(long asked, TimeProvider time) => time.GetElapsedTime(askingSince ??= asked, asked);

    /// <summary>It asks no more.</summary>
    public void EndAsking()
    {
        askingSince = null;
        Told.Clear();
    }

    public void IsLater(string sentence) => Later ??= sentence;

    /// <summary>Somebody has a checkpoint. The newest alone may be of what was recorded here in place of something else, and hide that they have that too.</summary>
    public void Signed(string who, Checkpoint checkpoint)
    {
        lock (gate)
            signed[who] = !signed.TryGetValue(who, out var before) ? (checkpoint, null)
                : checkpoint.Size > before.Newest.Size ? (checkpoint, before.Newest)
                : checkpoint.Size == before.Newest.Size ? (checkpoint, checkpoint.Root.AsSpan().SequenceEqual(before.Newest.Root) ? before.Other : before.Newest)
                : (before.Newest, checkpoint);
    }

    private IEnumerable<(string Who, Checkpoint Checkpoint)> AllSigned => signed.SelectMany(one => new[] { one.Value.Newest, one.Value.Other }.OfType<Checkpoint>(), (one, checkpoint) => (one.Key, checkpoint));

    public void Holds(string peer, HeldEntry entry)
    {
        lock (gate)
            delivered[(peer, entry.IsAnswer)] = (entry.Index, entry.LeafHash);
    }

    /// <summary>Whether the body has signed more entries than those.</summary>
    public bool IsMoreThan(long size)
    {
        lock (gate)
            return AllSigned.Any(one => one.Checkpoint.Size > size);
    }

    /// <summary>What says that the entries here are not those that the body once recorded, in a sentence. Null: nothing does.</summary>
    public string? Contradiction(HostedBody body)
    {
        var size = body.Sequencer.CommittedSize;
        lock (gate)
        {
            foreach (var (who, checkpoint) in AllSigned.Where(one => one.Checkpoint.Size <= size))
                if (!body.Sequencer.RootAt(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root))
                    return AnotherHistory(body, $"{who} has a checkpoint of {checkpoint.Size} entries that {body.Id} signed, and the first {checkpoint.Size} here are others");
            foreach (var ((peer, isAnswer), entry) in delivered.Where(one => one.Value.Index < size))
                if (!body.Sequencer.LeafHashAt(entry.Index).AsSpan().SequenceEqual(entry.LeafHash))
                    return AnotherHistory(body, $"{peer} was {(isAnswer ? "answered with" : "delivered")} another entry {entry.Index} than the one here");
            return null;
        }
    }

    /// <summary>What says that entries are missing here, in a sentence. Null: nothing does.</summary>
    /// <param name="why">Why they could not be had, in words.</param>
    public string? Missing(HostedBody body, string why)
    {
        var size = body.Sequencer.CommittedSize;
        lock (gate)
        {
            foreach (var (who, checkpoint) in AllSigned.OrderByDescending(one => one.Checkpoint.Size).TakeWhile(one => one.Checkpoint.Size > size))
                return $"{body.Id} only reads: its disk has {size} entries, and {who} has a checkpoint of {checkpoint.Size} that it signed. The rest could not be had: {why}. "
                    + "It is asked for again and again; if nobody has it any more, a new epoch of the journal is the way out.";
            foreach (var ((peer, isAnswer), entry) in delivered.OrderByDescending(one => one.Value.Index).TakeWhile(one => one.Value.Index >= size))
                return $"{body.Id} only reads: its disk has {size} entries, and {peer} was {(isAnswer ? "answered with" : "delivered")} entry {new EntryId(body.Id, body.Epoch, entry.Index)}. Nobody who was asked has more of the journal. "
                    + "They are asked again and again; if nobody has it any more, a new epoch of the journal is the way out.";
            return null;
        }
    }

    internal static string AnotherHistory(HostedBody body, string how) =>
        $"{body.Id} only reads, and signs nothing: its disk holds another history than the one that it told others; {how}. Put the right disk back and start again; if there is none, a new epoch of the journal is the way out.";
}
