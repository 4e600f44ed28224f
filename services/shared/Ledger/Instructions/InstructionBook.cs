namespace FundingFlows.Ledger;

/// <summary>The instructions that a body gave, as principal, or received, as agent.</summary>
public sealed class InstructionBook
{
    private readonly Dictionary<EntryId, Instruction> byId = [];
    private readonly List<Instruction> known = [];
    private readonly Dictionary<string, long> paid = [];

    /// <summary>In the order in which they became known here.</summary>
    public IReadOnlyList<Instruction> All => known;

    public Instruction? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>Those of this body, as principal, that its accountable body has neither executed nor refused.</summary>
    public IEnumerable<Instruction> Waiting() =>
        known.Where(instruction => instruction.Stage == InstructionStage.Open && instruction.Id == instruction.Since);

    /// <summary>What this body, as agent, has paid of a fund, by the principals' ids. What came back of it only the principals record.</summary>
    public IEnumerable<PaidAsAgent> PaidAsAgent(string fund) => known
        .Where(instruction => instruction.Stage == InstructionStage.Executed && instruction.Id != instruction.Since && instruction.Payment.Fund == fund)
        .GroupBy(instruction => instruction.Principal).OrderBy(paid => paid.Key, StringComparer.Ordinal)
        .Select(paid => new PaidAsAgent { Principal = paid.Key, PaidPence = paid.Sum(instruction => instruction.Payment.AmountPence) });

    /// <summary>An instruction or an appeal under a custody that somebody is still to decide about. Null: there is none.</summary>
    public Instruction? OpenUnder(EntryId custody) => known.Find(instruction => instruction.Custody == custody && instruction.IsOpen);

    /// <summary>Whether a refused instruction may be given again to an agent: its appeal was allowed there, and it was not given again before.</summary>
    public bool MayBeRepeated(EntryId refused, string principal, string agent) =>
        Find(refused) is { Appeal.Stage: AppealStage.Allowed, RepeatedBy: null } before && before.Principal == principal && before.Agent == agent;

    /// <summary>The grounds on which a payment is not refused again: those of the refusals before it that were overturned.</summary>
    public IEnumerable<RefusalGround> OverturnedFor(Instruction instruction)
    {
        for (var after = instruction.AfterAppeal; after is { } id && Find(id) is { Refusal: { } refusal } before; after = before.AfterAppeal)
            yield return refusal.Ground;
    }

    /// <summary>All that this body, as agent, has paid for a principal, in pence, before what came back of it.</summary>
    public long PaidPence(string principal) => paid.GetValueOrDefault(principal);

    /// <summary>One that never came to the agent repeats nothing: what it repeats may be given again.</summary>
    internal void Forget(Instruction returned)
    {
        if (returned.AfterAppeal is { } refused)
            byId[refused].RepeatedBy = null;
    }

    internal void Pay(Instruction instruction) => paid[instruction.Principal] = PaidPence(instruction.Principal) + instruction.Payment.AmountPence;

    internal Instruction this[EntryId id] => byId[id];

    internal void Add(Instruction instruction)
    {
        byId.Add(instruction.Id, instruction);
        known.Add(instruction);
        if (instruction.AfterAppeal is { } refused)
            byId[refused].RepeatedBy = instruction.Id;
    }
}
