namespace FundingFlows.Audit;

/// <summary>
/// What bodies pass on at once: what their instructions tell, before anything else is recorded, or they stop and say so; and nothing that no
/// instruction tells. A body that was cut off behind a receipt has it still before it, and that is no fault.
/// </summary>
public sealed class StandingChecks
{
    private readonly List<string> wrong = [];
    private long examined;

    /// <summary>How many operations were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Found => (examined, wrong);

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry before it is applied, when the books say what is to be passed on.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        var (books, fact) = (replica.Books, entry.Fact);
        var (due, back) = (PassingOn.Due(books), books.Ending.IsSealed ? null : books.Standing.CameBack);
        var doesSo = fact.TransferSent?.PassedOn is not null || fact.StandingInstructionStopped is not null;
        // Parts of one operation are looked at once. With a new epoch instructions stop.
        if (entry.Part > 1 || fact.EpochBegun is not null || (due is null && back is null && !doesSo))
            return;
        examined++;
        if (back is not null ? !Says(fact.StandingInstructionStopped, back) : due is null || !(Says(fact.TransferSent, due) || Says(fact.StandingInstructionStopped, due)))
            wrong.Add(
                back is not null ? $"{replica.IdOf(entry)} goes past {back.Id}, which came back: {books.Body} should have stopped passing money on."
                : due is null ? $"{replica.IdOf(entry)} passes on or stops what no standing instruction of {books.Body} tells it to pass on just then."
                : $"{replica.IdOf(entry)} goes past {due.Instruction.Id}: {books.Body} should have passed on {Pence.InPounds(due.AmountPence)} under {due.Award} first.");
    }

    private static bool Says(TransferSent? sent, DueShare due) =>
        sent?.PassedOn is { } by && IsOf(by.Instruction, by.Receipt, by.Share, due)
        && sent.Purpose == TransferPurpose.Allocation && sent.AmountPence == due.AmountPence && EntryId.TryFrom(sent.Award, out var award) && award == due.Award;

    private static bool Says(StandingInstructionStopped? stopped, DueShare due) =>
        stopped is { Transfer: null } && IsOf(stopped.Instruction, stopped.Receipt, stopped.Share, due) && stopped.AmountPence == due.AmountPence;

    private static bool Says(StandingInstructionStopped? stopped, Transfer back) =>
        stopped is not null && EntryId.TryFrom(stopped.Transfer, out var transfer) && transfer == back.Id
        && EntryId.TryFrom(stopped.Instruction, out var instruction) && instruction == back.PassedOnBy;

    private static bool IsOf(EntryRef instruction, EntryRef receipt, uint share, DueShare due) =>
        EntryId.TryFrom(instruction, out var told) && told == due.Instruction.Id && EntryId.TryFrom(receipt, out var came) && came == due.Receipt.RecordedBy && share == due.Share;
}
