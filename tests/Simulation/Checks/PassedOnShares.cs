namespace FundingFlows.Simulation;

/// <summary>
/// What standing instructions passed on, judged by what stands in the journal alone: every share once, of the money that came and of no other, as much as
/// the instruction says to the penny, and all of it in the append that recorded the receipt.
/// </summary>
internal sealed class PassedOnShares(Observed observed)
{
    private readonly HashSet<(EntryId Receipt, uint Share)> done = [];
    private readonly Dictionary<EntryId, (EntryId Instruction, long Pence)> sent = [];
    private readonly Dictionary<EntryId, long> passed = [];

    /// <summary>Takes in an entry that the books have. Answers with what is wrong with it, in a sentence; null: nothing.</summary>
    public string? Take(Entry entry, EntryId first)
    {
        if (entry.Fact.TransferReversed is { } reversed && entry.Part <= 1 && sent.Remove(EntryId.From(reversed.Transfer), out var back))
            passed[back.Instruction] -= back.Pence;
        return entry.Fact.TransferSent is { PassedOn: { } passedOn } fact ? Check(entry, first, fact, passedOn) : null;
    }

    /// <summary>What is wrong behind a whole append, in a sentence. Null: nothing.</summary>
    public string? Behind()
    {
        var books = observed.Books;
        if (books.Standing.HasWork && PassingOn.Next(books, new Surroundings(books.Next, () => [], _ => true, _ => false)) is { } left)
            return $"{books.Body} recorded that money came, and left undone what it has to do because of that: {left[0]}";
        foreach (var instruction in books.Standing.All)
            if (instruction.PassedOnPence != passed.GetValueOrDefault(instruction.Id))
                return $"{books.Body} says that {instruction.PassedOnPence} pence were passed on by {instruction.Id}, and its journal {passed.GetValueOrDefault(instruction.Id)}.";
        return null;
    }

    private string? Check(Entry entry, EntryId first, TransferSent fact, PassedOn passedOn)
    {
        var (instruction, receipt) = (observed.Books.Standing.Find(EntryId.From(passedOn.Instruction)), EntryId.From(passedOn.Receipt));
        var name = $"{first}, passed on because of {receipt},";
        if (instruction is null || passedOn.Share >= instruction.Shares.Count || instruction.State != StandingStage.InForce)
            return $"{name} is a share of no instruction in force.";
        var came = observed.Parsed[(int)receipt.Index].Fact.TransferReceived is { } received ? observed.Books.Transfers.FindReceived(EntryId.From(received.Delivery.Entry)) : null;
        if (came is null || came.RecordedBy != receipt || came.Award != instruction.Line.Award)
            return $"{name} is a share of no money that came under {instruction.Line.Award}.";
        if (fact.Pieces.FirstOrDefault(piece => !came.Lots.Contains(LotId.From(piece.Lot))) is { } other)
            return $"{name} is drawn from {other.Lot}, which did not come with that.";
        if (entry.Part > 1)
            return null;
        var share = instruction.Shares[(int)passedOn.Share];
        var (whole, exactly) = (came.Lots.Sum(lot => observed.Books.Lots.Find(lot)!.AmountPence), (decimal)fact.AmountPence * StandingInstruction.Whole);
        if (EntryId.From(fact.Award) != share.Award || Math.Abs(exactly - ((decimal)whole * share.PartsPerMillion)) >= StandingInstruction.Whole)
            return $"{name} is {fact.AmountPence} pence of {whole}, and no share of {share.PartsPerMillion} parts per million under {share.Award}.";
        sent.Add(first, (instruction.Id, fact.AmountPence));
        passed[instruction.Id] = passed.GetValueOrDefault(instruction.Id) + fact.AmountPence;
        return done.Add((receipt, passedOn.Share)) ? null : $"{name} is a share that was passed on before.";
    }
}
