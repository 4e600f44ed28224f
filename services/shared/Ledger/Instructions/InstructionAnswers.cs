namespace FundingFlows.Ledger;

/// <summary>How the two ends of an instruction answer one another.</summary>
internal static class InstructionAnswers
{
    /// <summary>The agent takes it, unless it keeps the sender's money no more: then the sender has it back.</summary>
    public static Decision ToInstruction(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.PaymentInstructed, out var facts) || facts is not [{ Payment: { } payment } instructed, ..]
            || !IsWellFormed(payment) || !facts.All(part => IsPartOf(part, instructed))
            || !EntryId.TryFrom(instructed.Custody, out var id) || books.Custodies.Find(id) is not { } custody
            || custody.Principal != delivery.Sender || custody.Agent != books.Body)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (custody.State != CustodyStage.Active)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.CustodyEnded);
        if (payment.AfterAppeal is not null && !Repeats(books, delivery.Sender, payment))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(new Fact
        {
            InstructionReceived = new InstructionReceived
            {
                Delivery = delivery.ToRef(),
                Instruction = delivery.FirstId.ToRef(),
                Custody = instructed.Custody,
                Payment = Instruction.Bare(payment),
                SettlesLiability = instructed.SettlesLiability,
            },
        });
    }

    /// <summary>The agent has paid, so the principal has: the payment is recorded whatever has closed meanwhile.</summary>
    public static Decision ToExecution(Books books, Delivery delivery)
    {
        if (!delivery.TryFact(fact => fact.InstructionExecuted, out var executed) || executed.Evidence is not { Sha256.Length: 32 } evidence
            || Of(books, delivery, executed.Instruction) is not { Stage: InstructionStage.Open } instruction
            || !Dates.TryFrom(executed.PaidOn, out var day) || !instruction.MayBePaidOn(day))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept([.. Parts.Cut(books.Holds[instruction.Id].AsPieces()).Select(part =>
        {
            var made = instruction.Payment.Clone();
            made.PaidOn = executed.PaidOn;
            made.Instruction = executed.Instruction;
            made.Delivery = delivery.ToRef();
            made.BankEvidence = evidence;
            made.Pieces.Add(part);
            return new Fact { PaymentMade = made };
        })]);
    }

    public static Decision ToRefusal(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.InstructionRefused, out var refused)
        && refused is { Ground: not RefusalGround.Unspecified, Reasons.Sha256.Length: 32, PublicText.Sha256.Length: 32 } && Enum.IsDefined(refused.Ground)
        && Dates.TryFrom(refused.RefusedOn, out _) && Of(books, delivery, refused.Instruction) is { Stage: InstructionStage.Open }
            ? Decision.Accept(new Fact
            {
                InstructionRefusalReceived = new InstructionRefusalReceived
                {
                    Delivery = delivery.ToRef(),
                    Instruction = refused.Instruction,
                    Ground = refused.Ground,
                    RefusedOn = refused.RefusedOn,
                    Reasons = refused.Reasons,
                    PublicText = refused.PublicText,
                },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>An appeal is taken also when the custody has ended since: who refused in public answers in public.</summary>
    public static Decision ToAppeal(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.RefusalAppealed, out var appealed) && appealed.Reasons is { Sha256.Length: 32 }
        && Of(books, delivery, appealed.Instruction) is { Stage: InstructionStage.Refused, Appeal: null }
            ? Decision.Accept(new Fact
            {
                AppealReceived = new AppealReceived { Delivery = delivery.ToRef(), Instruction = appealed.Instruction, Reasons = appealed.Reasons },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToAppealDecision(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.AppealDecided, out var decided) && decided.Reasons is { Sha256.Length: 32 }
        && Of(books, delivery, decided.Instruction) is { Appeal.Stage: AppealStage.Open }
            ? Decision.Accept(new Fact
            {
                AppealDecisionReceived = new AppealDecisionReceived
                {
                    Delivery = delivery.ToRef(),
                    Instruction = decided.Instruction,
                    Allowed = decided.Allowed,
                    Reasons = decided.Reasons,
                },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>The instruction between the sender and this body that its words are about. Null: there is none.</summary>
    private static Instruction? Of(Books books, Delivery delivery, EntryRef? instruction) =>
        EntryId.TryFrom(instruction, out var id) && books.Instructions.Find(id) is { } found
        && delivery.Sender == (found.Principal == books.Body ? found.Agent : found.Principal) ? found : null;

    private static bool Repeats(Books books, string principal, PaymentMade payment) =>
        EntryId.TryFrom(payment.AfterAppeal, out var refused) && books.Instructions.MayBeRepeated(refused, principal, books.Body)
        && books.Instructions.Find(refused)!.IsFor(payment);

    private static bool IsPartOf(PaymentInstructed part, PaymentInstructed first) =>
        part.Payment is { } payment && Instruction.Bare(payment).Equals(Instruction.Bare(first.Payment))
        && part.To.Equals(first.To) && Equals(part.Custody, first.Custody) && part.SettlesLiability == first.SettlesLiability;

    private static bool IsWellFormed(PaymentMade payment) =>
        Names.IsFund(payment.Fund) && Years.IsYear(payment.FinancialYear) && payment.Kind is Kind.Capital or Kind.Revenue
        && Names.IsName(payment.Category) && Names.IsPlace(payment.Place) && Names.IsPaymentReference(payment.Reference)
        && payment.Payee is { } payee && PayeeKey.IsWellFormed(payee) && Charge.From(payment) is { IsAmount: true } charge && charge.AmountPence == payment.AmountPence
        && EntryId.TryFrom(payment.Project, out _) && Dates.TryFrom(payment.PaidOn, out _) && payment.Evidence is { Sha256.Length: 32 }
        && (payment.RepayableBy is null || Dates.TryFrom(payment.RepayableBy, out _));
}
