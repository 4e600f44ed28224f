using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Audit.Tests;

/// <summary>
/// A federation of four tiers that exists in memory alone. Bodies decide by the real rules and what they send is carried by
/// hand, so that a test can say exactly what each journal holds, and who has heard of what.
/// </summary>
internal sealed class ForgedFederation : IDisposable
{
    public const string Central = "mhclg";
    public const string Region = "north";
    public const string Council = "durham";
    public const string Forum = "easington";
    public const string FundName = "place-fund";
    public const string FundId = $"{Central}.{FundName}";
    public const int Year = 2026;
    public const string ForForums = "neighbourhood-led";

    private static readonly DateTimeOffset Beginning = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly SortedDictionary<string, ForgedJournal> bodies = new(StringComparer.Ordinal);
    private long seconds;

    /// <param name="forum">What the forum is in law.</param>
    public ForgedFederation(LegalForm forum = LegalForm.Unspecified)
    {
        Id = $"forged-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
        Add(Central, Tier.CentralGovernment, Central);
        Add(Region, Tier.CombinedAuthority, Central);
        Add(Council, Tier.Council, Central);
        Add(Forum, Tier.NeighbourhoodForum, Council, forum);
        Register(Region);
        Register(Council);
        Register(Forum);
    }

    public string Id { get; }

    public IReadOnlyCollection<ForgedJournal> All => bodies.Values;

    public ForgedJournal this[string body] => bodies[body];

    /// <summary>Adds a body that nobody has registered yet.</summary>
    public ForgedJournal Add(string body, Tier tier, string registeredBy, LegalForm form = LegalForm.Unspecified)
    {
        var key = BodyKey.Generate();
        var genesis = new Genesis
        {
            FormatVersion = 1,
            Federation = Id,
            Body = body,
            Epoch = 1,
            Origin = Names.Origin(Id, body, 1),
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            RegisteringBody = registeredBy,
            Tier = tier,
            OfficialName = $"Body {body}",
            LegalForm = form,
        };
        var journal = new ForgedJournal(genesis, key, Now);
        bodies.Add(body, journal);
        return journal;
    }

    /// <summary>Has a body registered by the one that it names.</summary>
    public void Register(string body, Action<BodyRegistered>? otherwise = null)
    {
        var genesis = bodies[body].Genesis;
        var registration = new BodyRegistered
        {
            Body = body,
            OfficialName = genesis.OfficialName,
            Tier = genesis.Tier,
            LegalForm = LegalForm.LocalAuthority,
            Epoch = 1,
            Origin = genesis.Origin,
            PublicKey = genesis.PublicKey,
        };
        otherwise?.Invoke(registration);
        bodies[genesis.RegisteringBody].Write(new Fact { BodyRegistered = registration });
    }

    /// <summary>A time that no other entry has.</summary>
    public Timestamp Now() => Beginning.AddSeconds(Interlocked.Increment(ref seconds)).ToTimestamp();

    /// <summary>Carries everything that is unanswered, and the answers back, until nothing is.</summary>
    public void Carry()
    {
        while (All.Any(sender => sender.Books.Deliveries.Awaiting.ToList().Any(receiver => Carry(sender.Body, receiver))))
        {
            // What arrived may have been answered by something new.
        }
    }

    /// <summary>Carries the oldest delivery from one body to another, and the answer back. False: there is none.</summary>
    public bool Carry(string sender, string receiver)
    {
        if (Deliver(sender, receiver) is not { } answered)
            return false;
        Answer(sender, receiver, answered);
        return true;
    }

    /// <summary>Carries the oldest delivery from one body to another, and no answer back. Null: there is none.</summary>
    public (long Sequence, RecordedAnswer Answer)? Deliver(string sender, string receiver)
    {
        if (bodies[sender].Books.Deliveries.Unanswered(receiver) is not { Count: > 0 } unanswered)
            return null;
        var (sequence, sent) = unanswered.First();
        bodies[receiver].Do(new ReceiveDelivery(DeliveryOf(sender, sequence, sent.First.Index, sent.Entries)));
        return (sequence, bodies[receiver].Books.Deliveries.Answer(sender, 1, sequence)!.Value);
    }

    /// <summary>Carries an answer back to who sent what it answers.</summary>
    public void Answer(string sender, string receiver, (long Sequence, RecordedAnswer Answer) answered) =>
        bodies[sender].Do(AnswerTo(sender, receiver, answered));

    /// <summary>The command by which who sent something takes the answer to it.</summary>
    public RecordAnswer AnswerTo(string sender, string receiver, (long Sequence, RecordedAnswer Answer) answered)
    {
        var sent = bodies[sender].Books.Deliveries.Unanswered(receiver)[answered.Sequence];
        return new RecordAnswer(
            DeliveryOf(receiver, answered.Sequence, answered.Answer.First.Index, answered.Answer.Entries),
            [.. Enumerable.Range(0, sent.Entries).Select(i => bodies[sender].LeafHash(sent.First.Index + i))]);
    }

    public void Dispose()
    {
        foreach (var body in bodies.Values)
            body.Dispose();
    }

    public Delivery DeliveryOf(string sender, long sequence, long first, int entries) => new(
        sender, 1, sequence,
        [.. Enumerable.Range(0, entries).Select(i => new DeliveredEntry(bodies[sender].EntryAt(first + i), bodies[sender].LeafHash(first + i)))]);
}
