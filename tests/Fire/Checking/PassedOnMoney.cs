namespace FundingFlows.Fire;

/// <summary>
/// Money that goes on without a command goes on because of a standing instruction that was in force: of what came under its award, to whom it
/// says and as much as it says, once. And of what came then nothing stayed behind, unless the instruction stopped.
/// </summary>
internal sealed class PassedOnMoney(JournalCopy journal)
{
    private const long Whole = 1_000_000;

    /// <summary>An instruction as the journal tells of it, up to some entry.</summary>
    private sealed class Instruction(StandingInstructionSet said)
    {
        public StandingInstructionSet Said => said;

        public bool IsInForce { get; set; } = !said.Waits;

        /// <summary>What came last under it. Null: nothing, or it has stopped since.</summary>
        public Receipt? Last { get; set; }
    }

    /// <param name="Pence">How much came.</param>
    /// <param name="Sent">Which of the shares went on.</param>
    private sealed record Receipt(int Index, long Pence, HashSet<uint> Sent);

    private readonly Dictionary<ulong, Instruction> instructions = [];
    private readonly Dictionary<EntryRef, Instruction> byAward = [];

    /// <summary>How many transfers a body passed on by itself.</summary>
    public int Transfers { get; private set; }

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Findings()
    {
        for (var index = 0; index < journal.Entries.Count; index++)
            if (Finding(index, journal.Entries[index].Entry) is { } finding)
                yield return finding;
        foreach (var left in instructions.Values.Select(Left).OfType<string>())
            yield return left;
    }

    private string? Finding(int index, Entry entry)
    {
        switch (entry.Fact.KindCase)
        {
            case Fact.KindOneofCase.StandingInstructionSet:
                instructions[(ulong)index] = byAward[entry.Fact.StandingInstructionSet.Award] = new Instruction(entry.Fact.StandingInstructionSet);
                return null;
            case Fact.KindOneofCase.StandingInstructionApproved:
                return Turn(entry.Fact.StandingInstructionApproved.Instruction, isInForce: true);
            case Fact.KindOneofCase.StandingInstructionResumed:
                return Turn(entry.Fact.StandingInstructionResumed.Instruction, isInForce: true);
            case Fact.KindOneofCase.StandingInstructionStopped:
                return Turn(entry.Fact.StandingInstructionStopped.Instruction, isInForce: false);
            case Fact.KindOneofCase.StandingInstructionEnded:
                return Turn(entry.Fact.StandingInstructionEnded.Instruction, isInForce: false);
            case Fact.KindOneofCase.TransferReceived when entry is { Part: <= 1, Fact.TransferReceived.Purpose: TransferPurpose.Allocation }:
                return Came(index, entry);
            case Fact.KindOneofCase.TransferSent when entry is { Part: <= 1, Fact.TransferSent.PassedOn: not null }:
                return WentOn(entry) is { } fault ? $"{entry.Fact.TransferSent.AmountPence} pence went on from {journal.Body} in entry {index}, {fault}" : null;
            default:
                return null;
        }
    }

    private string? Turn(EntryRef id, bool isInForce)
    {
        if (instructions.GetValueOrDefault(id.Index) is not { } instruction)
            return $"{journal.Body} turns on or off an instruction in its entry {id.Index}, and there is none.";
        (instruction.IsInForce, instruction.Last) = (isInForce, null);
        return null;
    }

    private string? Came(int index, Entry entry)
    {
        if (byAward.GetValueOrDefault(entry.Fact.TransferReceived.Award) is not { IsInForce: true } instruction)
            return null;
        var left = Left(instruction);
        var pence = journal.Entries.Skip(index).Take(Math.Max(1, (int)entry.Parts)).Sum(one => one.Entry.Fact.TransferReceived?.Lots.Sum(lot => lot.AmountPence) ?? 0);
        instruction.Last = new Receipt(index, pence, []);
        return left;
    }

    private string? WentOn(Entry entry)
    {
        Transfers++;
        var (sent, why) = (entry.Fact.TransferSent, entry.Fact.TransferSent.PassedOn);
        if (entry.CommandId.Length > 0)
            return "by a command, and because of an instruction.";
        if (why.Instruction.Body != journal.Body || instructions.GetValueOrDefault(why.Instruction.Index) is not { } instruction)
            return $"because of an instruction in entry {why.Instruction.Index}, and there is none.";
        if (!instruction.IsInForce)
            return $"because of the instruction in entry {why.Instruction.Index}, which was not in force.";
        if (instruction.Last is not { } receipt || why.Receipt.Body != journal.Body || (int)why.Receipt.Index != receipt.Index)
            return $"of what came in entry {why.Receipt.Index}, and that is not what came last under the award.";
        if (why.Share >= instruction.Said.Shares.Count || instruction.Said.Shares[(int)why.Share] is var share && !share.Award.Equals(sent.Award))
            return $"under another award than the instruction in entry {why.Instruction.Index} says.";
        if (!receipt.Sent.Add(why.Share))
            return $"a second time of what came in entry {receipt.Index}.";
        return IsShare(sent.AmountPence, receipt.Pence, share.PartsPerMillion) ? null : $"of {receipt.Pence} that came, and the instruction says {share.PartsPerMillion} in a million.";
    }

    /// <summary>A whole number of pence next to the exact share.</summary>
    private static bool IsShare(long pence, long came, long parts) => Int128.Abs(((Int128)pence * Whole) - ((Int128)came * parts)) < Whole;

    /// <summary>What of the last receipt should have gone on and did not, in a sentence. Null: nothing.</summary>
    private string? Left(Instruction instruction)
    {
        if (instruction.Last is not { } receipt)
            return null;
        for (var share = 0u; share < instruction.Said.Shares.Count; share++)
            // Of less than a penny nothing may go on.
            if (!receipt.Sent.Contains(share) && (Int128)receipt.Pence * instruction.Said.Shares[(int)share].PartsPerMillion >= Whole)
                return $"Of {receipt.Pence} pence that came to {journal.Body} in entry {receipt.Index} share {share} did not go on, and the instruction had not stopped.";
        return null;
    }
}
