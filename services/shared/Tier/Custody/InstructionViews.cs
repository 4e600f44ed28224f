using FundingFlows.Contracts.Custody.V1;

namespace FundingFlows.Tiers;

/// <summary>How instructions and refusals are shown. A payee who is a person is shown as a person and no more.</summary>
internal static class InstructionViews
{
    public static Contracts.Custody.V1.Instruction Of(FundingFlows.Ledger.Instruction instruction)
    {
        var payment = instruction.Payment;
        return new Contracts.Custody.V1.Instruction
        {
            Id = instruction.Id.ToString(),
            Custody = instruction.Custody.ToString(),
            Principal = instruction.Principal,
            Agent = instruction.Agent,
            State = instruction.Stage switch
            {
                InstructionStage.Open => InstructionState.Open,
                InstructionStage.Executed => InstructionState.Executed,
                InstructionStage.Refused => InstructionState.Refused,
                _ => InstructionState.Returned,
            },
            Fund = payment.Fund,
            FinancialYear = payment.FinancialYear,
            Kind = payment.Kind,
            Category = payment.Category,
            Place = payment.Place,
            Payee = PayeeOf(payment),
            AmountPence = payment.AmountPence,
            NetPence = payment.NetPence,
            VatPence = payment.VatPence,
            VatRecoverable = payment.VatRecoverable,
            Reference = payment.Reference,
            Project = EntryId.From(payment.Project).ToString(),
            PayBy = payment.PaidOn,
            PaidOn = instruction.PaidOn?.ToDate(),
            BankEvidenceDocument = instruction.BankEvidence.ToName(),
            PaidAs = $"{instruction.PaidAs}",
            Refusal = instruction.Refusal is { } refusal ? Of(instruction, refusal) : null,
            AfterAppeal = $"{instruction.AfterAppeal}",
            RepeatedBy = $"{instruction.RepeatedBy}",
        };
    }

    public static Contracts.Custody.V1.Refusal Of(FundingFlows.Ledger.Instruction instruction, RecordedRefusal refusal) => new()
    {
        Instruction = instruction.Id.ToString(),
        Principal = instruction.Principal,
        Agent = instruction.Agent,
        Ground = refusal.Ground,
        RefusedOn = refusal.On.ToDate(),
        Fund = instruction.Payment.Fund,
        AmountPence = instruction.Payment.AmountPence,
        Payee = PayeeOf(instruction.Payment),
        PublicTextDocument = refusal.PublicText.ToName(),
        ReasonsDocument = refusal.Reasons.ToName(),
        Appeal = instruction.Appeal?.Stage switch
        {
            null => AppealState.None,
            AppealStage.Open => AppealState.Open,
            AppealStage.Upheld => AppealState.Upheld,
            AppealStage.Allowed => AppealState.Allowed,
            _ => AppealState.NotTaken,
        },
        AppealReasonsDocument = instruction.Appeal?.Reasons.ToName() ?? "",
        DecisionReasonsDocument = instruction.Appeal?.DecisionReasons.ToName() ?? "",
    };

    private static string PayeeOf(PaymentMade payment) =>
        payment.Payee.IdentifierCase == Payee.IdentifierOneofCase.Organisation ? payment.Payee.Organisation : "a person";
}
