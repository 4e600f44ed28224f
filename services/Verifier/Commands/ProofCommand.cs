using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks a proof file of one entry.</summary>
internal static class ProofCommand
{
    private const int MostBytes = 1 << 20;

    /// <summary>What stands beside the proof on the command line.</summary>
    /// <param name="Origin">That of the log, where its keys are called otherwise. Null: by their names.</param>
    /// <param name="Entry">The exact bytes of what is proved. Null: they are in the proof, and an entry of a journal.</param>
    private sealed record Asked(VerifierKey[] Keys, CosignerKey[] Witnesses, string? Origin, byte[]? Entry);

    public static Command Create(Lines output)
    {
        var file = new Argument<string>("FILE") { Description = "The proof: a C2SP tlog-proof." };
        var keys = VerifyCommand.Keys("--key", "The key with which the journal signs. May be given several times: any of the checkpoint's journal may have signed.");
        var witnesses = VerifyCommand.WitnessKeys("--witness", "The key of a witness: say whether the checkpoint is cosigned, and when. May be given several times.");
        var origin = new Option<string?>("--origin") { Description = "The origin of the log, where its keys have another name: the keys that are given count for it.", HelpName = "ORIGIN" };
        var entry = new Option<string?>("--entry") { Description = "A file with the exact bytes that are proved, where the proof does not hold them.", HelpName = "FILE" };
        var command = new Command("proof", "Checks a proof that an entry is in a journal: the file alone is enough.") { file, keys, witnesses, origin, entry };
        command.SetAction(async (parsed, cancellation) =>
        {
            var patience = VerifyCommand.PatienceIn(parsed);
            var bytes = await SingleFile.ReadAsync(parsed.GetValue(file)!, MostBytes, "proof of an entry", patience, cancellation);
            var proved = parsed.GetValue(entry) is { } other ? await SingleFile.ReadAsync(other, ushort.MaxValue, "entry", patience, cancellation) : null;
            var asked = new Asked(parsed.GetValue(keys)!, parsed.GetValue(witnesses)!, parsed.GetValue(origin), proved);
            var findings = new List<string>();
            var said = Check(bytes, asked, findings.Add);
            foreach (var line in said is null ? findings : [said])
                await output.WriteLineAsync(line);
            return said is null ? VerifyCommand.DoesNotHold : VerifyCommand.Holds;
        });
        return command;
    }

    /// <summary>What it proves, in a sentence. Null: it does not, and what is wrong was found.</summary>
    private static string? Check(byte[] file, Asked asked, Action<string> find)
    {
        if (StrictUtf8.Read(file) is not { } text || !TlogProof.TryParse(text, out var proof))
            find("It is no proof, or it is altered: it is not written as C2SP tlog-proof says.");
        else if ((asked.Entry ?? proof.Extra) is not { } bytes)
            find("The proof does not hold its entry, so that nothing can be said of it: give the entry with --entry.");
        else if (EntryProof.FaultOf(proof, bytes, asked.Keys, asked.Origin, isEntry: asked.Entry is null) is { } fault)
            find(fault);
        else
        {
            var (checkpoint, faults) = (Checkpoint.Read(proof.Note)!, 0);
            var cosigned = WitnessCheck.Run(proof.Note, asked.Witnesses, sentence => { faults++; find($"It does not hold: {sentence}"); });
            var what = asked.Entry is null ? $"{ReadableEntry.Of(bytes)!.Fact.KindCase}" : "the bytes that were given";
            return faults > 0 ? null : $"It holds: entry {proof.Index} of {checkpoint.Origin} ({what}) is in the journal of {checkpoint.Size} entries that is signed with the key that was given{cosigned}.";
        }
        return null;
    }
}
