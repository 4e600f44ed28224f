using System.Collections.Immutable;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A body's journal made by hand, in the form that bodies keep theirs: honest where the rules decide what is in it, and
/// whatever a test wants where they do not.
/// </summary>
internal sealed class MadeJournal : IDisposable
{
    public const string Federation = "made-federation";
    private static readonly Timestamp When = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly List<byte[]> entries = [];
    private readonly MerkleTree tree = new();

    /// <param name="registeredBy">Null: it registers itself, as the root does.</param>
    /// <param name="key">Null: a key of its own. It belongs to the journal from then on.</param>
    public MadeJournal(string body, Tier tier, string? registeredBy = null, BodyKey? key = null, Action<Genesis>? genesis = null)
    {
        (Body, Tier, Key) = (body, tier, key ?? BodyKey.Generate());
        Verifier = VerifierKey.Of(Names.Origin(Federation, body, 1), Key.PublicKey);
        var first = new Genesis
        {
            FormatVersion = 1,
            Federation = Federation,
            Body = body,
            Epoch = 1,
            Origin = Verifier.Name,
            PublicKey = ByteString.CopyFrom(Key.PublicKey),
            RegisteringBody = registeredBy ?? body,
            Tier = tier,
            OfficialName = $"Body {body}",
        };
        genesis?.Invoke(first);
        Say(new Fact { Genesis = first });
    }

    public string Body { get; }

    public Tier Tier { get; }

    public BodyKey Key { get; }

    public VerifierKey Verifier { get; }

    /// <summary>What the journal says, as far as the rules could follow it.</summary>
    public Books Books { get; } = new();

    public int Size => entries.Count;

    public IReadOnlyList<byte[]> Entries => entries;

    /// <summary>This body as one that its registration makes known.</summary>
    public KnownBody Known => new(Body, 1, Verifier, Registration);

    public BodyRegistered Registration => new()
    {
        Body = Body,
        OfficialName = $"Body {Body}",
        Tier = Tier,
        LegalForm = LegalForm.LocalAuthority,
        Epoch = 1,
        Origin = Verifier.Name,
        PublicKey = ByteString.CopyFrom(Key.PublicKey),
    };

    public void Dispose() => Key.Dispose();

    /// <summary>Records what the rules decide. Answers with the first entry.</summary>
    public EntryId Do(ICommand command)
    {
        var decision = command.Decide(Books, new Surroundings(Books.Next, () => tree.Root(tree.Size), _ => true, _ => false));
        Assert.Null(decision.Refusal);
        return Say([.. decision.Facts]);
    }

    /// <summary>Records facts, as one operation, that the rules can follow.</summary>
    public EntryId Say(params ImmutableArray<Fact> facts)
    {
        var first = new EntryId(Body, 1, Size);
        foreach (var (fact, i) in facts.Select((fact, i) => (fact, i)))
        {
            var entry = EntryOf(fact, facts.Length == 1 ? 0 : i + 1, facts.Length == 1 ? 0 : facts.Length);
            Books.Apply(entry);
            Append(entry.ToByteArray());
        }
        return first;
    }

    /// <summary>Adds anything at all, without asking the rules.</summary>
    public void Append(byte[] bytes)
    {
        entries.Add(bytes);
        tree.Append(MerkleHash.Leaf(bytes));
    }

    public void Append(Fact? fact) => Append(EntryOf(fact, 0, 0).ToByteArray());

    /// <summary>The checkpoint over the first entries, signed.</summary>
    public string Note(long size) => new Checkpoint(Verifier.Name, size, tree.Root(size)).Sign(Verifier, Key);

    public string Note() => Note(Size);

    /// <summary>A stretch of the journal, with the newest checkpoint or another.</summary>
    public JournalPage Page(int from, int count, string? note = null) => new()
    {
        Epoch = 1,
        FirstIndex = (ulong)from,
        Entries = { entries.Skip(from).Take(count).Select(ByteString.CopyFrom) },
        Checkpoint = note ?? Note(),
    };

    public JournalPage All() => Page(0, Size);

    /// <summary>Entries of this journal as they are delivered to another body.</summary>
    public Delivery Delivery(EntryId first, int parts = 1)
    {
        var delivered = entries.Skip((int)first.Index).Take(parts).Select(bytes => new DeliveredEntry(Entry.Parser.ParseFrom(bytes), MerkleHash.Leaf(bytes))).ToList();
        return new Delivery(Body, 1, (long)DeliveredFacts.AddressOf(delivered[0].Entry.Fact)!.Sequence, delivered);
    }

    /// <summary>Delivers an entry of this journal to its receiver, and records the answer here.</summary>
    public void Deliver(EntryId first, MadeJournal receiver)
    {
        var sent = Delivery(first);
        var at = receiver.Do(new ReceiveDelivery(sent));
        var answer = receiver.entries.Skip((int)at.Index).Select(bytes => new DeliveredEntry(Entry.Parser.ParseFrom(bytes), MerkleHash.Leaf(bytes))).ToList();
        Do(new RecordAnswer(new Delivery(receiver.Body, 1, sent.Sequence, answer), [.. sent.Entries.Select(entry => entry.LeafHash)]));
    }

    private Entry EntryOf(Fact? fact, int part, int parts) => new()
    {
        Index = (ulong)Size,
        RecordedAt = When,
        Part = (uint)part,
        Parts = (uint)parts,
        Fact = fact,
    };
}
