namespace FundingFlows.Ledger.Tests;

/// <summary>How the two ends of an instruction answer what the other says of it.</summary>
public sealed class InstructionAnswerTests
{
    internal static readonly AnswerTable<PaymentInstructed> Instructions = new AnswerTable<PaymentInstructed>(
            stage =>
            {
                stage.Keeps();
                return Letter.Of(stage.Forum, stage.Council, stage.Paying());
            },
            fact => fact.PaymentInstructed)
        .Row(DeliveryRefusal.Malformed, "half of an instruction", (_, letter) => ProposalAnswerTests.Halved(letter))
        .Row(DeliveryRefusal.Malformed, "two halves of two payments", (_, letter) =>
        {
            var other = letter.Facts[0].Clone();
            other.PaymentInstructed.Payment.Place = "E05000002";
            return (letter with { Facts = [letter.Facts[0], other] }).Seal();
        })
        .Row(DeliveryRefusal.Malformed, "no payment", (PaymentInstructed fact) => fact.Payment = null)
        .Row(DeliveryRefusal.Malformed, "no custody", (PaymentInstructed fact) => fact.Custody = null)
        .Row(DeliveryRefusal.Malformed, "a custody that nobody arranged", (PaymentInstructed fact) => fact.Custody.Index++)
        .Row(DeliveryRefusal.Malformed, "a custody of another forum", (stage, letter) =>
        {
            var other = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum);
            letter.Facts[0].PaymentInstructed.Custody = stage.Federation.Keeps(stage.Council, other).ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.Malformed, "nobody to pay", (PaymentInstructed fact) => fact.Payment.Payee = null)
        .Row(DeliveryRefusal.Malformed, "a payee in words", (PaymentInstructed fact) => fact.Payment.Payee.Organisation = "The roofers")
        .Row(DeliveryRefusal.Malformed, "an amount that is not that of the bill", (PaymentInstructed fact) => fact.Payment.AmountPence++)
        .Row(DeliveryRefusal.Malformed, "an amount beyond 64 bits", (PaymentInstructed fact) => fact.Payment.VatPence = long.MaxValue)
        .Row(DeliveryRefusal.Malformed, "an amount below nothing", (PaymentInstructed fact) => (fact.Payment.AmountPence, fact.Payment.NetPence) = (long.MinValue, long.MinValue))
        .Row(DeliveryRefusal.Malformed, "a year that is no year", (PaymentInstructed fact) => fact.Payment.FinancialYear = 26)
        .Row(DeliveryRefusal.Malformed, "no day", (PaymentInstructed fact) => fact.Payment.PaidOn = null)
        .Row(DeliveryRefusal.Malformed, "a payment for either kind", (PaymentInstructed fact) => fact.Payment.Kind = Kind.Either)
        .Row(DeliveryRefusal.Malformed, "no project", (PaymentInstructed fact) => fact.Payment.Project = null)
        .Row(DeliveryRefusal.Malformed, "no evidence", (PaymentInstructed fact) => fact.Payment.Evidence = null)
        .Row(DeliveryRefusal.Malformed, "after an appeal that nobody made", (PaymentInstructed fact) => fact.Payment.AfterAppeal = fact.Payment.Project)
        .Row(DeliveryRefusal.Malformed, "another payment than the one that was appealed", (stage, letter) =>
        {
            letter.Facts[0].PaymentInstructed.Payment.AfterAppeal = stage.Overturned().Refused.ToRef();
            return Next(letter);
        })
        .Row(DeliveryRefusal.NotAddressedHere, "to another body", (PaymentInstructed fact) => fact.To.Body = "GOV")
        .Row(DeliveryRefusal.CustodyEnded, "a custody that has ended", (stage, letter) =>
        {
            stage.Council.Do(new EndCustody(stage.Keeps(), Write.Reason));
            return letter.Seal();
        })
        .Row(DeliveryRefusal.BodyClosing, "a body that is being closed", (stage, letter) =>
        {
            letter.To.Append(new Fact { ClosingAsked = new ClosingAsked { To = new Addressed { Body = "GOV", Sequence = (ulong)letter.To.Books.Deliveries.NextSequence("GOV") }, LastDay = Write.Day.ToDate() } });
            return letter.Seal();
        });

    internal static readonly AnswerTable<InstructionExecuted> Executions = new AnswerTable<InstructionExecuted>(
            stage => Letter.Of(stage.Council, stage.Forum, Instructed.Executing(stage.Instructs())), fact => fact.InstructionExecuted)
        .Row(DeliveryRefusal.Malformed, "an execution of nothing", (InstructionExecuted fact) => fact.Instruction = null)
        .Row(DeliveryRefusal.Malformed, "an execution of what was never instructed", (InstructionExecuted fact) => fact.Instruction.Index = 0)
        .Row(DeliveryRefusal.Malformed, "an execution on no day", (InstructionExecuted fact) => fact.PaidOn = null)
        .Row(DeliveryRefusal.Malformed, "an execution in another year", (InstructionExecuted fact) => fact.PaidOn.Year++)
        .Row(DeliveryRefusal.Malformed, "an execution that nothing shows", (InstructionExecuted fact) => fact.Evidence = null)
        .Row(DeliveryRefusal.Malformed, "an execution by a body that was not told", (stage, letter) => Next(letter with { From = stage.Stranger }))
        .Row(DeliveryRefusal.Malformed, "an execution of what was refused", (stage, letter) =>
        {
            stage.Refuses(EntryId.From(letter.Facts[0].InstructionExecuted.Instruction));
            return Next(letter);
        });

    internal static readonly AnswerTable<InstructionRefused> Refusals = new AnswerTable<InstructionRefused>(
            stage => Letter.Of(stage.Council, stage.Forum, Instructed.Refusing(stage.Instructs())), fact => fact.InstructionRefused)
        .Row(DeliveryRefusal.Malformed, "a refusal of nothing", (InstructionRefused fact) => fact.Instruction = null)
        .Row(DeliveryRefusal.Malformed, "a refusal on no ground", (InstructionRefused fact) => fact.Ground = RefusalGround.Unspecified)
        .Row(DeliveryRefusal.Malformed, "a refusal on no day", (InstructionRefused fact) => fact.RefusedOn = null)
        .Row(DeliveryRefusal.Malformed, "a refusal without reasons", (InstructionRefused fact) => fact.Reasons = null)
        .Row(DeliveryRefusal.Malformed, "a refusal without public words", (InstructionRefused fact) => fact.PublicText = null)
        .Row(DeliveryRefusal.Malformed, "a refusal by a body that was not told", (stage, letter) => Next(letter with { From = stage.Stranger }))
        .Row(DeliveryRefusal.Malformed, "a refusal of what was paid", (stage, letter) =>
        {
            stage.Executes(EntryId.From(letter.Facts[0].InstructionRefused.Instruction));
            return Next(letter);
        });

    internal static readonly AnswerTable<RefusalAppealed> Appeals = new AnswerTable<RefusalAppealed>(
            stage => Letter.Of(stage.Forum, stage.Council, new MakeAppeal(stage.Refuses(stage.Instructs()), Write.Reason)), fact => fact.RefusalAppealed)
        .Row(DeliveryRefusal.Malformed, "an appeal about nothing", (RefusalAppealed fact) => fact.Instruction = null)
        .Row(DeliveryRefusal.Malformed, "an appeal without reasons", (RefusalAppealed fact) => fact.Reasons = null)
        .Row(DeliveryRefusal.Malformed, "an appeal about what waits", (stage, letter) =>
        {
            letter.Facts[0].RefusalAppealed.Instruction = stage.Instructs().ToRef();
            return Next(letter);
        })
        .Row(DeliveryRefusal.Malformed, "a second appeal", (stage, letter) =>
        {
            stage.Appeals(EntryId.From(letter.Facts[0].RefusalAppealed.Instruction));
            return Next(letter);
        });

    internal static readonly AnswerTable<AppealDecided> Decisions = new AnswerTable<AppealDecided>(
            stage =>
            {
                var refused = stage.Appeals(stage.Refuses(stage.Instructs()));
                stage.Council.Actor = Preparing.Second;
                return Letter.Of(stage.Council, stage.Forum, new DecideAppeal(refused, true, Write.Reason));
            },
            fact => fact.AppealDecided)
        .Row(DeliveryRefusal.Malformed, "a decision about nothing", (AppealDecided fact) => fact.Instruction = null)
        .Row(DeliveryRefusal.Malformed, "a decision without reasons", (AppealDecided fact) => fact.Reasons = null)
        .Row(DeliveryRefusal.Malformed, "a decision by a body that was not asked", (stage, letter) => Next(letter with { From = stage.Stranger }))
        .Row(DeliveryRefusal.Malformed, "a decision where nobody appealed", (stage, letter) =>
        {
            letter.Facts[0].AppealDecided.Instruction = stage.Refuses(stage.Instructs()).ToRef();
            return Next(letter);
        });

    public static TheoryData<string> InstructionRows => Instructions.Names;

    public static TheoryData<string> ExecutionRows => Executions.Names;

    public static TheoryData<string> RefusalRows => Refusals.Names;

    public static TheoryData<string> AppealRows => Appeals.Names;

    public static TheoryData<string> DecisionRows => Decisions.Names;

    [Theory]
    [MemberData(nameof(InstructionRows))]
    public void Instruction_ThatCannotBeTaken_IsRefusedForGood(string row) => Instructions.MustRefuse(row);

    [Theory]
    [MemberData(nameof(ExecutionRows))]
    public void Execution_ThatCannotBeTaken_IsRefusedForGood(string row) => Executions.MustRefuse(row);

    [Theory]
    [MemberData(nameof(RefusalRows))]
    public void Refusal_ThatCannotBeTaken_IsRefusedForGood(string row) => Refusals.MustRefuse(row);

    [Theory]
    [MemberData(nameof(AppealRows))]
    public void Appeal_ThatCannotBeTaken_IsRefusedForGood(string row) => Appeals.MustRefuse(row);

    [Theory]
    [MemberData(nameof(DecisionRows))]
    public void Decision_ThatCannotBeTaken_IsRefusedForGood(string row) => Decisions.MustRefuse(row);

    [Fact]
    public void Words_ThatCanBeTaken_AreAccepted()
    {
        Instructions.MustAcceptTheLawful();
        Executions.MustAcceptTheLawful();
        Refusals.MustAcceptTheLawful();
        Appeals.MustAcceptTheLawful();
        Decisions.MustAcceptTheLawful();
    }

    /// <summary>The words as their sender's next, whatever was said since they were written.</summary>
    private static Delivery Next(Letter letter)
    {
        DeliveredFacts.AddressOf(letter.Facts[0])!.Sequence = (ulong)letter.To.Books.Deliveries.ExpectedSequence(letter.From.Id, 1);
        return letter.Seal();
    }
}
