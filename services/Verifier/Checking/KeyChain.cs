using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>
/// Finds out who signed the checkpoints of journals that were checked together. A key that was given counts for the journal that it names. Any other
/// counts when the body that the genesis names as its registrar has registered it, in a journal among them that holds. Without a key that was given, the
/// chain ends in keys that journals give themselves, and that is said.
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
        if (journal.Checkpoint is { } checkpoint)
            Judge(journal, checkpoint);
        return judged[journal] = journal.Findings.Count == 0;
    }

    private void Judge(CheckedJournal journal, Checkpoint checkpoint)
    {
        var own = AdoptedKey.At(journal.Said.Keys, checkpoint.Size)?.PublicKey;
        if (given.FirstOrDefault(key => key.Name == checkpoint.Origin) is { } pinned)
            Check(journal, pinned.PublicKey, "the key that was given");
        else if (own is null)
            journal.Find("Who signed the checkpoint cannot be checked: the key stands in entry 0, which is missing, altered or no genesis.");
        else if (Vouched(journal, checkpoint) is { } vouched)
        {
            if (vouched.Key.Equals(own))
                Check(journal, own.ToByteArray(), vouched.By);
            else
                journal.Find($"The journal says that another key signs it than {vouched.By}.");
        }
        else if (given.Count > 0)
            journal.Find("No chain of registrations leads from the key that was given to the key of this journal.");
        else
            Check(journal, own.ToByteArray(), journal.Said.Genesis?.RegisteringBody == journal.Said.Genesis?.Body
                ? "the key that its own genesis gives: whose it is must be known from elsewhere (--key)"
                : $"the key that its own genesis gives: the journal of {journal.Said.Genesis?.RegisteringBody}, which registered it, is not among those that were checked and hold");
    }

    private static void Check(CheckedJournal journal, byte[] key, string whose)
    {
        if (key.Length == AdoptedKey.Bytes && VerifierKey.IsName(journal.Checkpoint!.Origin) && !journal.Checkpoint.Origin.Any(char.IsControl)
            && VerifierKey.Of(journal.Checkpoint.Origin, key) is var verifier && Checkpoint.Open(journal.Note, verifier, out _) is not null)
            (journal.Trust, journal.SignedWith) = ($"signed with {whose}", verifier);
        else
            journal.Find($"checkpoint is altered or signed by somebody else: its signature is not of {whose}.");
    }

    /// <summary>The key that signs so many entries as the registrar has recorded it, or who has taken the registration over. Null: nobody vouches for it.</summary>
    private (ByteString Key, string By)? Vouched(CheckedJournal journal, Checkpoint checkpoint)
    {
        var genesis = journal.Said.Genesis!;
        foreach (var registrar in Of(genesis.RegisteringBody, genesis.Federation).Where(other => other != journal && Holds(other)))
            if (registrar.Said.Registered.LastOrDefault(one => one.Registration.Body == genesis.Body) is { Registration: { } registration } found)
            {
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
