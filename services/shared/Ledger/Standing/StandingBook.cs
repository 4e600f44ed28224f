namespace FundingFlows.Ledger;

/// <summary>Money that came under an instruction in force, and which share of it is passed on next.</summary>
/// <param name="Year">The financial year of the promise that it came against.</param>
/// <param name="On">The day on which it was released. Null: its sender did not say it.</param>
/// <param name="Pence">The shares.</param>
/// <param name="Share">The next of them that is above zero: of a few pence there may be nothing for some.</param>
internal sealed record MoneyToPassOn(StandingInstruction Instruction, ReceivedTransfer Receipt, int Year, DateOnly? On, long[] Pence, int Share)
{
    /// <summary>The same from a share on. Null: there is nothing for that and those behind it.</summary>
    public MoneyToPassOn? From(long share) => Array.FindIndex(Pence, (int)Math.Min(share, Pence.Length), pence => pence > 0) is >= 0 and var next ? this with { Share = next } : null;
}

/// <summary>The standing instructions of a body, and what is still to be done because of them.</summary>
public sealed class StandingBook
{
    private readonly Dictionary<EntryId, StandingInstruction> byId = [];
    private readonly Dictionary<StandingLine, StandingInstruction> byLine = [];
    private readonly List<StandingInstruction> all = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StandingInstruction> All => all;

    public StandingInstruction? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>The instruction for that money that nobody has ended. Null: there is none.</summary>
    public StandingInstruction? Of(StandingLine line) => byLine.GetValueOrDefault(line);

    /// <summary>The newest money that came under an instruction. Null: all shares of it are passed on.</summary>
    internal MoneyToPassOn? ToPassOn { get; private set; }

    /// <summary>A transfer of an instruction in force that its receiver refused. Null: none, or it has stopped for that.</summary>
    public Transfer? CameBack { get; private set; }

    /// <summary>Whether the body has to do something because of them, now.</summary>
    public bool HasWork => ToPassOn is not null || CameBack is not null;

    internal StandingInstruction this[EntryId id] => byId[id];

    internal void Add(StandingInstruction instruction)
    {
        byId.Add(instruction.Id, instruction);
        byLine.Add(instruction.Line, instruction);
        all.Add(instruction);
    }

    internal void Came(FundingAward award, AwardPromise promise, ReceivedTransfer receipt, Google.Type.Date? on, LotBook lots)
    {
        if (byLine.Count > 0 && !award.IsOver && Of(new StandingLine(award.Id, promise.Kind, promise.Earmarks)) is { State: StandingStage.InForce } instruction)
            ToPassOn = new MoneyToPassOn(instruction, receipt, promise.Year, on is null ? null : Dates.From(on), instruction.Split(receipt.Lots.Sum(lot => lots[lot].AmountPence)), 0).From(0);
    }

    internal void Sent(PassedOn sent, long pence)
    {
        var instruction = this[EntryId.From(sent.Instruction)];
        instruction.PassedOnPence += pence;
        if (ToPassOn is { } money && money.Receipt.RecordedBy == EntryId.From(sent.Receipt))
            ToPassOn = money.From(sent.Share + 1L);
    }

    internal void Came(Transfer back)
    {
        if (back.PassedOnBy is not { } by)
            return;
        this[by].PassedOnPence -= back.AmountPence;
        if (this[by].State == StandingStage.InForce)
            CameBack = back;
    }

    internal void Stop(StandingInstruction instruction, StandingStop stop)
    {
        (instruction.State, instruction.Stop) = (StandingStage.Stopped, stop);
        Forget(instruction);
    }

    /// <summary>
    /// What came in entries that a new epoch does not keep comes again, and its shares may have gone on before: no instruction does so again until a
    /// person resumes it.
    /// </summary>
    /// <param name="at">The entry that began the epoch.</param>
    internal void BeginEpoch(EntryId at)
    {
        foreach (var instruction in all.Where(one => one.State == StandingStage.InForce))
            Stop(instruction, new StandingStop(at, instruction.Shares[0].Award, 0, 0, StandingStop.NewEpoch));
    }

    internal void End(StandingInstruction instruction)
    {
        instruction.State = StandingStage.Ended;
        byLine.Remove(instruction.Line);
        Forget(instruction);
    }

    private void Forget(StandingInstruction instruction)
    {
        if (ToPassOn?.Instruction == instruction)
            ToPassOn = null;
        if (CameBack?.PassedOnBy == instruction.Id)
            CameBack = null;
    }
}
