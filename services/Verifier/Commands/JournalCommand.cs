using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks whole journals.</summary>
internal static class JournalCommand
{
    /// <summary>So many journals are read at once: while one waits for its files, another is hashed.</summary>
    private const int AtOnce = 8;

    public static Command Create(TextWriter output)
    {
        var places = new Argument<string[]>("DIR-or-URL") { Description = "Where the journals are.", Arity = ArgumentArity.OneOrMore };
        var keys = VerifyCommand.Keys("--key", "The key of a journal that is known from elsewhere, usually that of the federation's root. May be given several times.");
        var witnesses = VerifyCommand.WitnessKeys("--witness", "The key of a witness: say of each journal whether it cosigned the checkpoint, and when. May be given several times.");
        var save = new Option<string?>("--save") { Description = "Keep what was read in this folder, in the same layout.", HelpName = "DIR" };
        var show = new Option<bool>("--show-keys") { Description = "Say of each journal that holds with which key it is signed, as verify proof needs it." };
        var command = new Command("journal", "Checks whole journals: every entry, every hash, every signature.") { places, keys, witnesses, save, show };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(places)!, parsed.GetValue(keys)!, parsed.GetValue(witnesses)!, parsed.GetValue(save), parsed.GetValue(show), output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] places, VerifierKey[] keys, CosignerKey[] witnesses, string? save, bool showKeys, TextWriter output, CancellationToken cancellation)
    {
        using var sources = new JournalSources();
        var found = sources.Open(places, save);
        var journals = new CheckedJournal[found.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => journals[i] = await new JournalCheck(found[i]).RunAsync(stop));
        new KeyChain(journals, keys).Run();
        foreach (var journal in journals)
        {
            var cosigned = WitnessCheck.Run(journal, witnesses);
            foreach (var finding in journal.Findings)
                await output.WriteLineAsync($"{journal.Name}: {finding}");
            if (journal.Findings.Count == 0)
                await output.WriteLineAsync($"{journal.Name}: holds. {Entries(journal.Checkpoint!.Size)}, {journal.Trust}{cosigned}.{(showKeys ? $" Key: {journal.SignedWith}" : "")}");
        }
        foreach (var key in keys.Where(key => !Array.Exists(journals, journal => journal.Checkpoint?.Origin == key.Name)))
            await output.WriteLineAsync($"The key of {key.Name} was given, and its journal is not among these.");
        var broken = journals.Count(journal => journal.Findings.Count > 0);
        await output.WriteLineAsync(broken > 0
            ? $"{broken} of {Journals(journals.Length)} {(broken == 1 ? "does" : "do")} not hold."
            : $"{Journals(journals.Length)} {(journals.Length == 1 ? "holds" : "hold")}: {Entries(journals.Sum(journal => journal.Checkpoint!.Size))}.");
        return broken > 0 ? VerifyCommand.DoesNotHold : VerifyCommand.Holds;
    }

    private static string Journals(int count) => count == 1 ? "1 journal" : $"{count} journals";

    private static string Entries(long count) => count == 1 ? "1 entry" : $"{count} entries";
}
