using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Makes a proof file of one entry, from a few of the journal's tiles.</summary>
internal static class ProveCommand
{
    public static Command Create(Lines output)
    {
        var place = new Argument<string>("DIR-or-URL") { Description = "Where the journal is." };
        var index = new Argument<long>("INDEX") { Description = "Which entry, from 0." };
        var file = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var command = new Command("prove", "Makes a proof that an entry is in a journal, to be given to anybody.") { place, index, file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(place)!, parsed.GetValue(index), parsed.GetValue(file)!, VerifyCommand.PatienceIn(parsed), output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string place, long index, string file, Patience patience, Lines output, CancellationToken cancellation)
    {
        using var sources = new JournalSources(patience);
        var journal = await ProvableJournal.OpenAsync(sources, place, cancellation);
        var (proof, checkpoint) = (await journal.ProveAsync(index, cancellation), journal.Checkpoint);
        if (!InclusionProofs.Holds(MerkleHash.Leaf(proof.Extra!), index, checkpoint.Size, proof.Path, checkpoint.Root))
        {
            await output.WriteLineAsync($"{journal.Name}: entry {index} cannot be proved: it or a hash on its way to the root of the checkpoint is altered. (verify journal says where.)");
            return VerifyCommand.DoesNotHold;
        }
        try
        {
            await File.WriteAllTextAsync(file, proof.ToString(), cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException($"{file} cannot be written: {problem.Message}");
        }
        await output.WriteLineAsync($"{file} proves entry {index} of {checkpoint.Origin} to everybody who knows the key of that journal.");
        return VerifyCommand.Holds;
    }
}
