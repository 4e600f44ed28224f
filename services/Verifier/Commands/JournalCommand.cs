using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks whole journals.</summary>
internal static class JournalCommand
{
    /// <summary>So many journals are read at once: while one waits for its files, another is hashed.</summary>
    private const int AtOnce = 8;

    /// <summary>Of a journal whose key is not known yet so many entries are read: each takes 64 bytes of memory.</summary>
    private const long MostEntries = 20_000_000;

    private sealed record Asked(string[] Places, VerifierKey[] Keys, CosignerKey[] Witnesses, string? Save, bool ShowKeys, long MostEntries);

    public static Command Create(Lines output, Lines errors)
    {
        var places = new Argument<string[]>("DIR-or-URL") { Description = "Where the journals are.", Arity = ArgumentArity.OneOrMore };
        var keys = VerifyCommand.Keys("--key", "The key of a journal that is known from elsewhere, usually that of the federation's root. May be given several times.");
        var witnesses = VerifyCommand.WitnessKeys("--witness", "The key of a witness: say of each journal whether it cosigned the checkpoint, and when. May be given several times.");
        var save = new Option<string?>("--save") { Description = "Keep what was read in this folder, in the same layout.", HelpName = "DIR" };
        var show = new Option<bool>("--show-keys") { Description = "Say of each journal that holds with which key it is signed, as verify proof needs it." };
        var most = new Option<long>("--most-entries")
        {
            Description = "Read no journal that says that it has more, unless its checkpoint is signed with a key that was given.",
            HelpName = "N",
            DefaultValueFactory = _ => MostEntries,
        };
        most.Validators.Add(given => VerifyCommand.RefuseBelow(given, 1));
        var command = new Command("journal", "Checks whole journals: every entry, every hash, every signature.") { places, keys, witnesses, save, show, most };
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = new Asked(
                parsed.GetValue(places)!, parsed.GetValue(keys)!, parsed.GetValue(witnesses)!, parsed.GetValue(save), parsed.GetValue(show), parsed.GetValue(most));
            using var sources = new JournalSources(VerifyCommand.PatienceIn(parsed));
            return await ReportAsync(await CheckAsync(sources.Open(asked.Places, asked.Save), asked, cancellation), asked, output, errors);
        });
        return command;
    }

    private static async Task<CheckedJournal[]> CheckAsync(IReadOnlyList<IJournalFiles> found, Asked asked, CancellationToken cancellation)
    {
        var journals = new CheckedJournal[found.Count];
        var checkpoints = new CheckpointCheck(asked.Keys, asked.MostEntries);
        await EachAsync(found.Count, async (i, stop) => journals[i] = await checkpoints.RunAsync(found[i], stop), cancellation);
        var sizes = journals.Where(journal => journal.IsToBeRead).ToLookup(journal => journal.Checkpoint!.Origin, journal => journal.Checkpoint!.Size);
        await EachAsync(
            found.Count, async (i, stop) => await new JournalCheck(found[i], journals[i], sizes[journals[i].Checkpoint?.Origin ?? ""]).RunAsync(stop), cancellation);
        new KeyChain(journals, asked.Keys).Run();
        Copies.Compare(journals);
        return journals;
    }

    private static Task EachAsync(int count, Func<int, CancellationToken, ValueTask> check, CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, check);

    private static async Task<int> ReportAsync(CheckedJournal[] journals, Asked asked, Lines output, Lines errors)
    {
        foreach (var journal in journals)
        {
            var cosigned = WitnessCheck.Run(journal.Note, asked.Witnesses, journal.Find);
            foreach (var finding in journal.Findings)
                await output.WriteLineAsync($"{journal.Name}: {finding}");
            if (journal.Holds)
                await output.WriteLineAsync($"{journal.Name}: holds. {Entries(journal.Checkpoint!.Size)}, {journal.Trust}{cosigned}.{(asked.ShowKeys ? $" Key: {journal.SignedWith}" : "")}");
            if (journal.Unread is { } problem)
                await errors.WriteLineAsync(problem);
        }
        foreach (var key in asked.Keys.Where(key => !Array.Exists(journals, journal => journal.Checkpoint?.Origin == key.Name)))
            await output.WriteLineAsync($"The key of {key.Name} was given, and its journal is not among these.");
        var (broken, unread) = (journals.Count(journal => journal.Findings.Count > 0), journals.Count(journal => journal.Unread is not null));
        if (broken > 0)
            await output.WriteLineAsync($"{broken} of {Journals(journals.Length)} {(broken == 1 ? "does" : "do")} not hold.");
        if (unread > 0)
            await output.WriteLineAsync($"{unread} of {Journals(journals.Length)} cannot be checked.");
        if (broken + unread == 0)
            await output.WriteLineAsync($"{Journals(journals.Length)} {(journals.Length == 1 ? "holds" : "hold")}: {Entries(journals.Sum(journal => journal.Checkpoint!.Size))}.");
        return broken > 0 ? VerifyCommand.DoesNotHold : unread > 0 ? VerifyCommand.CannotBeRead : VerifyCommand.Holds;
    }

    private static string Journals(int count) => count == 1 ? "1 journal" : $"{count} journals";

    private static string Entries(long count) => count == 1 ? "1 entry" : $"{count} entries";
}
