using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FundingFlows.Verifier;

/// <summary>What <c>--help</c> says: the usual list of arguments and options, and what a manual page says beside it.</summary>
internal sealed class Manual(HelpAction usual) : SynchronousCommandLineAction
{
    public const string Overview =
        "Checks journals and proofs of FundingFlows. It needs no service, trusts nobody, and reads nothing but the files or addresses that it is given.";

    private const string OfJournals = """
        What is checked:
          The checkpoint is signed. Every entry has the hash that stands for it in tile 0, every tile leads to the
          one above, and all of them to the root in the checkpoint. Every entry can be read and stands at its index,
          genesis is first, and commands of several parts are whole. What is altered is named: the file, and the
          entry or hash in it. An entry whose hash leads to the root, but which has not that hash, is altered itself;
          a tile that contradicts entries which lead to the root is altered.

        Where journals are:
          DIR      a journal in the layout of C2SP tlog-tiles (checkpoint, tile/0/000, tile/entries/000, ...), or a
                   folder of many journals: DIR/<body>/<epoch>/
          URL      the prefix of a journal: http://HOST/journals/<body>/<epoch>/
          A journal may be given at several places, to see whether all tell the same: of the entries that two of them
          have they must give one root. A place that cannot be read hides nothing that is found of the others.

        How much is read:
          Whoever serves a journal may say that it has any number of entries. With a key of the journal (--key) its
          checkpoint must be signed with it before anything else is read; of other journals, whose keys follow from
          what is read, those of more than --most-entries are left alone. An address that answers with another address
          is not followed.

        Whose keys:
          With --key, every journal must be signed with that key, or with one to which a chain of registrations leads
          from it, through journals that are checked in the same run and hold. Registrations count downwards alone: from
          a higher tier to a lower one. Where two of them have registered one body with different keys, that is a
          finding. Of several keys that are given for one journal, any may have signed. Without a key the chain ends in the key
          that a journal's own genesis gives; that proves that nobody altered the journal since it was signed, and
          not who signed it. For each journal it is said which.

        Which witnesses:
          With --witness it is said whether that witness cosigned the checkpoint, and when. One that has not (yet) is no
          fault: bodies do not wait for witnesses. A cosignature that does not hold is one.

        Examples:
          verify journal http://127.0.0.1:5080/journals/E06000047/1/ --save durham
          verify journal saved --key "$ROOT_KEY"

        """;

    private const string OfProofs = """
        What is checked:
          The file is a C2SP tlog-proof, made with "verify prove". Its extra data is an entry by its exact bytes; the
          entry can be read and stands at the index, its hash leads to the root in the checkpoint, and the checkpoint
          is signed with the key. The file holds no key: whose it is must be known from elsewhere. With --witness it is
          said whether that witness cosigned the checkpoint; a cosignature that does not hold is a finding.

        Proofs of other logs:
          With --entry, the bytes in that file are proved, whatever they are. With --origin, the keys that are given count
          for the log with that origin, whatever their names.

        Examples:
          verify prove saved/E05001087/1 11 --out payment.tlog-proof
          verify proof payment.tlog-proof --key "$KEY"

        """;

    private const string OfTraces = """
        What is checked:
          Every entry in the file has a proof that leads to the root in the checkpoint of its journal. Every journal is
          signed with the key that was given, or with one to which a chain of registrations in the file leads from it.
          Every piece of the payment was drawn from a lot; every lot came from one other lot, which was sent by the very
          entry that the receiver recorded, or was issued; and nothing was drawn twice on the way. It ends at the sources.
          With --witness it is said which checkpoints that witness cosigned; a cosignature that does not hold is a finding.

        What it cannot show:
          That the same money was not paid out elsewhere too, and that nobody else registered one of these bodies with
          another key. For that, check the whole journals (verify journal).

        Examples:
          curl -o payment.json http://127.0.0.1:5080/v1/audit/payments/E05001087.1.11/bundle
          verify trace payment.json --key "$ROOT_KEY"

        """;

    private const string OfEvidence = """
        What is checked:
          The file holds two checkpoints that are signed with the body's key. Either they give two roots of the same
          number of entries; or the file's hashes lead to the root of the later one from another root of the earlier
          number of entries than the earlier one gives. An honest body can sign no such two.

        Whose key:
          With --key, both must be signed with a key that was given. Without it, with those that the file gives; whose
          they are must then be known from elsewhere.

        Examples:
          curl -o evidence http://127.0.0.1:5080/v1/audit/bodies/E06000047/evidence
          verify evidence evidence --key "$KEY"

        """;

    private const string OfAllocations = """
        What is checked:
          The journal's entries that record the run are proved, from a few of its tiles, with a key that was given. The
          tables have the hashes that those entries name. The run is worked out again by the recorded formula and pot
          and these tables, and every recipient gets the same pence of every line.

        Examples:
          curl -o tables.json http://127.0.0.1:5080/v1/bodies/E47000014/allocations/$RUN/inputs
          verify allocation http://127.0.0.1:5080/journals/E47000014/1/ "$RUN" tables.json --key "$KEY" --recipient E06000047

        """;

    private const string ExitCodes = """
        Exit code:
          0  holds
          1  does not hold: one sentence for each finding; also a file that is no proof, trace or evidence at all
          2  cannot be read, or the arguments are wrong; nothing was found of what can be read

        Characters that would break a line or turn its direction stand as their numbers (\u000a): files are by strangers.
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var more = parseResult.CommandResult.Command.Name switch { "journal" => OfJournals, "proof" or "prove" => OfProofs, "trace" => OfTraces, "evidence" => OfEvidence, "allocation" => OfAllocations, _ => null };
        if (more is not null)
            parseResult.InvocationConfiguration.Output.WriteLine(more);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes);
        return code;
    }
}
