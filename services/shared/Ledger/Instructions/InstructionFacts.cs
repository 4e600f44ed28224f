namespace FundingFlows.Ledger;

/// <summary>What facts about instructions, refusals and appeals change in the books.</summary>
internal static class InstructionFacts
{
    /// <param name="first">The first entry of the instruction.</param>
    public static void Apply(Books books, EntryId first, PaymentInstructed fact)
    {
        if (books.Instructions.Find(first) is null)
        {
            books.Instructions.Add(new Instruction(first, first, EntryId.From(fact.Custody), books.Body, fact.To.Body, fact.Payment, fact.SettlesLiability));
            books.Payments.Alike.Add(first, fact.Payment);
        }
        if (fact.Payment.Preparation is not null)
            PreparationFacts.Approve(books, first, fact.Payment);
        books.Holds.Place(first, HoldKind.Instruction, fact.Payment.Pieces);
        books.Deliveries.Sent(first, fact.To, Fact.KindOneofCase.PaymentInstructed, first);
    }

    public static void Apply(Books books, EntryId at, InstructionReceived fact)
    {
        var id = EntryId.From(fact.Instruction);
        books.Instructions.Add(new Instruction(id, at, EntryId.From(fact.Custody), id.Body, books.Body, fact.Payment, fact.SettlesLiability));
    }

    public static void Apply(Books books, EntryId at, InstructionExecuted fact)
    {
        var id = EntryId.From(fact.Instruction);
        books.Instructions[id].Execute(at, Dates.From(fact.PaidOn), fact.Evidence);
        books.Instructions.Pay(books.Instructions[id]);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.InstructionExecuted, id);
    }

    /// <summary>The agent has paid: what the principal held for it is free to be drawn.</summary>
    /// <param name="first">The first entry of the payment.</param>
    public static void Pay(Books books, EntryId first, PaymentMade fact)
    {
        var instruction = books.Instructions[EntryId.From(fact.Instruction)];
        if (instruction.Stage == InstructionStage.Open)
        {
            instruction.Execute(EntryId.From(fact.Delivery.Entry), Dates.From(fact.PaidOn), fact.BankEvidence);
            instruction.PaidAs = first;
            books.Payments.Alike.Remove(instruction.Id, instruction.Payment);
        }
        books.Holds.Release(instruction.Id, fact.Pieces);
    }

    public static void Apply(Books books, EntryId at, InstructionRefused fact, string refuser)
    {
        var id = EntryId.From(fact.Instruction);
        books.Instructions[id].Refuse(new RecordedRefusal(at, refuser, fact.Ground, Dates.From(fact.RefusedOn), fact.Reasons, fact.PublicText));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.InstructionRefused, id);
    }

    public static void Apply(Books books, InstructionRefusalReceived fact)
    {
        var instruction = books.Instructions[EntryId.From(fact.Instruction)];
        instruction.Refuse(new RecordedRefusal(EntryId.From(fact.Delivery.Entry), "", fact.Ground, Dates.From(fact.RefusedOn), fact.Reasons, fact.PublicText));
        GiveBack(books, instruction);
    }

    /// <summary>The agent never took it up. It may have been abolished since: then that is known.</summary>
    public static void Return(Books books, Instruction instruction)
    {
        if (instruction.Stage != InstructionStage.Open)
            return;
        instruction.Return();
        books.Instructions.Forget(instruction);
        GiveBack(books, instruction);
    }

    /// <summary>The agent has ended without a word about it.</summary>
    public static void Lapse(Books books, Instruction instruction)
    {
        Return(books, instruction);
        if (instruction.Appeal is { Stage: AppealStage.Open } appeal)
            appeal.Stage = AppealStage.NotTaken;
    }

    public static void Apply(Books books, EntryId at, RefusalAppealed fact)
    {
        var id = EntryId.From(fact.Instruction);
        books.Instructions[id].Appeal = new Appeal(at, fact.Reasons);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.RefusalAppealed, id);
    }

    public static void Apply(Books books, AppealReceived fact) =>
        books.Instructions[EntryId.From(fact.Instruction)].Appeal = new Appeal(EntryId.From(fact.Delivery.Entry), fact.Reasons);

    public static void Apply(Books books, EntryId at, AppealDecided fact)
    {
        var id = EntryId.From(fact.Instruction);
        books.Instructions[id].Appeal!.Decide(at, fact.Allowed, fact.Reasons);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AppealDecided, id);
    }

    public static void Apply(Books books, AppealDecisionReceived fact) =>
        books.Instructions[EntryId.From(fact.Instruction)].Appeal!.Decide(EntryId.From(fact.Delivery.Entry), fact.Allowed, fact.Reasons);

    private static void GiveBack(Books books, Instruction instruction)
    {
        books.Payments.Alike.Remove(instruction.Id, instruction.Payment);
        books.Holds.GiveBack(instruction.Id, instruction.Payment.OutOf);
    }
}
