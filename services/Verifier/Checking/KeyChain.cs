using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>
/// Finds out who signed the checkpoints of journals that were checked together. A key that was given counts for the journal that it names. Any other
/// counts when the body that the genesis names as its registrar has registered it, in a journal among them that holds, and is of a higher tier: nobody
/// vouches for its own tier or one above. Without a key that was given, the chain ends in keys that journals give themselves, and that is said.
/// </summary>
internal sealed class KeyChain(IReadOnlyList<CheckedJournal> journals, IReadOnlyList<VerifierKey> given)
{
    private readonly Dictionary<CheckedJournal, bool> judged = [];

    /// <summary>Judges every journal whose checkpoint could be read.</summary>
    public void Run()
    {
        foreach (var journal in journals)
            Holds(journal);
    }

    private bool Holds(CheckedJournal journal)
    {
        if (judged.TryGetValue(journal, out var before))
            return before;
        // One that is asked for while it is judged vouches for itself, which is worth nothing.
        judged[journal] = false;
        if (journal.Unread is null && journal.Checkpoint is { } checkpoint)
            Judge(journal, checkpoint);
        return judged[journal] = journal.Holds;
    }

    private void Judge(CheckedJournal journal, Checkpoint checkpoint)
    {
        var own = AdoptedKey.At(journal.Said.Keys, checkpoint.Size)?.PublicKey;
        if (journal.Said.Genesis is not null)
            Compare(journal);
        if (Given.For(checkpoint.Origin, given) is { Count: > 0 } pinned)
        {
            Check(journal, pinned, "the key that was given");
            return;
        }
        if (own is null || journal.Said.Genesis is null)
        {
            journal.Find("Who signed the checkpoint cannot be checked: the key stands in entry 0, which is missing, altered or no genesis.");
            return;
        }
        if (Vouched(journal, checkpoint) is { } vouched)
        {
            if (vouched.Key.Equals(own))
                Check(journal, KeysOf(journal, own), vouched.By);
            else
                journal.Find($"The journal says that another key signs it than {vouched.By}.");
        }
        else if (given.Count > 0 && journals.Any(other => other.Unread is not null))
            journal.CannotTell($"{journal.Name}: No chain of registrations leads from the key that was given to the key of this journal, as long as not all journals can be read.");
        else if (given.Count > 0)
            journal.Find("No chain of registrations leads from the key that was given to the key of this journal.");
        else
            Check(journal, KeysOf(journal, own), journal.Said.Genesis?.RegisteringBody == journal.Said.Genesis?.Body
                ? "the key that its own genesis gives: whose it is must be known from elsewhere (--key)"
                : $"the key that its own genesis gives: the journal of {journal.Said.Genesis?.RegisteringBody}, which registered it, is not among those that were checked and hold");
    }

    private static void Check(CheckedJournal journal, IReadOnlyList<VerifierKey> keys, string whose)
    {
        if (Given.Signer(journal.Note, keys) is { } signer)
            (journal.Trust, journal.SignedWith) = ($"signed with {whose}", signer);
        else
            journal.Find($"checkpoint is altered or signed by somebody else: its signature is not of {whose}.");
    }

    /// <summary>A key under the name of the journal. Empty: it is no key, or there is no such name.</summary>
    private static IReadOnlyList<VerifierKey> KeysOf(CheckedJournal journal, ByteString key) =>
        key.Length == AdoptedKey.Bytes && journal.Checkpoint!.Origin is var origin && VerifierKey.IsName(origin) && !origin.Any(char.IsControl)
            ? [VerifierKey.Of(origin, key.ToByteArray())] : [];

    /// <summary>A body has one registrar: what any other of a higher tier has recorded of it must at least be the same.</summary>
    private void Compare(CheckedJournal journal)
    {
        var genesis = journal.Said.Genesis!;
        foreach (var other in journals.Where(other => other.Said.Genesis is { } its && its.Federation == genesis.Federation && its.Body != genesis.RegisteringBody && its.Tier < genesis.Tier))
            if (other.Said.Registered.FirstOrDefault(one => one.Registration.Body == genesis.Body && !one.Registration.PublicKey.Equals(genesis.PublicKey)) is { Registration: not null } found
                && Holds(other))
                journal.Find($"{other.Said.Genesis!.Body} has registered {genesis.Body} with another key than this journal began with ({other.Name}, entry {found.Index}).");
    }

    /// <summary>The key that signs so many entries as the registrar has recorded it, or who has taken the registration over. Null: nobody vouches for it.</summary>
    private (ByteString Key, string By)? Vouched(CheckedJournal journal, Checkpoint checkpoint)
    {
        var genesis = journal.Said.Genesis!;
        foreach (var registrar in Of(genesis.RegisteringBody, genesis.Federation).Where(other => other != journal && Holds(other)))
            if (registrar.Said.Registered.LastOrDefault(one => one.Registration.Body == genesis.Body) is { Registration: { } registration } found)
            {
                if (registrar.Said.Genesis!.Tier >= registration.Tier || registration.Tier != genesis.Tier)
                {
                    journal.Find($"{registrar.Said.Genesis.Body} cannot vouch for it ({registrar.Name}, entry {found.Index}): a body vouches for those of lower tiers than its own, each of the tier that its own genesis says.");
                    continue;
                }
                var vouched = new VouchedBody(registration, genesis.Federation, SaidOf(registrar, genesis));
                if (vouched.EpochOf(checkpoint.Origin) is not { } epoch)
                    continue;
                foreach (var fault in vouched.FaultsOf(journal.Said, epoch, registrar.Said.Genesis!.Body))
                    journal.Find(fault);
                return (vouched.KeyAt(checkpoint.Size, epoch), $"the key that {registrar.Said.Genesis!.Body} vouches for ({registrar.Name}, entry {found.Index}{vouched.Since(epoch)})");
            }
        return null;
    }

    /// <summary>What was recorded of a body since it was registered: by its registrar and, where that was abolished, by who took the registration over from it.</summary>
    private List<Fact> SaidOf(CheckedJournal registrar, Genesis body)
    {
        var said = new List<Fact>();
        var asked = new HashSet<CheckedJournal>();
        for (var next = registrar; next is not null && asked.Add(next);)
        {
            said.AddRange(next.Said.OfOthers.Where(fact => (fact.KeyRotated?.Body ?? fact.EpochDeclared.Body) == body.Body));
            var taker = next.Said.Told.LastOrDefault(told => told.To.Body == body.Body)?.Taker;
            next = taker is null ? null : Of(taker, body.Federation).FirstOrDefault(other => !asked.Contains(other) && Holds(other));
        }
        return said;
    }

    private IEnumerable<CheckedJournal> Of(string body, string federation) =>
        // What a body says now stands in the newest epoch of its journal.
        journals.Where(journal => journal.Said.Genesis is { } genesis && genesis.Body == body && genesis.Federation == federation)
            .OrderByDescending(journal => journal.Said.Begun.Count == 0 ? 0 : journal.Said.Begun[^1].Begun.Epoch);
}
