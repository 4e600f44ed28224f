namespace FundingFlows.Audit;

/// <summary>
/// Who pays with whose money: a body whose money another keeps pays nothing itself, and what the other paid for it is what it was told
/// to pay, once.
/// </summary>
public sealed class AgencyChecks
{
    private readonly List<string> wrong = [];
    private long examined;

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry before it is applied, when the books say who may pay.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        // Parts of one payment are looked at once.
        if (entry is not { Fact.PaymentMade: { } made, Part: <= 1 })
            return;
        examined++;
        var (books, id) = (replica.Books, replica.IdOf(entry));
        if (made.Instruction is not null)
            Look(books, id, made);
        else if (books.Custodies.Of(books.Body) is { } custody)
            wrong.Add($"{books.Body} made payment {id} itself, while {custody.Agent} keeps its money.");
        else if (books.LegalForm == LegalForm.Unincorporated)
            wrong.Add($"{books.Body} made payment {id} itself; it is unincorporated, and nobody is accountable for it.");
    }

    /// <summary>How many payments and instructions were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Check(AuditView view)
    {
        var executed = view.Federation.All.SelectMany(books => books.Instructions.All.Where(one => one.Stage == InstructionStage.Executed).Select(one => (Books: books, One: one))).ToList();
        var contradicted = executed.Where(pair => Contradicts(view, pair.Books, pair.One))
            .Select(pair => $"{pair.One.Agent} paid {pair.One.Id} otherwise than {pair.One.Principal} told it to, or was never told.");
        return (examined + executed.Count, [.. wrong, .. contradicted]);
    }

    /// <summary>The forum's payment is what it told its accountable body to pay, and that had not paid or refused it before.</summary>
    private void Look(Books books, EntryId id, PaymentMade made)
    {
        if (!EntryId.TryFrom(made.Instruction, out var told) || books.Instructions.Find(told) is not { Stage: InstructionStage.Open } instruction
            || !EntryId.TryFrom(made.Delivery?.Entry, out var executed) || executed.Body != instruction.Agent || !Says(made, instruction.Payment))
            wrong.Add($"Payment {id} of {books.Body} is not what an accountable body was told to pay, or was paid or refused before.");
    }

    private static bool Says(PaymentMade made, PaymentMade told)
    {
        var said = made.Clone();
        said.Pieces.Clear();
        (said.Instruction, said.Delivery, said.BankEvidence, said.PaidOn) = (null, null, null, told.PaidOn);
        return said.Equals(told);
    }

    /// <summary>Whether the other end, as far as it is seen, says something else of what was paid.</summary>
    private static bool Contradicts(AuditView view, Books books, Instruction instruction)
    {
        var isAgent = books.Body == instruction.Agent;
        var (other, entry) = isAgent ? (instruction.Principal, instruction.Id) : (instruction.Agent, instruction.ExecutedAt!.Value);
        if (!view.Federation.HasSeen(entry))
            return false;
        return view.BooksOf(other)?.Instructions.Find(instruction.Id) is not { } there || !there.Payment.Equals(instruction.Payment)
            || (isAgent ? there.Agent != books.Body : there.ExecutedAt != instruction.ExecutedAt || there.PaidOn != instruction.PaidOn || !Equals(there.BankEvidence, instruction.BankEvidence));
    }
}
