namespace FundingFlows.Verifier;

/// <summary>
/// Reads the checkpoint of a journal and decides whether to go on: how much is read follows from what it says, which nobody may have signed. With
/// a key of the journal it must be signed with that first. Who signed it otherwise follows from the entries, so that only so many are read.
/// </summary>
internal sealed class CheckpointCheck(IReadOnlyList<VerifierKey> given, long mostEntries)
{
    public const string File = "checkpoint";

    public async Task<CheckedJournal> RunAsync(IJournalFiles files, CancellationToken cancellation)
    {
        var journal = new CheckedJournal(files.Name);
        try
        {
            Judge(journal, await files.ReadAsync(File, cancellation));
        }
        catch (UnreadableException problem)
        {
            journal.CannotTell(problem.Message);
        }
        return journal;
    }

    private void Judge(CheckedJournal journal, byte[]? note)
    {
        if (note is null)
            journal.Find($"{File} is missing: without it nothing is proved.");
        else if (StrictUtf8.Read(note) is not { } text || Checkpoint.Read(text) is not { } checkpoint)
            journal.Find($"{File} is altered: it is no signed checkpoint.");
        else if (checkpoint.Size == 0)
            journal.Find($"{File} is of no entry: a journal has at least its genesis.");
        else
        {
            (journal.Note, journal.Checkpoint) = (text, checkpoint);
            var keys = Given.For(checkpoint.Origin, given);
            if (keys.Count == 0 && checkpoint.Size > mostEntries)
                journal.CannotTell($"{journal.Name} is not read: its checkpoint speaks of {checkpoint.Size} entries, and nothing shows yet who signed it. Give the journal's key (--key), or read more than {mostEntries} (--most-entries).");
            else
                journal.IsToBeRead = keys.Count == 0 || Given.Signer(text, keys) is not null;
        }
    }
}
