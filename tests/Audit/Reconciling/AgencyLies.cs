using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Payments by who may not pay, and of what nobody said should be paid.</summary>
internal static class AgencyLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a payment by a forum whose money another keeps"] = new(PaidByItself, [Check.PaidAsInstructed]),
        ["a payment that the accountable body did not make"] = new(NeverExecuted, [Check.PaidAsInstructed, Check.QuotesMatch]),
        ["a payment that was made twice on one instruction"] = new(PaidTwice, [Check.PaidAsInstructed, Check.LotsInBounds]),
        ["a payment that the accountable body had refused"] = new(PaidThoughRefused, [Check.PaidAsInstructed, Check.LotsInBounds]),
        ["a payment in another place than was instructed"] = new(federation => Recorded(federation, made => made.Place = "E05009065"), [Check.PaidAsInstructed]),
        ["a payment on another day than the bank paid"] = new(federation => Recorded(federation, made => made.PaidOn.Day++, ofAgent: true), [Check.PaidAsInstructed]),
        ["an execution of an instruction that was never given"] = new(NeverInstructed, [Check.PaidAsInstructed, Check.QuotesMatch]),
        ["a payment that forgets what shows it"] = new(Unshown, [Check.PaidAsInstructed]),
        ["an execution of another payment than was instructed"] = new(InstructedOtherwise, [Check.PaidAsInstructed]),
    };

    private static string PaidByItself(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        federation.Keep();
        return $"made payment {federation.PayFrom(federation.ForForumsAt(Forum), 1_00)} itself, while {Council} keeps";
    }

    /// <summary>The forum says that the council had paid, by an entry of the council's that says something else.</summary>
    private static string NeverExecuted(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        var (told, entry) = (federation[Forum].EntryAt(instruction.Index).Fact.PaymentInstructed, federation[Council].Next with { Index = 0 });
        var made = told.Payment.Clone();
        made.Instruction = instruction.ToRef();
        made.Delivery = new DeliveryRef { Entry = entry.ToRef(), Sequence = (ulong)federation[Forum].Books.Deliveries.ExpectedSequence(Council, 1), LeafHashes = { made.Evidence.Sha256 } };
        made.BankEvidence = made.Evidence;
        federation[Forum].Write(new Fact { PaymentMade = made });
        return $"{Council} paid {instruction} otherwise";
    }

    private static string PaidTwice(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        federation.Execute(instruction);
        federation.Carry();
        var made = federation[Forum].Books.Payments.Find(federation[Forum].Books.Instructions.Find(instruction)!.PaidAs!.Value)!.Made.Clone();
        made.Delivery = null;
        return $"Payment {federation[Forum].Write(new Fact { PaymentMade = made })} of {Forum} ";
    }

    private static string PaidThoughRefused(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        var made = federation[Forum].EntryAt(instruction.Index).Fact.PaymentInstructed.Payment.Clone();
        federation[Council].Do(new RefuseInstruction(instruction, RefusalGround.Ineligible, new DateOnly(Year, 6, 2), made.Evidence, made.Evidence));
        federation.Carry();
        made.Instruction = instruction.ToRef();
        return $"Payment {federation[Forum].Write(new Fact { PaymentMade = made })} of {Forum} ";
    }

    private static string Recorded(ForgedFederation federation, Action<PaymentMade> change, bool ofAgent = false)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        federation.Execute(instruction);
        var payment = federation.Receive(Council, Forum, fact => change(fact.PaymentMade));
        return ofAgent ? $"{Council} paid {instruction} otherwise" : $"Payment {payment} of {Forum} ";
    }

    /// <summary>The council says that it was told, by an entry of the forum's that says something else.</summary>
    private static string NeverInstructed(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        federation.Execute(instruction);
        federation.Carry();
        var told = federation[Council].Books.Instructions.Find(instruction)!;
        var never = instruction with { Index = 0 };
        federation[Council].Write(new Fact
        {
            InstructionReceived = new InstructionReceived
            {
                Delivery = new DeliveryRef { Entry = never.ToRef(), Sequence = (ulong)federation[Council].Books.Deliveries.ExpectedSequence(Forum, 1), LeafHashes = { told.Payment.Evidence.Sha256 } },
                Instruction = never.ToRef(),
                Custody = told.Custody.ToRef(),
                Payment = told.Payment,
            },
        });
        federation.Execute(never);
        return $"{Council} paid {never} otherwise than {Forum} told it to, or was never told";
    }

    private static string Unshown(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        federation.Execute(instruction);
        federation.Receive(Council, Forum, fact => fact.PaymentMade.BankEvidence = null);
        return $"{Council} paid {instruction} otherwise than {Forum} told it to";
    }

    private static string InstructedOtherwise(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        federation.Keep();
        var instruction = federation.Pay(Forum, Kind.Revenue, 10_00);
        federation.Receive(Forum, Council, fact => fact.InstructionReceived.Payment.Payee.Organisation = "GB-CHC-0000009");
        federation.Execute(instruction);
        return $"{Council} paid {instruction} otherwise than {Forum} told it to";
    }
}
