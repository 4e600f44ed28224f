using System.Collections.Concurrent;
using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>
/// Bodies in memory, and a courier between them that does only what it is told: a delivery that is not carried is delayed or
/// lost, one that is carried again is repeated, and an answer can be left unrecorded.
/// </summary>
public sealed class TestFederation
{
    private readonly Dictionary<string, TestBody> bodies = [];
    private readonly ConcurrentDictionary<Fact.KindOneofCase, int>? counts;

    /// <param name="counts">Counts the facts of all bodies by their kinds.</param>
    public TestFederation(ConcurrentDictionary<Fact.KindOneofCase, int>? counts = null) => this.counts = counts;

    public IReadOnlyCollection<TestBody> Bodies => bodies.Values;

    public TestBody this[string id] => bodies[id];

    /// <summary>Other identifiers of bodies as organisations, as the settings of all instances name them.</summary>
    public HashSet<string> Organisations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="id">Its id.</param>
    /// <param name="tier">Its tier.</param>
    /// <param name="form">What it is in law.</param>
    /// <param name="registrar">Who registers it.</param>
    /// <param name="organisations">The identifiers as an organisation that its journal begins with.</param>
    public TestBody Add(string id, Tier tier, LegalForm form = LegalForm.ParishCouncil, string registrar = "GOV", params IReadOnlyList<string> organisations)
    {
        var body = new TestBody(this, id, tier, form, registrar, organisations);
        bodies.Add(id, body);
        return body;
    }

    /// <summary>A body loses all behind its first entries, and goes on in the next epoch of its journal.</summary>
    public TestBody Loses(TestBody body, int kept)
    {
        var again = CutsOff(body, kept);
        again.Do(new BeginEpoch(body.Books.Epoch + 1, kept, ByteString.CopyFrom(again.Root)));
        return again;
    }

    /// <summary>All but the first entries of a body's journal are gone, and nobody has seen them.</summary>
    public TestBody CutsOff(TestBody body, int kept) => bodies[body.Id] = new TestBody(body, kept);

    /// <summary>Everybody delivers again to a body what it has no answer to any more, until it cannot decide something yet. Answers with why it cannot.</summary>
    public IReadOnlyList<Refusal> ShowAgain(TestBody to)
    {
        var refusals = new List<Refusal>();
        foreach (var from in Bodies.Where(body => body != to).ToList())
        {
            while (from.Sent.ContainsKey((to.Id, to.Books.Deliveries.ExpectedSequence(from.Id, from.Books.Epoch))))
                if (Deliver(from, to.Id, to.Books.Deliveries.ExpectedSequence(from.Id, from.Books.Epoch)).Refusal is { } refusal)
                {
                    refusals.Add(refusal);
                    break;
                }
        }
        return refusals;
    }

    /// <summary>The organisation identifier of a body, as a payment would name it.</summary>
    public static string OrganisationOf(string body) => $"GB-LAE-{body}";

    public bool IsBody(string id) => bodies.ContainsKey(id);

    public bool IsBodysOrganisation(string organisation) => Organisations.Contains(organisation) || bodies.Keys.Any(id => OrganisationOf(id) == organisation);

    /// <summary>Carries one delivery to its receiver, as often as it is called.</summary>
    public Decision Deliver(TestBody from, string receiver, long sequence, uint? epoch = null) =>
        bodies[receiver].Run(new ReceiveDelivery(from.DeliveryTo(receiver, sequence, epoch), OrderedFor(from.Id)));

    /// <summary>Who stands in a body's place, as its registrar has ordered.</summary>
    public Succession? OrderedFor(string body) =>
        Bodies.Select(other => other.Books.Registrations.GetValueOrDefault(body)?.Succession).FirstOrDefault(succession => succession is not null);

    /// <summary>Carries the answer to one delivery back to its sender, as often as it is called.</summary>
    public Decision Answer(TestBody from, string receiver, long sequence, uint? epoch = null)
    {
        var delivered = from.DeliveryTo(receiver, sequence, epoch).Entries.Select(entry => entry.LeafHash).ToList();
        return from.Run(new RecordAnswer(bodies[receiver].AnswerTo(from, sequence, epoch), delivered, epoch));
    }

    /// <summary>What a body has on its way to another, the oldest first: in which epoch it was sent, and its sequence.</summary>
    public static IReadOnlyList<(uint Epoch, long Sequence)> OnItsWay(TestBody from, string receiver) =>
        [.. from.Books.Deliveries.Earlier(receiver).Keys, .. from.Books.Deliveries.Unanswered(receiver).Keys.Select(sequence => (from.Books.Epoch, sequence))];

    /// <summary>Carries deliveries and answers until no body waits for one. What its receiver cannot decide yet is carried again after the others.</summary>
    public void Settle() => Assert.True(CarriesOn(), "What is on its way cannot be decided by anybody.");

    /// <summary>The same, until nothing more can be decided for now. Answers whether nothing is on its way.</summary>
    public bool CarriesOn()
    {
        while (Bodies.Any(body => body.Books.Deliveries.Awaiting.Any()))
            if (Bodies.ToList().Sum(CarryAll) == 0)
                return false;
        return true;
    }

    private int CarryAll(TestBody from)
    {
        var carried = 0;
        foreach (var receiver in from.Books.Deliveries.Awaiting.ToList())
            foreach (var (epoch, sequence) in OnItsWay(from, receiver))
            {
                if (Deliver(from, receiver, sequence, epoch).Refusal is { } refusal)
                {
                    Assert.True(refusal.LaterMayHelp, refusal.Sentence);
                    break;
                }
                Assert.Null(Answer(from, receiver, sequence, epoch).Refusal);
                carried++;
            }
        return carried;
    }

    /// <summary>Checks the five invariants over all bodies as they are.</summary>
    public IReadOnlyList<InvariantResult> Check() => new Federation(Bodies.Select(body => body.Books)).Check();

    /// <summary>Asserts that all five invariants hold.</summary>
    public void MustHold() => Assert.Empty(Check().SelectMany(result => result.Findings));

    internal void Count(Fact.KindOneofCase kind) => counts?.AddOrUpdate(kind, 1, (_, before) => before + 1);
}
